import { placeOf, type WaivedFinding } from "./report";
import { documentOf } from "./waiver-scope";

/** A use of a waiver, for the audit trail: what would have been found, and who lets it pass until when. */
export interface WaiverUse {
  /** Id of the waiver. */
  readonly waiver: string;
  readonly rule: string;
  /** The stack or file. */
  readonly document: string;
  /** Where in that. */
  readonly address: string;
  readonly owner: string;
  readonly approver: string;
  readonly reason: string;
  readonly ticket: string;
  /** The last day on which it holds. */
  readonly expires: string;
}

/** The records of waived findings, each use one. */
export function waiverUses(waived: readonly WaivedFinding[]): readonly WaiverUse[] {
  return waived.map(({ waiver, ...finding }) => ({
    waiver: waiver.id,
    rule: waiver.rule,
    document: documentOf(waiver.scope),
    address: placeOf(finding),
    owner: waiver.owner,
    approver: waiver.approver,
    reason: waiver.reason,
    ticket: waiver.ticket,
    expires: waiver.expires,
  }));
}
