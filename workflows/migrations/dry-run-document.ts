import { MIGRATIONS_DRY_RUN } from "../../declaration/dry-run";
import { code, markdownFile, shell, table } from "../documents/markdown";
import type { RenderedFile } from "../rendered-file";
import type { TriedMigrations } from "./gated-migrations";
import { DRY_RUN_SCRIPT, DRY_RUN_WORKFLOW, MIGRATIONS_SCRIPT } from "./names";

/** What the check says, how a fork's pull request gets it, and how the clone is made: for authors, reviewers and whoever answers for data. */
export function dryRunDocument({ name, job, dryRun }: TriedMigrations): RenderedFile {
  const { applied, connection, environment } = dryRun;
  const recorded = code(`${applied.schema}.${applied.table}`);
  return markdownFile("docs/migrations-dry-run.md", name, [
    "# Dry runs of migrations",
    `What a pull request adds to ${code(`${job.directory}/`)} is run on a copy of a database like production's: there, back, and there again. The check ${code(MIGRATIONS_DRY_RUN)} says how that ended${dryRun.blocking ? ", and `main` requires it" : "; `main` does not require it yet"}. ${code(MIGRATIONS_SCRIPT)} does the same on an empty database, which knows no rows that a new constraint could fail on.`,
    table(
      ["What the check says", "What to do"],
      [
        ["success: it touches no migration", "Nothing: every pull request has the check."],
        ["pending: waits for its dry run", "Wait: it is tried within half an hour."],
        ["pending: from a fork", "Somebody reads the SQL and starts the run, as below."],
        [
          "failure: `…up.sql` fails",
          "The run names line and [code](https://www.postgresql.org/docs/current/errcodes-appendix.html): 23502 is an empty value where none may be, 23505 a value that is there twice, 55P03 a lock that was not to be had, 57014 the time limit. More is not said: it could be somebody's data.",
        ],
        [
          "error: the clone could not be used",
          "Whoever answers for the clone looks at the run. It is tried again every half hour.",
        ],
      ],
    ),
    "## Again, or for a fork",
    "SQL from a fork is run once somebody who may start workflows has read it. The commit is named, so that nothing that is pushed meanwhile is run:",
    shell(`gh workflow run ${DRY_RUN_WORKFLOW} -f commit=<the 40 digits of the newest commit>`),
    "## The clone",
    `${code(connection)} in the environment ${code(environment)} is its URL: \`postgresql://<role>:<password>@<host>/<clone>\`. Before each run the role is looked at, and refused when it could do more than lose a throwaway database.`,
    [
      `- The server is PostgreSQL ${job.postgres}, as production's, and has nothing else on it: what runs there can fill its disk and keep it busy for minutes.`,
      `- The clone has production's schema and rows like production's, without people's own data, and ${recorded} with what was run there. Migrations of \`main\` above the highest ${code(applied.column)} are run first.`,
      "- The role owns what is in the clone, and no database; it may make databases, and is in no other role. It can't be kept from changing its own password.",
      "- The clone belongs to another role and is a template, and nobody is connected to it while it is copied. It is filled under another name, then renamed.",
    ],
    shell(
      "psql -d postgres -c 'CREATE ROLE dryrun LOGIN CREATEDB PASSWORD …' -c 'CREATE DATABASE clone_next'",
      "psql -d clone_next -c 'GRANT CREATE ON SCHEMA public TO dryrun'",
      "pg_restore --no-owner --role=dryrun -d clone_next masked.dump",
      "psql -d postgres -c 'ALTER DATABASE clone_next RENAME TO clone' -c 'ALTER DATABASE clone IS_TEMPLATE true'",
    ),
    `Copies are named ${code("gatehouse_dry_run_<time>_<number>")}; each is dropped when its run ends, and what an interrupted run left by a later one, after three hours. On a desk, with a clone of your own:`,
    shell(`CLONE_URL=postgresql://dryrun:…@localhost/clone ${DRY_RUN_SCRIPT} origin/main HEAD`),
  ]);
}
