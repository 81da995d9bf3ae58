import { show } from "../declaration/problem";
import type { Waiver, WaiverScope } from "./waiver";

/** What is too much, or not to be told. */
export interface ScopeMistake {
  readonly kind: "malformed" | "overbroad";
  readonly path: string;
  /** As errors show it. */
  readonly came: string;
  readonly expected: string;
  readonly remedy: string;
}

/** So many letters and digits of a name must be written, beside its type. */
const FEWEST_LETTERS = 3;

/**
 * What a waiver would cover beyond one rule on some things of one document: every rule or a pack of them, every document, a service, all of a document,
 * or all things of a type. A pattern names the type, which ends with the first `.` or `/`, and three letters or digits after it.
 */
export function scopeMistakes({ rule, scope }: Pick<Waiver, "rule" | "scope">): readonly ScopeMistake[] {
  return [...ruleMistakes(rule), ...documentMistakes(scope), ...placeMistakes(scope)];
}

function ruleMistakes(rule: string): readonly ScopeMistake[] {
  if (!rule.includes("*") && rule.includes("/")) return [];
  return [overbroad("rule", show(rule), "the name of one rule, <pack>/<id>", "write a waiver for each rule")];
}

function documentMistakes(scope: WaiverScope): readonly ScopeMistake[] {
  const { stack, service, file, given, stage } = scope;
  const named = [stack, file, given].filter((part) => part !== undefined);
  const every = (["stack", "service", "file", "given", "stage"] as const).filter((key) => scope[key]?.includes("*"));
  const mistakes = every.map((key) =>
    overbroad(
      `scope.${key}`,
      show(scope[key]),
      "the name of one document, without *",
      "write a waiver for each document",
    ),
  );
  const one = "one document: stack, or service and file, or given";
  if (named.length === 0) {
    const came = service === undefined ? "no document" : `all of the service ${service}`;
    mistakes.push(overbroad("scope", came, one, "name the document, as npx gatehouse policy shows it"));
  } else if (named.length > 1)
    mistakes.push(malformed("scope", named.map(show).join(" and "), one, "write a waiver for each document"));
  else if (file !== undefined && service === undefined)
    mistakes.push(
      malformed("scope", `${show(file)} of no service`, "the service whose file it is", "write it as service"),
    );
  if (stack !== undefined && service !== undefined)
    mistakes.push(malformed("scope.service", show(service), "nothing: a stack's name is enough", "leave it out"));
  if (stack !== undefined && stage !== undefined)
    mistakes.push(malformed("scope.stage", show(stage), "nothing: a stack's name is enough", "leave it out"));
  return mistakes;
}

function placeMistakes({ at, matching: pattern }: WaiverScope): readonly ScopeMistake[] {
  const places = "exact addresses under at, or a pattern under matching";
  if (at !== undefined && pattern !== undefined)
    return [malformed("scope", "addresses and a pattern", places, "leave one of them out")];
  if (at === undefined && pattern === undefined)
    return [overbroad("scope", "all of a document", places, "name what is to be waived")];
  const wild = (at ?? []).flatMap((place, index) =>
    /^[\s*]*$/.test(place)
      ? [overbroad(`scope.at[${index}]`, show(place), "an address", "name what is to be waived")]
      : at?.indexOf(place) !== index
        ? [malformed(`scope.at[${index}]`, show(place), "each address once", "leave it out")]
        : [],
  );
  if (pattern === undefined) return wild;
  if (!pattern.includes("*"))
    return [malformed("scope.matching", show(pattern), "a pattern with *", "write an exact address under at")];
  const [, name] = /^[\w-]+[./](.*)$/.exec(pattern) ?? [];
  if ((name ?? "").replace(/[^\p{L}\p{N}]/gu, "").length >= FEWEST_LETTERS) return [];
  const expected = `the type in full, up to its . or /, and ${FEWEST_LETTERS} letters or digits of the name`;
  return [overbroad("scope.matching", show(pattern), expected, "name more of it, or write the addresses under at")];
}

function overbroad(path: string, came: string, expected: string, remedy: string): ScopeMistake {
  return { kind: "overbroad", path, came, expected, remedy };
}

function malformed(path: string, came: string, expected: string, remedy: string): ScopeMistake {
  return { kind: "malformed", path, came, expected, remedy };
}
