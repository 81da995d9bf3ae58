import { isUnknown } from "../../sandbox/protocol/unknown";
import type { Attributes } from "../../sandbox/protocol/value-codec";
import type { Block, NestedBlock } from "../../sandbox/schema/schema";
import type { LiveKind } from "./live-kinds";

export type Manifest = Readonly<Record<string, unknown>>;

/** Blocks that the provider names in the singular, and the API in the plural. */
const PLURALS: Readonly<Record<string, string>> = {
  image_pull_secret: "imagePullSecrets",
  limit: "limits",
  match_expression: "matchExpressions",
  rule: "rules",
  secret: "secrets",
  subject: "subjects",
};

/** What the server alone writes into an object's metadata. */
const BY_SERVER = ["generation", "resource_version", "uid"];

const NO_FIELDS = ["id", "timeouts"];

/** The API's object of a resource's attributes. What is null, empty or zero is left out, as the provider does (SDK v2 can't tell them apart). */
export function toManifest(
  { apiVersion, kind, providerOnly = [] }: LiveKind,
  block: Block,
  state: Attributes,
): Manifest {
  const fields = fieldsOf(block, state, [...NO_FIELDS, ...providerOnly]);
  return { apiVersion, kind, ...fields };
}

/** The attributes that a resource has by the API's object. @param kept for what the object doesn't say */
export function fromManifest(kind: LiveKind, block: Block, object: Manifest, kept: Attributes): Attributes {
  const names = [...NO_FIELDS, ...(kind.providerOnly ?? [])].filter((name) => !isUnknown(kept[name]));
  const own = Object.fromEntries(names.map((name) => [name, kept[name] ?? null]));
  return { ...attributesOf(block, object), ...own, id: idOf(object) };
}

/** What a resource is called in Terraform's state: `kubernetes/structures.go`, buildId, in hashicorp/terraform-provider-kubernetes v2.38.0. */
export function idOf(object: Manifest): string {
  const { name, namespace } = object.metadata as { readonly name: string; readonly namespace?: string };
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** A JSON merge patch from one object to another (RFC 7386), or nothing if they are the same. */
export function mergePatch(before: unknown, after: unknown): unknown {
  if (!isPlain(before) || !isPlain(after)) return JSON.stringify(before) === JSON.stringify(after) ? undefined : after;
  const changes = Object.entries(after)
    .map(([name, value]) => [name, mergePatch(before[name], value)] as const)
    .filter(([, value]) => value !== undefined);
  const removed = Object.keys(before).filter((name) => !(name in after));
  if (changes.length + removed.length === 0) return undefined;
  return { ...Object.fromEntries(changes), ...Object.fromEntries(removed.map((name) => [name, null])) };
}

function isPlain(value: unknown): value is Manifest {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fieldName(name: string): string {
  return PLURALS[name] ?? name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function fieldsOf(block: Block, values: Attributes, without: readonly string[]): Manifest {
  const fields: Record<string, unknown> = {};
  for (const name of Object.keys(block.attributes)) {
    const value = values[name];
    if (!without.includes(name) && !isNothing(value)) fields[fieldName(name)] = plain(name, value);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const elements = (values[name] ?? []) as readonly Attributes[];
    if (without.includes(name) || elements.length === 0) continue;
    const inner = elements.map((each) => fieldsOf(nested.block, each, name === "metadata" ? BY_SERVER : []));
    fields[fieldName(name)] = isSingle(nested) ? inner[0] : inner;
  }
  return fields;
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === "" || value === 0 || isUnknown(value)) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** A port is a number, or a name. */
function plain(name: string, value: unknown): unknown {
  return name === "port" && /^\d+$/.test(String(value)) ? Number(value) : value;
}

function attributesOf(block: Block, object: Manifest): Attributes {
  const values: Record<string, unknown> = {};
  for (const [name, { type }] of Object.entries(block.attributes)) {
    const value = object[fieldName(name)] ?? null;
    values[name] = type === "string" && value !== null ? String(value) : value;
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const field = object[fieldName(name)] ?? [];
    const elements = (Array.isArray(field) ? field : [field]) as readonly Manifest[];
    values[name] = elements.map((each) => attributesOf(nested.block, each));
  }
  return values;
}

/** Whether the API has one object where the provider has a list. */
function isSingle({ maxItems }: NestedBlock): boolean {
  return maxItems === 1;
}
