import type { Job } from "../../declaration/ci";
import type { DryRun } from "../../declaration/dry-run";
import type { Service } from "../../declaration/service";

export type MigrationsJob = Extract<Job, { readonly kind: "migrations" }>;

/** A service with the job that gates its migrations; there is at most one. */
export interface GatedMigrations {
  /** Name of the service. */
  readonly name: string;
  /** Id of the job. */
  readonly id: string;
  readonly job: MigrationsJob;
}

/** Undefined for a service without such a job. */
export function gatedMigrations({ name, ci }: Pick<Service, "name" | "ci">): GatedMigrations | undefined {
  for (const [id, job] of Object.entries(ci.jobs)) if (job.kind === "migrations") return { name, id, job };
  return undefined;
}

/** A service whose migrations are tried on a clone too. */
export interface TriedMigrations extends GatedMigrations {
  readonly dryRun: DryRun;
}

/** Undefined for a service without such a run. */
export function triedMigrations(service: Pick<Service, "name" | "ci">): TriedMigrations | undefined {
  const gated = gatedMigrations(service);
  if (gated?.job.dryRun === undefined) return undefined;
  return { ...gated, dryRun: gated.job.dryRun };
}
