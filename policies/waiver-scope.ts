import type { PolicyDocument } from "./document";
import type { RuleFinding } from "./finding";
import { placeOf } from "./report";
import type { Waiver, WaiverScope } from "./waiver";

/** What a finding is of, as far as scopes name it. */
export interface Scoped extends Pick<RuleFinding, "address" | "path"> {
  readonly rule: { readonly name: string };
  readonly document: ScopedDocument;
}

export type ScopedDocument = Pick<PolicyDocument, "name" | "kind" | "service" | "stage">;

/** Whether a waiver is about a finding. */
export function covers({ rule, scope }: Waiver, finding: Scoped): boolean {
  return rule === finding.rule.name && isOf(scope, finding.document) && placesOf(scope).some((at) => at.is(finding));
}

/** Whether a document is the one that a scope names. */
export function isOf(scope: WaiverScope, { name, kind, service, stage }: ScopedDocument): boolean {
  if (scope.stack !== undefined) return kind === "stack" && name === scope.stack;
  if (service !== scope.service || stage !== scope.stage) return false;
  return scope.file === undefined ? kind === "given" && name === scope.given : kind === "file" && name === scope.file;
}

/** One address or pattern of a scope. */
export interface ScopedPlace {
  /** Where it is written in the waiver. */
  readonly path: string;
  readonly text: string;
  is(finding: Pick<RuleFinding, "address" | "path">): boolean;
}

/** Where a scope looks. With an address alone, anywhere in that. */
export function placesOf({ at = [], matching }: WaiverScope): readonly ScopedPlace[] {
  const exact = at.map((text, index): ScopedPlace => {
    return { path: `scope.at[${index}]`, text, is: (finding) => isAt(finding, (place) => place === text) };
  });
  if (matching === undefined) return exact;
  const fits = (place: string) => matches(matching, place);
  return [...exact, { path: "scope.matching", text: matching, is: (finding) => isAt(finding, fits) }];
}

function isAt(finding: Pick<RuleFinding, "address" | "path">, fits: (place: string) => boolean): boolean {
  return fits(finding.address) || fits(placeOf(finding));
}

/** `*` stands for any characters, or none. Each part is looked for once, from where the one before ended: no pattern takes long. */
function matches(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return text.endsWith(last) && text.length - last.length >= from;
}

/** The document of a scope, for people. */
export function documentOf({ stack, service, file, given, stage }: WaiverScope): string {
  if (stack !== undefined) return stack;
  const whose = [service, stage].filter((part) => part !== undefined).join(" ");
  return whose === "" ? `${file ?? given}` : `${whose}: ${file ?? given}`;
}
