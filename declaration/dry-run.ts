import { z } from "zod";
import { entryKey, matching, settingKey, yesOrNo } from "./values";

const identifier = (what: string, example: string) =>
  matching(
    /^[a-z_][a-z0-9_]{0,62}$/,
    `${what}, such as ${example}: a–z, 0–9 and _`,
    "write it as it is without quotes",
  );

/**
 * New migrations are run there, back and there again in a copy of a database like production's. A pull request's own jobs have no secret: the
 * code of `main` does it, and takes the SQL as data.
 */
export const DryRun = z.strictObject({
  /** Unattended environment that has the secret. */
  environment: entryKey,
  /** Secret: URL of the clone, a template database; its role makes databases, owns what is in the clone, and may do nothing else. */
  connection: settingKey,
  /** Where the clone says which migrations it has: the highest number counts, and those of `main` above it are run first. */
  applied: z.strictObject({
    schema: identifier("the schema of that table", '"public"'),
    table: identifier("the table that the service's migrations are recorded in", '"schema_migrations"'),
    column: identifier("its column with the number", '"version"'),
  }),
  /**
   * Whether `main` requires the check where it requires the job's. First false: the workflow that reports it runs once it lies on `main`, and
   * would leave the pull request that brings it waiting for ever.
   */
  blocking: yesOrNo("whether main requires the check"),
});
export type DryRun = z.infer<typeof DryRun>;

/** The check of a dry run: a commit status, for what a pull request starts has no secret. */
export const MIGRATIONS_DRY_RUN = "migrations-dry-run";
