import type { TerraformStack } from "cdktf";
import { CronSchedule } from "../constructs/cloudflare/cron-schedule";
import { EdgeDatabase } from "../constructs/cloudflare/edge-database";
import { EdgeWorker } from "../constructs/cloudflare/edge-worker";
import { KeyValueEntry } from "../constructs/cloudflare/key-value-entry";
import { KeyValueStore } from "../constructs/cloudflare/key-value-store";
import { PrivateBucket } from "../constructs/cloudflare/private-bucket";
import { WorkerDomain } from "../constructs/cloudflare/worker-domain";
import { WorkerRoute } from "../constructs/cloudflare/worker-route";
import { retentionTiers } from "../declaration/backup-retention";
import type { Edge } from "../declaration/edge";
import { FLAGS_FILE } from "../declaration/flag-document";
import type { Organization } from "../declaration/organization";

export interface EdgeStageProps {
  readonly edge: Edge;
  readonly stage: string;
  /** The document with the stage's feature flags, and the key of the namespace it is written to. @default - none */
  readonly flags?: { readonly kv: string; readonly document: string } | undefined;
  readonly cloudflare: NonNullable<Organization["cloudflare"]>;
}

/** What a service has at the edge in one stage: Worker, address, schedules, databases, namespaces, buckets. */
export class EdgeStage {
  /** Ids by `d1.<key>` and `kv.<key>`, known once the things exist. */
  readonly ids: Readonly<Record<string, string>>;

  constructor(
    private readonly stack: TerraformStack,
    private readonly props: EdgeStageProps,
  ) {
    this.worker();
    this.ids = { ...this.databases(), ...this.namespaces() };
    this.buckets();
    this.flags();
  }

  private worker(): void {
    const { edge, stage, cloudflare } = this.props;
    const { accountId } = cloudflare;
    const name = edge.workers[stage];
    if (name === undefined) return;
    const { workerName: worker } = new EdgeWorker(this.stack, "worker", {
      accountId,
      name,
      observability: edge.worker.observability,
      workersDev: false,
    });
    const address = edge.addresses[stage];
    const zoneId = address === undefined ? undefined : cloudflare.zones[address.zone];
    if (address !== undefined && zoneId !== undefined) {
      if ("hostname" in address)
        new WorkerDomain(this.stack, "domain", { accountId, zoneId, hostname: address.hostname, worker });
      else new WorkerRoute(this.stack, "route", { zoneId, pattern: address.route, worker });
    }
    const schedules = edge.crons?.[stage];
    if (schedules !== undefined) new CronSchedule(this.stack, "crons", { accountId, worker, schedules });
  }

  private databases(): Record<string, string> {
    const { edge, stage, cloudflare } = this.props;
    const ids: Record<string, string> = {};
    for (const [key, database] of Object.entries(edge.d1 ?? {})) {
      const name = database.names[stage];
      if (name === undefined) continue;
      ids[`d1.${key}`] = new EdgeDatabase(this.stack, `d1-${key}`, {
        accountId: cloudflare.accountId,
        name,
        readReplication: database.readReplication,
        locationHint: database.locationHint,
      }).databaseId;
      if (database.backup?.stage === stage) {
        new PrivateBucket(this.stack, `backups-${key}`, {
          accountId: cloudflare.accountId,
          name: database.backup.bucket,
          retentions: retentionTiers(database.backup.keep),
        });
      }
    }
    return ids;
  }

  private namespaces(): Record<string, string> {
    const { edge, stage, cloudflare } = this.props;
    const ids: Record<string, string> = {};
    for (const [key, { names }] of Object.entries(edge.kv ?? {})) {
      const name = names[stage];
      if (name !== undefined)
        ids[`kv.${key}`] = new KeyValueStore(this.stack, `kv-${key}`, {
          accountId: cloudflare.accountId,
          name,
        }).namespaceId;
    }
    return ids;
  }

  private buckets(): void {
    const { edge, stage, cloudflare } = this.props;
    for (const [key, { names }] of Object.entries(edge.buckets ?? {})) {
      const name = names[stage];
      if (name !== undefined) new PrivateBucket(this.stack, `bucket-${key}`, { accountId: cloudflare.accountId, name });
    }
  }

  private flags(): void {
    const { flags, cloudflare } = this.props;
    const namespaceId = flags && this.ids[`kv.${flags.kv}`];
    if (flags === undefined || namespaceId === undefined) return;
    new KeyValueEntry(this.stack, "flags", {
      accountId: cloudflare.accountId,
      namespaceId,
      key: FLAGS_FILE,
      value: flags.document,
    });
  }
}
