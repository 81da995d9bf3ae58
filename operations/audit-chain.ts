import type { AuditEntry } from "../declaration/audit-entry";
import type { LoggedAt, OpenedObject } from "./audit-object";
import { placeOfName } from "./audit-place";
import type { AuditWitness } from "./audit-witness";

/** An object of the trail, and what it turned out to be. */
export interface ReadObject {
  readonly name: string;
  readonly digest: string;
  readonly opened: OpenedObject;
}

/**
 * What is wrong with a trail.
 * - `changed`: the object is not what was signed, or not the whole of it
 * - `replaced`: properly signed, but not the entry that the next one, or the witness, has seen in this place
 * - `removed`: nothing is left of an entry that others come after
 * - `truncated`: nothing is left of the last entries, which the witness has seen
 * - `reordered`: the entry was written for another place
 * - `duplicated`: the entry stands in its own place too
 * - `wrong key`: signed with a key, or by a workflow, that is not trusted, or no longer
 * - `another trail`: properly signed, for another trail
 * - `clock set back`: earlier than the entry before, by more than clocks differ, and nobody said so
 * - `another time`: the transparency log took it at another time than it says, by more than clocks differ
 * - `ended twice`: two entries say how one act ended, or one ends what never began
 * - `not an entry`: an object that has no place in a trail
 * - `not understood`: properly signed, by a newer Gatehouse or none
 */
export type FindingKind =
  | Exclude<OpenedObject["kind"], "entry">
  | "replaced"
  | "removed"
  | "truncated"
  | "reordered"
  | "duplicated"
  | "another trail"
  | "clock set back"
  | "another time"
  | "ended twice"
  | "not an entry";

export interface Finding {
  readonly kind: FindingKind;
  /** Which entry: a place, several of them, or the name of an object. */
  readonly which: string;
  readonly said: string;
}

export interface VerifiedEntry {
  readonly entry: AuditEntry;
  readonly digest: string;
  readonly signer: string;
  /** @default - it is signed with a key, of which no log knows */
  readonly logged?: LoggedAt | undefined;
}

export interface TrailReport {
  /** Those in their own place, in order. */
  readonly entries: readonly VerifiedEntry[];
  readonly findings: readonly Finding[];
  /** Places of entries that say that something begins, and of which no other says how it ended. */
  readonly unfinished: readonly number[];
}

/** By so much the clocks of those who write may differ. Milliseconds. */
export const CLOCKS_DIFFER = 300_000;

type Opened = OpenedObject & { readonly place: number; readonly digest: string };
type OpenedEntry = Extract<Opened, { readonly kind: "entry" }>;

/**
 * Looks at a whole trail and says of each entry that isn't as it was written what happened to it. The objects may come in any order: their names
 * say where they stand.
 *
 * @param witness the newest entry that somebody saw before; without one, entries that were removed from the end are not missed
 */
