import { formatProblem, type Problem } from "../declaration/problem";

/** Where the waivers are kept, below the project's root. */
export const WAIVERS_FILE = "policies/waivers.yaml";

export type WaiverFaultKind =
  /** It is not written as a waiver is. */
  | "malformed"
  /** No rule has that name. */
  | "unknown-rule"
  /** It names more than some things of one document. */
  | "overbroad"
  | "self-approved"
  /** Another one before it has its id, or covers the same. */
  | "duplicate"
  /** Its date or the clock is wrong. */
  | "created-in-the-future"
  | "too-long"
  | "expired"
  /** Nothing that it covers was found. */
  | "unused";

/** What is wrong with a waiver, and where it stands. */
export interface WaiverFault extends Omit<Problem, "subject" | "source"> {
  readonly kind: WaiverFaultKind;
  /** Line of `policies/waivers.yaml`, from 1. */
  readonly line: number;
  /** Its id. @default - it has none, or it is the file's fault */
  readonly waiver?: string | undefined;
}

/** The fault as a text of several lines. */
export function formatFault(fault: WaiverFault): string {
  const { line, waiver, path } = fault;
  const where = [waiver, path].filter((part) => part !== undefined && part !== "").join(": ");
  return formatProblem({ ...fault, subject: `${WAIVERS_FILE}:${line}`, path: where });
}
