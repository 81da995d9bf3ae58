import type { Fleet } from "../declaration/fleet";
import { append, trustedEntry } from "./audit-appending";
import type { VerifiedEntry } from "./audit-chain";
import { type AuditOptions, auditStore, declaredTrail } from "./audit-run";
import { recordOfAct, type Said } from "./audit-said";
import { auditSigning, type Signing } from "./audit-signing";
import type { AuditStore } from "./audit-store";
import { readWitness, witnessOf, writeWitness } from "./audit-witness";
import type { Clock } from "./clock";

export interface AuditWriterOptions extends Omit<AuditOptions, "signal"> {
  /** File of the private key. @default - that of the environment; without one, the run of a workflow signs as what it is */
  readonly key?: string | undefined;
  readonly acceptClock: boolean;
}

export interface Act extends Said {
  /** Place of the entry whose act has ended. */
  readonly of?: number | undefined;
}

/**
 * Writes acts down in one trail. Who signs, whose entries are believed and where the trail is are read once, so that nothing that is done between
 * two acts changes them. Where the trail ends, and what its witness has seen, is looked up for each: others append too.
 */
export class AuditWriter {
  private constructor(
    private readonly fleet: Fleet,
    private readonly options: AuditWriterOptions,
    private readonly clock: Pick<Clock, "now" | "random">,
    private readonly signing: Signing,
    private readonly store: AuditStore,
  ) {}

  /** @throws Failure when nothing could be written: nobody signs, or nobody would believe it */
  static async open(
    fleet: Fleet,
    options: AuditWriterOptions,
    clock: Pick<Clock, "now" | "random">,
  ): Promise<AuditWriter> {
    const audit = declaredTrail(fleet);
    const signing = await auditSigning(audit, options);
    return new AuditWriter(fleet, options, clock, signing, auditStore(audit, options));
  }

  /**
   * Writes an act down, and brings the witness up to date.
   * @throws Failure when nothing was appended
   */
  async write({ of, ...said }: Act, signal: AbortSignal | undefined): Promise<VerifiedEntry> {
    const { fleet, store, clock, signing } = this;
    const { environment, acceptClock, witness: file } = this.options;
    const witness = file === undefined ? undefined : await readWitness(file);
    const pending = of === undefined ? undefined : (await trustedEntry(store, of, signing.trust, signal)).entry;
    const record = await recordOfAct(fleet, said, environment, pending);
    const appended = await append(record, { store, ...signing, witness, acceptClock, clock, signal });
    if (file !== undefined) writeWitness(file, witnessOf(appended.entry, appended.digest));
    return appended;
  }
}
