/** One attribute that a plan would change: what is there, and what is declared. */
export interface AttributeChange {
  /** E.g. `rules[0].required_status_checks[0].required_check`. */
  readonly path: string;
  readonly found: unknown;
  readonly declared: unknown;
}

/** One resource that a plan would change. */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly actions: readonly string[];
  /** Somebody changed it outside since the last deploy; otherwise its declaration changed, or it was never deployed. */
  readonly changedOutside: boolean;
  readonly attributes: readonly AttributeChange[];
}

/** The parts of `terraform show -json <plan>` that are read here: https://developer.hashicorp.com/terraform/internals/json-format */
export interface PlanJson {
  readonly resource_changes?: readonly PlannedResource[];
  readonly resource_drift?: readonly PlannedResource[];
}

interface PlannedResource {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: unknown;
    readonly after: unknown;
    readonly after_unknown?: unknown;
    readonly before_sensitive?: unknown;
    readonly after_sensitive?: unknown;
  };
}

const SENSITIVE = "(sensitive)";
const UNKNOWN = "(known after apply)";
const QUIET_ACTIONS = new Set(["no-op", "read"]);

/** What a plan would change, resource by resource. */
export function resourceChanges(plan: PlanJson): readonly ResourceChange[] {
  const outside = new Set((plan.resource_drift ?? []).map(({ address }) => address));
  return (plan.resource_changes ?? [])
    .filter(({ mode, change }) => mode === "managed" && !change.actions.every((action) => QUIET_ACTIONS.has(action)))
    .map(({ address, type, change }) => ({
      address,
      type,
      actions: change.actions,
      changedOutside: outside.has(address),
      attributes: change.actions.includes("update") || change.actions.length > 1 ? attributeChanges(change) : [],
    }));
}

/** Resources that changed outside in something the declaration says nothing of: a plan leaves them as they are. */
export function undeclaredChanges(plan: PlanJson): readonly string[] {
  const planned = new Set(resourceChanges(plan).map(({ address }) => address));
  return (plan.resource_drift ?? [])
    .filter(({ address, mode }) => mode === "managed" && !planned.has(address))
    .map(({ address }) => address);
}

function attributeChanges(change: PlannedResource["change"]): readonly AttributeChange[] {
  const found = mask(change.before, change.before_sensitive, undefined);
  const declared = mask(change.after, change.after_sensitive, change.after_unknown);
  const changes: AttributeChange[] = [];
  compare("", found, declared, changes);
  return changes;
}

/** Sensitive values are never shown, unknown ones are said to be so. */
function mask(value: unknown, sensitive: unknown, unknown: unknown): unknown {
  if (sensitive === true) return SENSITIVE;
  if (unknown === true) return UNKNOWN;
  if (Array.isArray(value)) return value.map((item, index) => mask(item, at(sensitive, index), at(unknown, index)));
  if (typeof value === "object" && value !== null) {
    const keys = new Set([...Object.keys(value), ...Object.keys(unknown ?? {})]);
    return Object.fromEntries(
      [...keys].map((key) => [key, mask(at(value, key), at(sensitive, key), at(unknown, key))]),
    );
  }
  return value;
}

function at(container: unknown, key: string | number): unknown {
  return typeof container === "object" && container !== null
    ? (container as Record<string | number, unknown>)[key]
    : undefined;
}

function compare(path: string, found: unknown, declared: unknown, changes: AttributeChange[]): void {
  if (same(found, declared)) return;
  if (Array.isArray(found) && Array.isArray(declared)) {
    compareLists(path, found, declared, changes);
  } else if (isRecord(found) && isRecord(declared)) {
    for (const key of new Set([...Object.keys(found), ...Object.keys(declared)])) {
      compare(path === "" ? key : `${path}.${key}`, found[key] ?? null, declared[key] ?? null, changes);
    }
  } else if (declared !== UNKNOWN) {
    changes.push({ path, found, declared });
  }
}

/** Sets are lists in JSON, in any order: what both have is left out, and only what is left is compared. */
function compareLists(
  path: string,
  found: readonly unknown[],
  declared: readonly unknown[],
  changes: AttributeChange[],
): void {
  if (found.length === declared.length && found.some((item) => isRecord(item))) {
    const onlyFound = found
      .map((item, index) => ({ item, index }))
      .filter(({ item }) => !declared.some((other) => same(item, other)));
    const onlyDeclared = declared.filter((item) => !found.some((other) => same(item, other)));
    onlyFound.forEach(({ item, index }, position) => {
      compare(`${path}[${index}]`, item, onlyDeclared[position] ?? null, changes);
    });
    if (onlyFound.length > 0) return;
  }
  const without = (list: readonly unknown[], others: readonly unknown[]) =>
    list.filter((item) => !others.some((other) => same(item, other)));
  changes.push({ path, found: without(found, declared), declared: without(declared, found) });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}
