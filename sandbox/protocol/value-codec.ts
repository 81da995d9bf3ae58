import { decode, ExtData, ExtensionCodec, encode } from "@msgpack/msgpack";
import { type Block, blockType, type ValueType } from "../schema/schema";
import { isUnknown, UNKNOWN, Unknown } from "./unknown";

/** The attributes of a resource as plain JSON values; unknown ones are `Unknown`. */
export type Attributes = Readonly<Record<string, unknown>>;

/** A value of an attribute whose type the schema leaves open, with the type that came with it. */
export interface OpenValue {
  readonly $type: ValueType;
  readonly $value: unknown;
}

/** Extension numbers of Terraform's msgpack: docs/plugin-protocol/object-wire-format.md in github.com/hashicorp/terraform. */
const PLAIN_UNKNOWN = 0;
const REFINED_UNKNOWN = 12;

const extensions = new ExtensionCodec();
extensions.register({ type: PLAIN_UNKNOWN, encode: () => null, decode: () => UNKNOWN });
extensions.register({
  type: REFINED_UNKNOWN,
  encode: () => null,
  decode: (data) => new Unknown(Uint8Array.from(data)),
});

function isOpen(value: unknown): value is OpenValue {
  return typeof value === "object" && value !== null && "$type" in value && "$value" in value;
}

/** Numbers stay JavaScript numbers as long as that is exact, and are decimal strings beyond. */
function number(value: unknown): number | string {
  if (typeof value === "bigint") {
    return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  }
  if (typeof value === "string") {
    return String(Number(value)) === value ? Number(value) : value;
  }
  return value as number;
}

/** An order for sets that depends on their elements only, so that equal sets are equal arrays. */
function sorted(elements: readonly unknown[]): unknown[] {
  return elements
    .map((element) => ({ element, key: JSON.stringify(element) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ element }) => element);
}

/**
 * Brings a loose value into a type's shape: missing attributes are null, those that the type doesn't have are left
 * out, sets are sorted.
 */
export function conform(value: unknown, type: ValueType): unknown {
  if (value === null || value === undefined || isUnknown(value)) {
    return value ?? null;
  }
  if (type === "number") {
    return number(value);
  }
  if (typeof type === "string") {
    return value;
  }
  if (type[0] === "object") {
    const fields = value as Attributes;
    return Object.fromEntries(Object.entries(type[1]).map(([name, inner]) => [name, conform(fields[name], inner)]));
  }
  const [kind, element] = type;
  if (kind === "map") {
    return Object.fromEntries(
      Object.entries(value as Attributes).map(([key, inner]) => [key, conform(inner, element)]),
    );
  }
  const elements = (value as unknown[]).map((inner) => conform(inner, element));
  return kind === "set" ? sorted(elements) : elements;
}

function fromWire(value: unknown, type: ValueType): unknown {
  if (value === null || value === undefined || isUnknown(value)) {
    return value ?? null;
  }
  if (type === "dynamic") {
    const [bytes, inner] = value as [Uint8Array, unknown];
    const $type = JSON.parse(Buffer.from(bytes).toString("utf8")) as ValueType;
    return { $type, $value: fromWire(inner, $type) } satisfies OpenValue;
  }
  if (typeof type === "string") {
    return type === "number" ? number(value) : value;
  }
  if (type[0] === "object") {
    const fields = value as Attributes;
    return Object.fromEntries(Object.entries(type[1]).map(([name, inner]) => [name, fromWire(fields[name], inner)]));
  }
  const [kind, element] = type;
  if (kind === "map") {
    return Object.fromEntries(
      Object.entries(value as Attributes).map(([key, inner]) => [key, fromWire(inner, element)]),
    );
  }
  const elements = (value as unknown[]).map((inner) => fromWire(inner, element));
  return kind === "set" ? sorted(elements) : elements;
}

function toWire(value: unknown, type: ValueType): unknown {
  if (value === null || value === undefined) {
    return null;
  }
  if (isUnknown(value)) {
    return value.refinement === undefined
      ? new ExtData(PLAIN_UNKNOWN, new Uint8Array([0]))
      : new ExtData(REFINED_UNKNOWN, value.refinement);
  }
  if (type === "dynamic") {
    const open: OpenValue = isOpen(value) ? value : { $type: "string", $value: String(value) };
    return [Buffer.from(JSON.stringify(open.$type)), toWire(open.$value, open.$type)];
  }
  if (type === "number") {
    // A fraction as its shortest decimal is the number that was written; as a float it would not be.
    return typeof value === "number" && !Number.isSafeInteger(value) ? String(value) : value;
  }
  if (typeof type === "string") {
    return value;
  }
  if (type[0] === "object") {
    const fields = value as Attributes;
    return Object.fromEntries(Object.entries(type[1]).map(([name, inner]) => [name, toWire(fields[name], inner)]));
  }
  const element = type[1];
  return type[0] === "map"
    ? Object.fromEntries(Object.entries(value as Attributes).map(([key, inner]) => [key, toWire(inner, element)]))
    : (value as unknown[]).map((inner) => toWire(inner, element));
}

/** Terraform's msgpack → plain values. `null` where Terraform says there is no object. */
export function decodeValue(bytes: Uint8Array, type: ValueType): unknown {
  return fromWire(decode(bytes, { extensionCodec: extensions, useBigInt64: true }), type);
}

/** Plain values → Terraform's msgpack. */
export function encodeValue(value: unknown, type: ValueType): Uint8Array {
  return encode(toWire(value, type), { extensionCodec: extensions });
}

/** The attributes of a block from the wire; `undefined` where there is no object. */
export function decodeAttributes(bytes: Uint8Array | undefined, block: Block): Attributes | undefined {
  if (bytes === undefined || bytes.length === 0) {
    return undefined;
  }
  return (decodeValue(bytes, blockType(block)) as Attributes | null) ?? undefined;
}

/** The attributes of a block for the wire. */
export function encodeAttributes(attributes: Attributes | undefined, block: Block): Uint8Array {
  return encodeValue(attributes ?? null, blockType(block));
}
