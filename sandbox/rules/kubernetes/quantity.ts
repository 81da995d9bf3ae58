import type { AttributePath } from "../../protocol/attribute-path";
import type { Inspection } from "../inspection";

/**
 * An amount of something, in billionths, and how it was written.
 * Source: apimachinery v0.33.2, pkg/api/resource/quantity.go and suffix.go.
 */
export interface Quantity {
  readonly nano: bigint;
  readonly binary: boolean;
}

const NANO = 1_000_000_000n;
/** By thousands, from billionths on. */
const DECIMAL = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
/** By 1024, from one on. */
const BINARY = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const FORM = /^([+-]?)(\d+\.?\d*|\.\d+)(?:(n|u|m|k|M|G|T|P|E|[KMGTPE]i)|[eE]([+-]?\d{1,2}))?$/;

/** The amount that a text means; undefined where it means none. Finer than a billionth is rounded up. */
export function parseQuantity(text: string): Quantity | undefined {
  const [, sign, digits = "", suffix = "", exponent = "0"] = FORM.exec(text) ?? [];
  if (sign === undefined) {
    return undefined;
  }
  const [whole = "", fraction = ""] = digits.split(".");
  const binary = BINARY.indexOf(suffix) > 0;
  const factor = binary ? 1024n ** BigInt(BINARY.indexOf(suffix)) * NANO : 1000n ** BigInt(DECIMAL.indexOf(suffix));
  const power = BigInt(exponent) - BigInt(fraction.length);
  const amount = BigInt(`${whole}${fraction}`) * factor;
  const scaled = power >= 0n ? amount * 10n ** power : dividedUp(amount, 10n ** -power);
  return { nano: sign === "-" ? -scaled : scaled, binary };
}

/** As the API server writes it back: the largest suffix that leaves a whole number. Exponents, and what is no quantity, are left as they are. */
export function canonicalQuantity(text: string): string {
  const quantity = parseQuantity(text);
  if (quantity === undefined || /[eE][+-]?\d+$/.test(text)) {
    return text;
  }
  const { nano, binary } = quantity;
  const size = nano < 0n ? -nano : nano;
  // Below 1024, a binary amount is written as a decimal one.
  if (binary && size >= 1024n * NANO) {
    return written(nano, dividedUp(size, NANO), 1024n, BINARY);
  }
  return written(nano, size, 1000n, DECIMAL);
}

export function sameQuantity(one: string, other: string): boolean {
  const [a, b] = [parseQuantity(one), parseQuantity(other)];
  return a !== undefined && b !== undefined && a.nano === b.nano;
}

/** Refuses a map's values that are no quantities, and negative ones. */
export function checkQuantities(config: Inspection, path: string): void {
  for (const { path: at, value } of config.all(path)) {
    for (const [key, text] of Object.entries(value as Readonly<Record<string, unknown>>)) {
      if (typeof text === "string") {
        checkQuantity(config, [...at, { key }], text);
      }
    }
  }
}

function checkQuantity(config: Inspection, path: AttributePath, text: string): void {
  const quantity = parseQuantity(text);
  if (quantity === undefined || quantity.nano < 0n) {
    config.refuse(path, text, "a quantity from 0 on", 'Write a number and a suffix, such as "500m" or "1Gi".');
  }
}

function dividedUp(amount: bigint, by: bigint): bigint {
  return (amount + by - 1n) / by;
}

function written(signed: bigint, size: bigint, base: bigint, suffixes: readonly string[]): string {
  if (size === 0n) {
    return "0";
  }
  let rest = size;
  let power = 0;
  while (rest % base === 0n && power < suffixes.length - 1) {
    rest /= base;
    power += 1;
  }
  return `${signed < 0n ? "-" : ""}${rest}${suffixes[power]}`;
}
