import { MIGRATIONS_DRY_RUN } from "../../../declaration/dry-run";
import { runbookPath } from "../../../declaration/runbook-paths";
import { isTrainable } from "../../cluster/train-service";
import { gatedMigrations, type MigrationsJob } from "../../migrations/gated-migrations";
import { MIGRATIONS_SCRIPT } from "../../migrations/names";
import type { RenderedFile } from "../../rendered-file";
import { time } from "../figures";
import { code, markdownFile, shell, table } from "../markdown";
import { responsibilityTable } from "../responsibility-table";
import { sentence } from "../sentence";
import { escalation } from "./escalation";
import { restoreRunbooks } from "./restore-runbooks";
import type { Block, RunbookSource } from "./runbook-source";

/** How a schema is changed while two versions run: expand, then contract. Undefined without a release train. */
export function migrationRunbook(source: RunbookSource): RenderedFile | undefined {
  const { service } = source;
  if (!isTrainable(service)) return undefined;
  const { train, stages } = service.cluster;
  const canary = stages[train.stage]?.canary;
  const together =
    canary === undefined
      ? "While pods are replaced, two versions run at once."
      : `During a canary two versions run at once, for at least ${time((canary.steps.length - 1) * canary.observeSeconds)}.`;
  return markdownFile(runbookPath("migration"), service.name, [
    `# Migrations of ${service.name}`,
    `${together} A rollback brings the version before back, with the schema of the newer one; a second rollback the one before that. So every schema must work with the code before it and the code after it, and a migration is never taken back by a rollback.`,
    `What each release says of its migrations: ${sentence(train.migrationNotes)}`,
    "## Expand, move, contract",
    "One change of the schema is several releases. Each goes to its end, 100 %, before the next is merged:",
    table(["Release", "Schema", "Code", "Back to the version before?"], PHASES),
    "The last one waits until neither the digest that is known to be good nor the one before it reads or writes the old shape: to both a rollback may go.",
    "## What is safe, and what is not",
    table(["Not this", "But this", "Why"], RULES),
    "## Before it is merged",
    [
      "- [ ] The migration and its way back are described, with the time that it took on a copy as large as production",
      "- [ ] It runs on an empty database, and on the schema of the last release",
      "- [ ] The tests of the last release pass with the new schema",
      "- [ ] A lock that it waits for has a limit, so that it fails instead of stopping everybody",
      "- [ ] Run twice, it does nothing the second time, or says so",
    ],
    ...gates(source),
    "## It goes wrong",
    table(["What you see", "What to do"], TROUBLES),
    ...restores(source),
    "## Who is asked",
    responsibilityTable(service),
    "## It doesn't end",
    escalation(source),
  ]);
}

const PHASES: readonly (readonly string[])[] = [
  ["1. Expand", "The new column or table, empty or with a default; nothing is removed.", "Unchanged.", "Yes."],
  ["2. Write both", "–", "Writes the old and the new shape, reads the old.", "Yes: the old shape is complete."],
  ["3. Move", "Old rows are copied, in batches, by a job that can be stopped and started.", "Unchanged.", "Yes."],
  ["4. Read the new", "–", "Writes both, reads the new.", "Yes: both shapes are complete."],
  [
    "5. Write the new only",
    "–",
    "Forgets the old shape.",
    "To release 4 only: older code reads the old shape, which is not complete any more.",
  ],
  ["6. Contract", "The old column or table goes.", "Unchanged.", "To release 5 only."],
];

