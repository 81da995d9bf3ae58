import { createHash } from "node:crypto";
import { isUnknown } from "../protocol/unknown";
import type { Attributes } from "../protocol/value-codec";
import type { ValueType } from "../schema/schema";

/** Hexadecimal digits that look random and are the same every time. */
export function hex(seed: string, digits: number): string {
  return createHash("sha256").update(seed).digest("hex").slice(0, digits);
}

/** A version 4 UUID that is the same every time. */
export function uuid(seed: string): string {
  const digits = hex(seed, 32);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join("-");
}

/** What a value that no rule knows is made from. */
export interface Seed {
  readonly type: string;
  readonly number: number;
  readonly now: string;
}

function invent(name: string, type: ValueType, seed: Seed): unknown {
  if (Array.isArray(type)) {
    return type[0] === "map" ? {} : type[0] === "object" ? null : [];
  }
  const of = `${seed.type} ${seed.number}`;
  if (type === "string") {
    if (name === "id") {
      return seed.type.startsWith("cloudflare_") ? hex(of, 32) : String(seed.number);
    }
    if (/(^|_)uu?id$/.test(name)) {
      return uuid(of);
    }
    if (name === "etag") {
      return `W/"${hex(`${of} ${seed.now}`, 40)}"`;
    }
    if (/_(at|on|date)$/.test(name)) {
      return seed.now;
    }
  }
  return null;
}

/**
 * Replaces every unknown value by the rule's, or by one that is plausible for its name, or by null where there is
 * none: nothing can stay unknown after an apply.
 */
export function settle(planned: Attributes, known: Attributes, shape: ValueType, seed: Seed): Attributes {
  const walk = (value: unknown, given: unknown, type: ValueType, name: string): unknown => {
    if (isUnknown(value)) {
      return given === undefined ? invent(name, type, seed) : given;
    }
    if (value === null || !Array.isArray(type)) {
      return value;
    }
    if (type[0] === "object") {
      const fields = type[1] as Readonly<Record<string, ValueType>>;
      return Object.fromEntries(
        Object.entries(fields).map(([field, inner]) => [
          field,
          walk((value as Attributes)[field] ?? null, (given as Attributes | null | undefined)?.[field], inner, field),
        ]),
      );
    }
    const element = type[1] as ValueType;
    if (type[0] === "map") {
      return Object.fromEntries(
        Object.entries(value as Attributes).map(([key, inner]) => [
          key,
          walk(inner, (given as Attributes | null | undefined)?.[key], element, name),
        ]),
      );
    }
    return (value as unknown[]).map((inner, i) =>
      walk(inner, (given as unknown[] | null | undefined)?.[i], element, name),
    );
  };
  return walk(planned, known, shape, "") as Attributes;
}
