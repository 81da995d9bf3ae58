import { z } from "zod";
import { cron, entryKey, matching, settingKey, wanted, wholeNumber } from "./values";

/** A table's name, with its schema if that is not `public`. Any letters, since Postgres takes them; no quotes, so that it reads as one. */
const tableName = matching(
  /^(?=.{1,127}$)[\p{L}_][\p{L}\p{N}_]{0,62}(?:\.[\p{L}_][\p{L}\p{N}_]{0,62})?$/u,
  'the name of a table, such as "workspaces" or "billing.invoices"',
  "write it as it is in the database: letters, digits and _, 63 at most",
  "https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS",
);

const columnName = matching(
  /^[\p{L}_][\p{L}\p{N}_]{0,62}$/u,
  "the name of a column: letters, digits and _, 63 at most",
  "write it as it is in the database",
);

const ARTIFACTS =
  "https://docs.github.com/en/organizations/managing-organization-settings/configuring-the-retention-period-for-github-actions-artifacts-and-logs-in-your-organization";

const kept = (what: string) =>
  wholeNumber({
    what,
    from: 1,
    to: 400,
    remedy: "GitHub keeps artifacts of private repositories for at most 400 days, of public ones 90",
    source: ARTIFACTS,
  });

/** The drill of the restore: into a throwaway cluster on the runner, with a report. */
const Drill = z.strictObject({
  /** When, in UTC. Not the same as the backup's: from it the workflow tells which of the two a run is. */
  schedule: cron,
  /** The unattended environment it runs in. */
  environment: entryKey,
  /** Secret that holds the age identity which can decrypt dumps. */
  identity: settingKey,
  /** The newest dump must be at most so old when the drill runs, or the drill fails: dumps that stopped are noticed. Hours. */
  newestWithinHours: wholeNumber({
    what: "hours",
    from: 1,
    to: 2000,
    remedy: "write how much work may be lost: the time between two dumps, and some hours for a late one",
  }),
  /** Restoring and checking must be done within so many minutes, or the drill fails. */
  withinMinutes: wholeNumber({ what: "minutes", from: 1, to: 300, remedy: "write the recovery time you promise" }),
  /** Days the report is kept. */
  reportDays: kept("days"),
});

/** A Postgres database of one stage, reached by a URL: its encrypted dumps, and the drill that restores them. */
export const Postgres = z.strictObject({
  /** Stage whose database it is. */
  stage: entryKey,
  /**
   * Major version of the server. Dump and drill use programs of this version: pg_dump refuses a newer server, and a restore elsewhere proves
   * less. https://www.postgresql.org/docs/current/app-pgdump.html
   */
  version: wholeNumber({
    what: "major versions",
    from: 13,
    to: 18,
    remedy: "write what SHOW server_version begins with",
  }),
  /** Secret with the URL of the database. A role that may only read (`pg_read_all_data`) is enough. */
  url: settingKey,
  /** When it is dumped, in UTC. */
  schedule: cron,
  /** The unattended environment the dump runs in. */
  environment: entryKey,
  /** Days a dump is kept. */
  keepDays: kept("days"),
  /** Variable: public age recipient that dumps are encrypted for. */
  recipient: settingKey,
  /** Tables that must come back, each with the fewest rows that it may have. */
  keyTables: z
    .record(
      tableName,
      wholeNumber({
        what: "rows",
        from: 0,
        to: 1_000_000_000,
        remedy: "write 1 for a table that is never empty, else 0",
      }),
    )
    .refine((tables) => Object.keys(tables).length > 0, {
      error: wanted("at least one table", "name the tables that must never be lost, such as { workspaces: 1 }"),
    }),
  /**
   * Table in which migrations are written down, and its column with their names. @default - that of `railway.migrations`; without
   * either the migration version is not compared
   */
  migrations: z.strictObject({ table: tableName, column: columnName }).optional(),
  drill: Drill,
});
export type Postgres = z.infer<typeof Postgres>;
