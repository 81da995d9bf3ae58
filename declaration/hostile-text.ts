import { formatPath, type Problem, show } from "./problem";
import { HIDDEN, type Hide } from "./shape";

/**
 * Problems of any text or key in a declaration that would be code to somebody who reads it later: Terraform's interpolation and directives
 * (`${…}` and `%{…}` are evaluated in `.tf.json` too), cdktf's own tokens, GitHub's expressions.
 *
 * Scripts of a step and commands of a job are the one place where `${NAME}` is itself: they are the shell's and never reach Terraform.
 *
 * @param declaration plain data
 */
export function hostileText(subject: string, declaration: unknown, hide: Hide): readonly Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<object>();
  walk(declaration, []);
  return problems;

  function walk(value: unknown, path: readonly PropertyKey[]): void {
    if (typeof value === "string") text(value, path);
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    for (const [key, item] of Object.entries(value)) {
      const place = [...path, Array.isArray(value) ? Number(key) : key];
      if (!Array.isArray(value)) text(key, place);
      walk(item, place);
    }
  }

  function text(value: string, path: readonly PropertyKey[]): void {
    if (value.includes("TfToken[")) {
      refuse(path, value, "text without cdktf's tokens (TfToken[…])", "write the value itself");
    } else if (isScript(path)) {
      // What a script may hold is its schema's business.
    } else if (value.includes("${{")) {
      refuse(
        path,
        value,
        "text without GitHub's expressions (${{ … }})",
        "refer to a key of the settings matrix instead: { setting: KEY }",
      );
    } else if (/[$%]\{/.test(value)) {
      refuse(
        path,
        value,
        "text without ${ or %{",
        "Terraform would evaluate it: write the value itself, or the text without the brace",
      );
    }
  }

  function refuse(path: readonly PropertyKey[], value: string, expected: string, remedy: string): void {
    problems.push({
      subject,
      path: formatPath(path),
      came: hide(path, declaration) ? HIDDEN : show(value),
      expected,
      remedy,
    });
  }
}

/** `ci.jobs.<job>.steps[<n>].run` and `ci.jobs.<job>.command` */
function isScript(path: readonly PropertyKey[]): boolean {
  if (path[0] !== "ci" || path[1] !== "jobs") return false;
  return (
    (path[3] === "steps" && path[5] === "run" && path.length === 6) || (path[3] === "command" && path.length === 4)
  );
}
