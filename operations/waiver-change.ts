import { daysAfter } from "../declaration/calendar-day";
import { formatProblem } from "../declaration/problem";
import type { Waiver } from "../policies/waiver";
import { formatFault, WAIVERS_FILE, type WaiverFault } from "../policies/waiver-fault";
import { waiverFaults } from "../policies/waiver-faults";
import { type WaiverFile, waiversOfText } from "../policies/waiver-file";
import { NoWaiverList } from "../policies/waivers-text";
import { type Console, mark, printable } from "./console";
import { EXIT, Failure } from "./failure";
import { putFiles, readOwn, refuseLink } from "./new-files";
import { POLICIES, ruleSources, rulesOf } from "./policy-bundle";

/** How long a waiver is to hold. */
export interface WaiverTerm {
  /** The last day. @default - from `days` */
  readonly expires?: string | undefined;
  /** Days from today. @default 30 */
  readonly days?: number | undefined;
}

const DEFAULT_DAYS = 30;

export function lastDay({ expires, days = DEFAULT_DAYS }: WaiverTerm, today: string): string {
  return expires ?? daysAfter(today, days);
}

export interface WaiverChange {
  /** The directory that has `policies/`. */
  readonly root: string;
  /** The day in UTC. */
  readonly today: string;
  /**
   * @param text the file as it is
   * @param file what that says
   * @returns the file as it is to be, and the id of the waiver that is added or changed
   */
  edit(text: string, file: WaiverFile): { readonly content: string; readonly id: string };
}

/**
 * Writes `policies/waivers.yaml` with one waiver more or changed, whole or not at all. Faults of other waivers are no hindrance, but for a date in the
 * future: then the clock may be wrong, by which this one is dated.
 *
 * @returns the waiver as it is now
 * @throws Failure with everything that is wrong with it
 */
export async function changeWaiver({ root, today, edit }: WaiverChange): Promise<Waiver> {
  refuseLink(root, "policies");
  const before = readOwn(root, WAIVERS_FILE);
  const rules = rulesOf(await ruleSources(POLICIES)).map(({ name }) => name);
  const faultsOf = ({ waivers, faults }: WaiverFile) => [...faults, ...waiverFaults(waivers, { rules, today })];
  const old = waiversOfText(before);
  const { content, id } = edited(() => edit(before, old), old);
  const changed = waiversOfText(content);
  const known = new Set(faultsOf(old).map(keyOf));
  const faults = faultsOf(changed).filter((fault) => isInTheWay(fault, id) || !known.has(keyOf(fault)));
  const waiver = changed.waivers.find((each) => each.waiver.id === id)?.waiver;
  if (faults.length > 0 || waiver === undefined)
    throw new Failure(["nothing was written", ...faults.map((fault) => formatted(fault, id))].join("\n"));
  putFiles(root, [{ path: WAIVERS_FILE, content, before }]);
  return waiver;
}

/** Says what was written. */
export function sayWritten(waiver: Waiver, json: boolean, console: Console): number {
  if (json) console.print(JSON.stringify({ version: 1, file: WAIVERS_FILE, waiver }, undefined, 2));
  else {
    const { id, rule, owner, approver, expires } = waiver;
    console.print(
      `${mark.ok} ${WAIVERS_FILE}: ${id} waives ${printable(rule)} until ${expires} (owner ${owner}, approved by ${approver})`,
    );
    console.print("to do: commit it with what it is for; npx gatehouse policy says whether it is used");
  }
  return EXIT.fine;
}

function isInTheWay({ kind, waiver }: WaiverFault, id: string): boolean {
  return waiver === id || kind === "created-in-the-future";
}

function keyOf({ kind, waiver, path, came }: WaiverFault): string {
  return JSON.stringify([kind, waiver, path, came]);
}

function edited<T>(edit: () => T, old: WaiverFile): T {
  try {
    return edit();
  } catch (error) {
    if (!(error instanceof NoWaiverList)) throw error;
    throw new Failure(["nothing was written", ...old.faults.map(formatFault)].join("\n"));
  }
}

/** Of what is not written there is no line. */
function formatted(fault: WaiverFault, id: string): string {
  if (fault.waiver !== undefined && fault.waiver !== id) return formatFault(fault);
  return formatProblem({ ...fault, subject: `the waiver ${id}` });
}