/** For Postgres: https://www.postgresql.org/docs/current/sql-altertable.html and https://www.postgresql.org/docs/current/sql-createindex.html */
const RULES: readonly (readonly string[])[] = [
  ["Rename a column", "Add one, move, drop the old one", "The version before asks for the old name."],
  ["Drop what the last release reads", "Drop it two releases later", "A rollback would bring code that fails at once."],
  [
    "`NOT NULL` on a column that the last release doesn't write",
    "A default, or a check that is `NOT VALID` and validated later",
    "The version before writes rows without it.",
  ],
  ["`CREATE INDEX`", "`CREATE INDEX CONCURRENTLY`, outside a transaction", "The first stops all writes while it runs."],
  [
    "Change a column's type in place",
    "A new column, as above",
    "It rewrites the table under a lock that stops reads too.",
  ],
  [
    "One `UPDATE` of a large table",
    "Batches with a pause",
    "One transaction holds its locks, and its dead rows, to the end.",
  ],
  [
    "A statement that waits for a lock without limit",
    "`SET lock_timeout = '5s'` first",
    "All that come after it wait behind it.",
  ],
];

const TROUBLES: readonly (readonly string[])[] = [
  [
    "It fails before the deployment",
    "Nothing was deployed. Repair it forwards, in a new migration; never edit one that ran anywhere.",
  ],
  ["It succeeded, and the canary fails", "Roll back the code. The schema stays: the version before works with it."],
  [
    "It succeeded, and the version before doesn't work with it",
    "It was no expansion. A rollback would bring code that fails: bring a migration that gives the old shape back, and roll back after it.",
  ],
  [
    "It hangs",
    "Look for what it waits for (`pg_stat_activity`, `pg_blocking_pids`); end the migration, not the customers' sessions.",
  ],
  ["Data is wrong", "Stop writes first. Then the restore, if there is one, into a clone, never over production."],
];

function gates({ service }: RunbookSource): readonly Block[] {
  const jobs = Object.entries(service.ci.jobs).flatMap(([id, { gate }]) => (gate === "migration" ? [id] : []));
  if (jobs.length === 0) return [];
  return [
    `CI checks it in ${jobs.map(code).join(", ")}; a red one is repaired, not run again.`,
    ...gateRules(gatedMigrations(service)?.job),
  ];
}

/** What the gate asks for, and how its markers are written. */
function gateRules(job: MigrationsJob | undefined): readonly Block[] {
  if (job === undefined) return [];
  const { directory, up, down, plan, rollback, postgres } = job;
  const example = `0007_add_plans${up}`;
  return [
    "## What the gate asks for",
    [
      `- Two files in ${code(`${directory}/`)}, such as ${code(example)} and ${code(`0007_add_plans${down}`)}, with a number above all that are on \`main\`. A migration of \`main\` is never changed.`,
      `- In the same pull request, in ${code(plan)} what the migration does and how long it takes on a copy as large as production, and in ${code(rollback)} how it is taken back. Both name it.`,
      `- It runs in PostgreSQL ${postgres} after those of \`main\`, back, and again, and its way back brings the schema back. Each file is one transaction; \`CONCURRENTLY\` stands in a file of its own.`,
      ...(job.dryRun === undefined
        ? []
        : [
            `- It runs on a copy of a clone too, with rows like production's: [${MIGRATIONS_DRY_RUN}](../migrations-dry-run.md) says how that ended.`,
          ]),
      "- What the version before can't live with, and what stops others, is accepted by a line of these documents, which its reviewers read:",
    ],
    table(
      ["Line", "In", "When"],
      [
        [
          code("- contract: 0007_drop_old: <tag of a release>"),
          code(plan),
          "Something goes, or is renamed, or becomes stricter. The release is the one that stopped using it; `main` holds it.",
        ],
        [
          code("- reviewed: 0007_add_index: <why it can be afforded>"),
          code(plan),
          "A lock stops others, or the gate can't see what is run (`DO`, `CALL`). What a function does that a `SELECT` calls, it doesn't see either.",
        ],
        [
          code("- irreversible: 0007_add_kind: <why>"),
          code(rollback),
          "There is no way back, such as from a value of an enumeration. The file may be missing then.",
        ],
      ],
    ),
    "Before a push, with the packages of `.github/tools/migrations-requirements.txt` installed:",
    shell(`${MIGRATIONS_SCRIPT} origin/main`),
  ];
}

function restores({ service }: RunbookSource): readonly Block[] {
  const found = restoreRunbooks(service);
  return found === "" ? [] : [`How data comes back: ${found}.`];
}
