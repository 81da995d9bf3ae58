import type { AuditEntry } from "../../declaration/audit-entry";
import { tokenRequestOf } from "../../operations/identity-token";
import { signedByRun } from "../../operations/sigstore-signer";
import { minimalFleet } from "../declaration/fixture";
import { AuditWorld } from "./audit-world";
import { ISSUER, SigstoreStandIn, WORKFLOW } from "./sigstore-stand-in";

/** A directory with a trail whose entries the run of a workflow signs, by a Sigstore that is played. */
export class SigstoreWorld extends AuditWorld {
  sigstore!: SigstoreStandIn;
  trustedRoot: string | undefined;

  static async start(): Promise<SigstoreWorld> {
    const world = new SigstoreWorld();
    world.sigstore = await SigstoreStandIn.start(() => world.now);
    world.trustedRoot = world.sigstore.writeTrustedRoot(world.directory);
    world.declare({ deploy: { identity: WORKFLOW, issuer: ISSUER } });
    return world;
  }

  declare(signers: object): void {
    this.fleet = minimalFleet({ organization: { audit: { directory: "audit", signers } } });
  }

  override async close(): Promise<void> {
    await this.sigstore.close();
    await super.close();
  }

  override get signing() {
    return { key: undefined, environment: this.sigstore.environment };
  }

  protected override get runEnvironment() {
    return this.sigstore.environment;
  }

  protected override async signed(entry: AuditEntry): Promise<Buffer> {
    const request = tokenRequestOf(this.sigstore.environment);
    if (request === undefined) throw new Error("no run");
    return signedByRun(entry, request);
  }

  protected override get trusted() {
    return { trust: [], trustedRoot: this.trustedRoot };
  }
}
