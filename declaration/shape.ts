import type { z } from "zod";
import { didYouMean, formatPath, type Problem, show } from "./problem";

type Issue = z.core.$ZodIssue;

/** What a schema finds wrong, and which top-level sections are so wrong in shape that checks across sections can't read them. */
export interface ShapeReport {
  readonly problems: readonly Problem[];
  readonly unreadable: ReadonlySet<string>;
}

/** Issues after which a value doesn't have the type that it should have; after the others only its content is wrong. */
const SHAPE_CODES = new Set(["invalid_type", "unrecognized_keys", "invalid_union", "invalid_element"]);

/** The whole declaration can't be read. */
export const EVERYTHING = "*";

/** Holds a value against a schema; all problems at once. Values under a hidden path are never shown. */
export function checkShape(subject: string, schema: z.ZodType, value: unknown, hide = false): ShapeReport {
  const result = schema.safeParse(value);
  const problems: Problem[] = [];
  const unreadable = new Set<string>();
  for (const issue of result.success ? [] : result.error.issues.flatMap(flatten)) {
    for (const problem of problemsOf(subject, issue, value, hide)) problems.push(problem);
    if (SHAPE_CODES.has(issue.code ?? "")) unreadable.add(issue.path.length === 0 ? EVERYTHING : String(issue.path[0]));
  }
  return { problems, unreadable };
}

/** A union's issue becomes those of the alternative that was meant: the one that fails only inside, if there is one. */
function flatten(issue: Issue): readonly Issue[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const meant = issue.errors
    .filter((branch) => branch.every((inner) => inner.path.length > 0 && !isMissing(inner)))
    .sort((a, b) => a.length - b.length)[0];
  if (meant === undefined) return [issue];
  return meant.flatMap((inner) => flatten({ ...inner, path: [...issue.path, ...inner.path] } as Issue));
}

function isMissing(issue: Issue): boolean {
  return issue.code === "unrecognized_keys" || (issue.code === "invalid_type" && issue.input === undefined);
}

function problemsOf(subject: string, issue: Issue, root: unknown, hide: boolean): readonly Problem[] {
  const path = formatPath(issue.path);
  const came = valueAt(root, issue.path);
  if (issue.code === "unrecognized_keys") {
    const known =
      typeof came === "object" && came !== null ? Object.keys(came).filter((key) => !issue.keys.includes(key)) : [];
    return issue.keys.map((key) => ({
      subject,
      path: formatPath([...issue.path, key]),
      came: `the property ${show(key)}`,
      expected: "a property that the declaration language has",
      remedy: `remove it, or correct its name${didYouMean(key, known)}`,
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
      came: hide && came !== undefined ? "a value that is not shown" : show(came),
      ...sentence(issue.message, issue),
    },
  ];
}

/** A message of this language has its expectation, remedy and source on lines of their own; one of zod's is one line. */
function sentence(message: string, issue?: Issue): Pick<Problem, "expected" | "remedy" | "source"> {
  const [expected = "", remedy, source] = message.split("\n");
  if (remedy !== undefined) return source === undefined ? { expected, remedy } : { expected, remedy, source };
  if (issue?.code === "invalid_type")
    return { expected: TYPE_NAMES[issue.expected] ?? issue.expected, remedy: "write it; it has no default" };
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
