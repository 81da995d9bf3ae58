import { sortedByName } from "../declaration/sorted-by-name";
import type { Draft } from "./asked";
import { propertyText } from "./literal-text";

/** What stands together in a declaration, in its order; an empty line parts them. */
const PARAGRAPHS: readonly (readonly string[])[] = [
  ["name", "description"],
  ["owners", "responsibilities"],
  ["repository"],
  ["main"],
  ["ci"],
  ["stages"],
  ["settings"],
  ["edge"],
  ["release"],
  ["cluster"],
  ["postgres"],
  ["railway"],
  ["fly"],
  ["flags"],
  ["telemetry"],
  ["objectives"],
  ["alerts"],
  ["dashboard"],
  ["labels", "flakes", "onCall", "runbooks", "pullRequestChecklist"],
];

/**
 * The text of `services/<name>.ts`.
 * @param command that made it
 */
export function serviceText({ service, comments }: Draft, variable: string, command: string): string {
  const sections: Readonly<Record<string, unknown>> = service;
  const unplaced = Object.keys(sections).filter((key) => !PARAGRAPHS.flat().includes(key));
  if (unplaced.length > 0) throw new Error(`no place in a declaration is known for: ${unplaced.join(", ")}`);
  const body = PARAGRAPHS.map((keys) => keys.filter((key) => sections[key] !== undefined))
    .filter((keys) => keys.length > 0)
    .map((keys) => keys.map((key) => `${propertyText(key, sections[key], comments, 2)},\n`).join(""))
    .join("\n");
  return `import { defineService } from "../declaration/define-service";

/** Begun with: ${command} */
export const ${variable} = defineService({
${body}});
`;
}

/** The text of `services/<name>.sealed.json` while nothing is sealed, or of a record. */
export function recordText(record: Readonly<Record<string, string>>): string {
  return `${JSON.stringify(sortedByName(record), undefined, 2)}\n`;
}
