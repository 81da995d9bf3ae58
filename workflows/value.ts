import type { Reference, Value } from "./workflow";

/** A value as the text that GitHub evaluates. Text stays text: an expression in it is written as one that yields it. */
export function renderValue(value: Value): string {
  if (Array.isArray(value)) return value.map((part: string | Reference) => renderValue(part)).join("");
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string") return value.replaceAll("${{", "${{ '${{' }}");
  return `\${{ ${expressionOf(value as Reference)} }}`;
}

function expressionOf(reference: Reference): string {
  if ("secret" in reference) return `secrets.${reference.secret}`;
  if ("variable" in reference) return `vars.${reference.variable}`;
  checkExpression(reference.expression);
  return reference.expression;
}

/** What a workflow reads must be known without parsing expressions, so they may not read settings. */
function checkExpression(expression: string): void {
  if (/\b(?:secrets|vars)\b/u.test(expression)) {
    throw new Error(
      `the expression "${expression}" reads secrets or vars; write { secret: KEY } or { variable: KEY }, so that it is known what the workflow needs`,
    );
  }
  if (expression.includes("${{") || expression.includes("}}")) {
    throw new Error(`the expression "${expression}" carries its own \${{ }}; write what stands between them`);
  }
}

/** The references of a value, in order. */
export function referencesOf(value: Value): readonly Reference[] {
  if (Array.isArray(value)) return value.filter((part: string | Reference) => typeof part === "object");
  return typeof value === "object" ? [value as Reference] : [];
}
