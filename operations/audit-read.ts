import pLimit from "p-limit";
import type { Fleet } from "../declaration/fleet";
import { examinedTrail, type ReadObject, type TrailReport } from "./audit-chain";
import { digestOf, openedObject } from "./audit-object";
import { type AuditOptions, auditStore, declaredTrail } from "./audit-run";
import { auditTrust } from "./audit-trust";
import { type AuditWitness, readWitness } from "./audit-witness";
import { Failure } from "./failure";

/** A bucket answers one in some 50 milliseconds. */
const READ_AT_A_TIME = 16;

export interface ReadTrail extends TrailReport {
  readonly where: string;
  readonly witness: AuditWitness | undefined;
}

/**
 * Reads and verifies a whole trail.
 * @throws Failure when it could not be read or judged, or there is none
 */
export async function readTrail(fleet: Fleet, options: AuditOptions): Promise<ReadTrail> {
  const audit = declaredTrail(fleet);
  const trust = await auditTrust(audit, options);
  const witness = options.witness === undefined ? undefined : await readWitness(options.witness);
  const store = auditStore(audit, options);
  const atATime = pLimit(READ_AT_A_TIME);
  const objects: readonly ReadObject[] = await atATime.map(await store.names(options.signal), async (name) => {
    options.signal?.throwIfAborted();
    const bytes = await store.read(name, options.signal);
    return { name, digest: digestOf(bytes), opened: await openedObject(bytes, trust) };
  });
  if (objects.length === 0 && witness === undefined)
    throw new Failure(
      `there is no trail in ${store.where}\nsay where it is: --trail <directory>, or audit in services/organization.ts`,
    );
  return { ...examinedTrail(objects, witness), where: store.where, witness };
}
