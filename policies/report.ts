import type { PolicyDocument } from "./document";
import type { RuleFinding } from "./finding";
import type { PolicyLevel, PolicyRule } from "./rule";
import type { Waiver } from "./waiver";
import type { WaiverFault } from "./waiver-fault";

/** Where something is declared: a file of this repository, and the line. */
export interface DeclaredAt {
  readonly file: string;
  /** From 1. @default - only the file is known */
  readonly line?: number | undefined;
}

/** What a rule found in a document. */
export interface PolicyFinding extends RuleFinding {
  readonly rule: PolicyRule;
  readonly level: PolicyLevel;
  readonly document: Omit<PolicyDocument, "json">;
  /** @default - it follows from no declaration that is known */
  readonly declaredAt?: DeclaredAt | undefined;
}

/** A finding that a waiver lets pass. */
export interface WaivedFinding extends PolicyFinding {
  readonly waiver: Waiver;
}

/** A rule that has no answer on a document. */
export interface BrokenRule {
  readonly rule: PolicyRule;
  readonly document: string;
  readonly why: string;
}

/** What all rules said of all documents. */
export interface PolicyReport {
  readonly rules: readonly PolicyRule[];
  readonly documents: number;
  /** Without those that waivers let pass. */
  readonly findings: readonly PolicyFinding[];
  readonly waived: readonly WaivedFinding[];
  /** What is wrong with waivers. */
  readonly faults: readonly WaiverFault[];
  readonly broken: readonly BrokenRule[];
  /** Documents that could not be read, and why. */
  readonly unreadable: readonly { readonly document: string; readonly why: string }[];
}

/** `fine`, `breached` or, as something could not be judged, `unknown`: no answer is not a good one. */
export function verdictOf({ findings, faults, broken, unreadable }: PolicyReport): "fine" | "breached" | "unknown" {
  if (broken.length > 0 || unreadable.length > 0) return "unknown";
  return faults.length > 0 || findings.some(({ level }) => level === "blocking") ? "breached" : "fine";
}

/** `github_repository.repository, rules[0]`: where in a document a finding is. */
export function placeOf({ address, path }: Pick<RuleFinding, "address" | "path">): string {
  return [address, path].filter((part) => part !== "").join(", ");
}
