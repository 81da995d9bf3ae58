import type { Imported } from "./openslo-import";

/**
 * What was imported as text for a declaration: `signals` into its `telemetry`, `objectives` beside it. What was left and what was added stands
 * above as comments. `command` makes it again.
 */
export function declarationText(imported: Imported, command: string): string {
  const comments = [
    `Made by Gatehouse from OpenSLO: ${command}`,
    ...imported.added.map((each) => `Please check: ${each}`),
    ...imported.left.map((each) => `Not taken over: ${each}`),
  ];
  const lines = comments.map((comment) => `// ${comment.replace(/\s+/g, " ")}\n`);
  const { signals, objectives } = imported;
  return `${lines.join("")}signals: ${literal(signals)},\nobjectives: ${literal(objectives)},\n`;
}

/** Plain data as TypeScript. */
function literal(value: unknown, indent = ""): string {
  if (Array.isArray(value)) return `[${value.map((each) => literal(each, indent)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const lines = Object.entries(value).map(([key, each]) => `${inner}${keyText(key)}: ${literal(each, inner)},\n`);
  return lines.length === 0 ? "{}" : `{\n${lines.join("")}${indent}}`;
}

function keyText(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? key : JSON.stringify(key);
}
