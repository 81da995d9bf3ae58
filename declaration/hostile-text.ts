import { formatPath, type Problem, show } from "./problem";

/** Keys that mean the prototype of an object rather than an entry of it. */
const PROTOTYPE_KEYS = new Set(["__proto__", "constructor", "prototype"]);

/** Declarations are data of a few levels; what is deeper refers to itself. */
const DEEPEST = 20;

/**
 * Problems of anything in a declaration that would be code to somebody who reads it later: Terraform's interpolation and directives in any
 * text (`${…}` and `%{…}` are evaluated in `.tf.json` too), cdktf's own tokens, GitHub's expressions, keys that replace a prototype, functions.
 *
 * Scripts of a step are the one place where `${NAME}` is itself: they are the shell's and never reach Terraform.
 */
export function hostileText(subject: string, declaration: unknown): readonly Problem[] {
  const problems: Problem[] = [];
  walk(declaration, []);
  return problems;

  function walk(value: unknown, path: readonly PropertyKey[]): void {
    if (typeof value === "string") text(value, path);
    else if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint") {
      refuse(
        path,
        show(value),
        "plain data: text, numbers, true or false, lists and records",
        "write the value itself",
      );
    } else if (typeof value === "object" && value !== null) {
      if (path.length > DEEPEST)
        refuse(path, "data nested deeper than 20 levels", "plain data", "a declaration must not refer to itself");
      else entries(value, path);
    }
  }

  function entries(value: object, path: readonly PropertyKey[]): void {
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        walk(item, [...path, index]);
      });
      return;
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    // A `__proto__: {…}` in a literal never becomes a key: it replaces the prototype. Objects of another realm (Jest's) have their own Object.
    if (prototype !== null && !Object.hasOwn(prototype as object, "isPrototypeOf")) {
      refuse(
        path,
        "a record with a prototype of its own",
        "a plain record",
        'remove "__proto__"; declarations are plain data',
      );
    }
    for (const [key, item] of Object.entries(value)) {
      if (PROTOTYPE_KEYS.has(key)) {
        refuse(
          [...path, key],
          `the key ${show(key)}`,
          "a key that is not a property of every object",
          "rename the key",
        );
        continue;
      }
      text(key, [...path, key]);
      walk(item, [...path, key]);
    }
  }

  function text(value: string, path: readonly PropertyKey[]): void {
    if (value.includes("TfToken[")) {
      refuse(path, show(value), "text without cdktf's tokens (TfToken[…])", "write the value itself");
    } else if (/\$\{\{/.test(value) && !isScript(path)) {
      refuse(
        path,
        show(value),
        "text without GitHub's expressions (${{ … }})",
        "refer to a key of the settings matrix instead: { setting: KEY }",
      );
    } else if (/[$%]\{/.test(value) && !isScript(path)) {
      refuse(
        path,
        show(value),
        "text without ${ or %{",
        "Terraform would evaluate it: write the value itself, or the text without the brace",
      );
    }
  }

  function refuse(path: readonly PropertyKey[], came: string, expected: string, remedy: string): void {
    problems.push({ subject, path: formatPath(path), came, expected, remedy });
  }
}

/** `ci.jobs.<job>.steps[<n>].run` */
function isScript(path: readonly PropertyKey[]): boolean {
  return path[0] === "ci" && path[1] === "jobs" && path[3] === "steps" && path[5] === "run" && path.length === 6;
}
