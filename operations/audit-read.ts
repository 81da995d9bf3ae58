import pLimit from "p-limit";
import type { Fleet } from "../declaration/fleet";
import { examinedTrail, type StoredObject, type TrailReport } from "./audit-chain";
import { verifyingKeys } from "./audit-keys";
import { type AuditOptions, auditStore, declaredTrail } from "./audit-run";
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
 * @throws Failure when it could not be read, or there is none
 */
export async function readTrail(fleet: Fleet, options: AuditOptions): Promise<ReadTrail> {
  const audit = declaredTrail(fleet);
  const trusted = await verifyingKeys(audit, options.trust);
  const witness = options.witness === undefined ? undefined : await readWitness(options.witness);
  const store = auditStore(audit, options);
  const atATime = pLimit(READ_AT_A_TIME);
  const objects: readonly StoredObject[] = await atATime.map(await store.names(), async (name) => {
    options.signal?.throwIfAborted();
    return { name, bytes: await store.read(name) };
  });
  if (objects.length === 0 && witness === undefined)
    throw new Failure(
      `there is no trail in ${store.where}\nsay where it is: --trail <directory>, or audit in services/organization.ts`,
    );
  return { ...examinedTrail(objects, trusted, witness), where: store.where, witness };
}
