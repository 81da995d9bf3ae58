import type { z } from "zod";
import { didYouMean, formatPath, type Problem, show } from "./problem";

type Issue = z.core.$ZodIssue;

/** What a schema finds wrong, and which top-level sections are so wrong in shape that checks across sections can't read them. */
export interface ShapeReport {
  readonly problems: readonly Problem[];
  readonly unreadable: ReadonlySet<string>;
}

/**
 * Issues after which a value doesn't have the type that it should have; after the others only its content is wrong. Under a key that is wrong
 * zod doesn't look at the value.
 */
const SHAPE_CODES = new Set(["invalid_type", "invalid_union", "invalid_element", "invalid_key"]);

/** The whole declaration can't be read. */
export const EVERYTHING = "*";

/** Whether what stands at a path of a declaration must not be shown. */
export type Hide = (path: readonly PropertyKey[], declaration: unknown) => boolean;

/** What is shown instead. */
export const HIDDEN = "a value that is not shown";

/** Holds plain data against a schema; all problems at once. */
export function checkShape(subject: string, schema: z.ZodType, value: unknown, hide: Hide = () => false): ShapeReport {
  const result = schema.safeParse(value);
  if (result.success) return { problems: [], unreadable: new Set() };
  const issues = result.error.issues.flatMap((issue) => flatten(issue, value));
  const sections = issues
    .filter((issue) => hasWrongType(issue, value))
    .map(({ path }) => (path.length === 0 ? EVERYTHING : String(path[0])));
  return {
    problems: issues.flatMap((issue) => problemsOf(subject, issue, schema, value, hide)),
    unreadable: new Set(sections),
  };
}

function hasWrongType(issue: Issue, root: unknown): boolean {
  return (
    SHAPE_CODES.has(issue.code ?? "") ||
    (issue.code === "invalid_value" && typeof valueAt(root, issue.path) !== "string")
  );
}

/** A union's issue becomes those of the alternative that was meant, if one stands out: right in kind, nothing missing, fewest issues. */
function flatten(issue: Issue, root: unknown): readonly Issue[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const [meant, next] = issue.errors
    .map((branch) => branch.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }) as Issue))
    .filter((branch) => !branch.some((inner) => isAnotherKind(inner, issue, root)))
    .sort((a, b) => a.length - b.length);
  if (meant === undefined || meant.length === next?.length) return [issue];
  return meant.flatMap((inner) => flatten(inner, root));
}

/** The value is of another type than the alternative, or lacks what the alternative must have. */
function isAnotherKind(inner: Issue, union: Issue, root: unknown): boolean {
  if (inner.code !== "invalid_type") return false;
  return inner.path.length === union.path.length || valueAt(root, inner.path) === undefined;
}

function problemsOf(subject: string, issue: Issue, schema: z.ZodType, root: unknown, hide: Hide): readonly Problem[] {
  const path = formatPath(issue.path);
  const came = valueAt(root, issue.path);
  if (issue.code === "unrecognized_keys") {
    const missing = keysAt(schema, issue.path).filter((key) => valueAt(came, [key]) === undefined);
    return issue.keys.map((key) => ({
      subject,
      path: formatPath([...issue.path, key]),
      came: `the property ${show(key)}`,
      expected: "a property that the declaration language has",
      remedy: `remove it, or correct its name${didYouMean(key, missing)}`,
    }));
  }
  if (issue.code === "invalid_key") {
    const inner = issue.issues[0];
    return [
      { subject, path, came: `the key ${show(issue.path.at(-1))}`, ...sentence(inner?.message ?? issue.message) },
    ];
  }
  return [
    {
      subject,
      path,
      came: came !== undefined && hide(issue.path, root) ? HIDDEN : show(came),
      ...sentence(issue.message, issue, came),
    },
  ];
}

/** A message of this language has its expectation, remedy and source on lines of their own; one of zod's is one line. */
function sentence(message: string, issue?: Issue, came?: unknown): Pick<Problem, "expected" | "remedy" | "source"> {
  const [expected = "", remedy, source] = message.split("\n");
  if (remedy !== undefined) return source === undefined ? { expected, remedy } : { expected, remedy, source };
  if (issue?.code === "invalid_type") {
    const type = TYPE_NAMES[issue.expected] ?? issue.expected;
    return {
      expected: type,
      remedy: came === undefined ? "write it; it has no default" : `write ${type} in its place`,
    };
  }
  return { expected, remedy: "correct the value" };
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  object: "a record { … }",
  record: "a record { … }",
  array: "a list [ … ]",
  string: "text",
  number: "a number",
  boolean: "true or false",
};

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

/** The properties that a schema knows at a path. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const [part, ...rest] = path;
  switch (def.type) {
    case "optional":
    case "readonly":
      return keysAt(def.innerType, path);
    case "union":
      return def.options.flatMap((option) => keysAt(option, path));
    case "array":
      return keysAt(def.element, rest);
    case "record":
      return keysAt(def.valueType, rest);
    case "object": {
      if (part === undefined) return Object.keys(def.shape);
      const inner = def.shape[String(part)];
      return inner === undefined ? [] : keysAt(inner, rest);
    }
    default:
      return [];
  }
}
