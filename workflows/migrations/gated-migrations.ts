import type { Job } from "../../declaration/ci";
import type { Service } from "../../declaration/service";

export type MigrationsJob = Extract<Job, { readonly kind: "migrations" }>;

/** A service with the job that gates its migrations; there is at most one. */
export interface GatedMigrations {
  readonly name: string;
  readonly job: MigrationsJob;
}

/** Undefined for a service without such a job. */
export function gatedMigrations({ name, ci }: Pick<Service, "name" | "ci">): GatedMigrations | undefined {
  const job = Object.values(ci.jobs).find((candidate) => candidate.kind === "migrations");
  return job === undefined ? undefined : { name, job };
}