export function examinedTrail(objects: readonly ReadObject[], witness: AuditWitness | undefined): TrailReport {
  const findings: Finding[] = [];
  const find = (kind: FindingKind, which: string | number, said: string) =>
    findings.push({ kind, which: String(which), said });
  const opened = new Map<number, Opened>();
  for (const { name, digest, opened: what } of objects) {
    const place = placeOfName(name);
    if (place === undefined) find("not an entry", name, "its name is no place in a trail");
    else opened.set(place, { ...what, place, digest });
  }
  const inOrder = [...opened.values()].sort((a, b) => a.place - b.place);
  const signed = inOrder.filter((one) => one.kind === "entry");
  const own = new Map(signed.filter(({ entry, place }) => entry.sequence === place).map((one) => [one.place, one]));
  // Of what can't be read only the place is known. A copy in a later place is no sign that anything else was there.
  const known = inOrder.map((one) => (one.kind === "entry" ? one.entry.sequence : one.place));
  const trail = witness?.trail ?? signed[0]?.entry.trail;
  for (const one of inOrder) judge(one);
  removed();
  againstWitness();
  clocks();
  const unfinished = endings([...own.values()], find);
  const entries = [...own.values()].map(({ entry, digest, signer, logged }) => ({ entry, digest, signer, logged }));
  return { entries, findings, unfinished };

  function judge(one: Opened): void {
    if (one.kind !== "entry") {
      find(one.kind, one.place, one.why);
      return;
    }
    const { entry, place, digest } = one;
    if (entry.sequence !== place) {
      const original = own.get(entry.sequence);
      if (original?.digest === digest) find("duplicated", place, `it is a copy of entry ${entry.sequence}`);
      else find("reordered", place, `entry ${entry.sequence} stands here`);
      return;
    }
    if (entry.trail !== trail) find("another trail", place, `it was written for the trail ${entry.trail}`);
    const before = opened.get(place - 1);
    if (place === 1 && entry.previous !== null)
      find("replaced", place, "it says that an entry came before, and it is the first");
    // What is not as it was signed has been named already; what was signed, and isn't what this entry was chained to, was put there later.
    const isSomebodys = before?.kind === "entry" ? own.has(before.place) : before?.kind === "not understood";
    if (before !== undefined && isSomebodys && entry.previous !== before.digest)
      find("replaced", before.place, `entry ${place} was written after another one`);
  }

  function removed(): void {
    for (const [from, to] of gaps(known)) find("removed", range(from, to), "nothing is left of it");
  }

  function againstWitness(): void {
    if (witness === undefined) return;
    const last = Math.max(0, ...known);
    if (last < witness.sequence)
      find("truncated", range(last + 1, witness.sequence), `the witness has seen entry ${witness.sequence}`);
    const seen = own.get(witness.sequence);
    if (seen !== undefined && seen.digest !== witness.digest)
      find("replaced", witness.sequence, "the witness has seen another entry in its place");
  }

  function clocks(): void {
    for (const { entry, logged } of own.values()) {
      if (logged !== undefined && isAnotherTime(entry, logged))
        find(
          "another time",
          entry.sequence,
          `it says ${entry.at}, and the transparency log took it at ${timeOf(logged)}`,
        );
      const before = own.get(entry.sequence - 1)?.entry;
      if (before !== undefined && entry.clockSetBack !== true && isSetBack(before.at, Date.parse(entry.at)))
        find("clock set back", entry.sequence, `it says ${entry.at}, and the entry before says ${before.at}`);
    }
  }
}

/** Whether a clock is behind what was written before by more than clocks differ. */
export function isSetBack(before: string, now: number): boolean {
  return now < Date.parse(before) - CLOCKS_DIFFER;
}

/** Whether an entry says another time than the log that took it. */
export function isAnotherTime({ at }: AuditEntry, { time }: LoggedAt): boolean {
  return Math.abs(Date.parse(at) - time) > CLOCKS_DIFFER;
}

export function timeOf({ time }: LoggedAt): string {
  return new Date(time).toISOString();
}

/** Which acts have not ended; finds those that ended twice, or never began. */
function endings(
  own: readonly OpenedEntry[],
  find: (kind: FindingKind, which: number, said: string) => void,
): readonly number[] {
  const pending = new Map(own.map(({ entry }) => [entry.sequence, entry.outcome === "pending"]));
  const open = new Set([...pending].filter(([, isPending]) => isPending).map(([place]) => place));
  for (const { entry } of own) {
    const { endOf, sequence } = entry;
    // Of an entry that can't be read nothing can be said.
    if (endOf === undefined || (!pending.has(endOf) && endOf < sequence)) continue;
    if (!open.delete(endOf))
      find("ended twice", sequence, `it says how ${endOf} ended, which had not begun or had ended already`);
  }
  return [...open];
}

/** Runs of numbers from 1 on that a list lacks. */
function gaps(there: readonly number[]): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  let expected = 1;
  for (const place of there.toSorted((a, b) => a - b)) {
    if (place > expected) found.push([expected, place - 1]);
    expected = place + 1;
  }
  return found;
}

function range(from: number, to: number): string {
  return from === to ? String(from) : `${from}–${to}`;
}
