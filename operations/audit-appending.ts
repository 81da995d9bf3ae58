import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { AuditEntry, type AuditRecord } from "../declaration/audit-entry";
import { formatProblem } from "../declaration/problem";
import { checkShape } from "../declaration/shape";
import { isAnotherTime, isSetBack, timeOf, type VerifiedEntry } from "./audit-chain";
import { digestOf, type OpenedObject, openedObject } from "./audit-object";
import { nameOfPlace, placeOfName } from "./audit-place";
import type { EntrySigner } from "./audit-signing";
import type { AuditStore } from "./audit-store";
import type { AuditTrust } from "./audit-trust";
import type { AuditWitness } from "./audit-witness";
import type { Clock } from "./clock";
import { Failure } from "./failure";

export interface Appending {
  readonly store: AuditStore;
  readonly sign: EntrySigner;
  readonly trust: AuditTrust;
  /** @default - nobody has seen the trail before */
  readonly witness: AuditWitness | undefined;
  /** Go on although the clock is behind the newest entry; the entry says so. */
  readonly acceptClock: boolean;
  readonly clock: Pick<Clock, "now" | "random">;
  readonly signal?: AbortSignal | undefined;
}

/** So many writers may come before this one. */
const ATTEMPTS = 50;

/** Longest wait after another writer was first. Milliseconds. */
const LONGEST_WAIT = 100;

/**
 * Appends an entry after the newest one. Where two append at once, one of them comes first, and the other is chained to it.
 *
 * @throws Failure when the record is not complete, the trail's end is not to be trusted, or the clock is behind it
 */
export async function append(record: AuditRecord, appending: Appending): Promise<VerifiedEntry> {
  const { store, sign, trust, clock, signal } = appending;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    signal?.throwIfAborted();
    const head = await trustedHead(appending);
    const entry = entryAfter(head, record, appending);
    // What is put there is what was verified, byte by byte: a signature is made once, and no other is like it.
    const bytes = await sign(entry);
    const { signer, logged } = believed(await openedObject(bytes, trust));
    signal?.throwIfAborted();
    if (await store.create(nameOfPlace(entry.sequence), bytes, signal))
      return { entry, digest: digestOf(bytes), signer, logged };
    await setTimeout(clock.random() * LONGEST_WAIT, undefined, { signal });
  }
  throw new Failure(
    `nothing was appended to the trail in ${store.where}: ${ATTEMPTS} times another writer was first\nappend again`,
  );
}

/** @throws Failure when the entry would be found to be wrong */
function believed(opened: OpenedObject): OpenedObject & { readonly kind: "entry" } {
  if (opened.kind !== "entry")
    throw new Failure(
      `nothing was appended: nobody would believe the entry: ${opened.why}\ndeclare who signs in audit.signers of services/organization.ts, or give a public key with --trust`,
    );
  const { entry, logged } = opened;
  if (logged !== undefined && isAnotherTime(entry, logged))
    throw new Failure(
      `nothing was appended: the clock says ${entry.at}, and the transparency log ${timeOf(logged)}\nset the clock`,
    );
  return opened;
}

/** The entry in a place. @throws Failure when there is none, or it is not to be trusted */
export async function trustedEntry(
  store: AuditStore,
  place: number,
  trust: AuditTrust,
  signal: AbortSignal | undefined,
): Promise<VerifiedEntry> {
  const bytes = await store.read(nameOfPlace(place), signal);
  const opened = await openedObject(bytes, trust);
  const verify = "nothing was appended; npx gatehouse audit verify says what happened to the trail";
  if (opened.kind !== "entry") throw new Failure(`entry ${place} can't be built on: ${opened.why}\n${verify}`);
  const { entry, signer, logged } = opened;
  if (entry.sequence !== place)
    throw new Failure(`entry ${place} can't be built on: entry ${entry.sequence} stands there\n${verify}`);
  return { entry, signer, logged, digest: digestOf(bytes) };
}

/** The newest entry; undefined of a trail that has none. */
async function trustedHead({ store, trust, witness, signal }: Appending): Promise<VerifiedEntry | undefined> {
  const place = Math.max(0, ...(await store.names(signal)).map((name) => placeOfName(name) ?? 0));
  const verify = "nothing was appended; npx gatehouse audit verify --witness <file> says what happened to the trail";
  if (witness !== undefined && place < witness.sequence)
    throw new Failure(
      `the trail in ${store.where} ends with entry ${place}, and the witness has seen ${witness.sequence}\n${verify}`,
    );
  if (place === 0) return undefined;
  const head = await trustedEntry(store, place, trust, signal);
  if (witness === undefined) return head;
  const seen = await trustedEntry(store, witness.sequence, trust, signal);
  if (seen.digest !== witness.digest || head.entry.trail !== witness.trail)
    throw new Failure(`entry ${witness.sequence} is not the one that the witness has seen\n${verify}`);
  return head;
}

function entryAfter(
  head: VerifiedEntry | undefined,
  record: AuditRecord,
  { clock, acceptClock }: Appending,
): AuditEntry {
  const now = clock.now();
  const setBack = head !== undefined && isSetBack(head.entry.at, now);
  if (setBack && !acceptClock)
    throw new Failure(
      `nothing was appended: the clock says ${new Date(now).toISOString()}, and entry ${head.entry.sequence} was written at ${head.entry.at}\nset the clock; if that entry's was wrong, give --accept-clock, and the new entry says so`,
    );
  const entry = {
    version: 1,
    trail: head?.entry.trail ?? randomUUID(),
    sequence: (head?.entry.sequence ?? 0) + 1,
    previous: head?.digest ?? null,
    at: new Date(now).toISOString(),
    ...(setBack && { clockSetBack: true }),
    ...record,
  };
  const { problems } = checkShape("entry", AuditEntry, entry);
  if (problems.length > 0) throw new Failure(`nothing was appended\n${problems.map(formatProblem).join("\n")}`);
  return entry as AuditEntry;
}
