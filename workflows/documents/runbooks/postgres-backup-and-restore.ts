import type { Postgres } from "../../../declaration/postgres";
import { POSTGRES_RUNBOOK, runbookPath } from "../../../declaration/runbook-paths";
import { DRILL_ARTIFACT, DUMP_ARTIFACT, DUMP_SCRIPT, POSTGRES_WORKFLOW, RESTORE_SCRIPT } from "../../postgres/names";
import type { RenderedFile } from "../../rendered-file";
import { code, markdownFile, shell, table } from "../markdown";
import { days, minutes } from "../periods";
import { escalation } from "./escalation";
import { RESTORE_CHECKLIST } from "./restore-runbooks";
import { type Block, type RunbookSource, repositoryOf } from "./runbook-source";

/** What is dumped, how it comes back, and the drill that proves it. Undefined without a Postgres database. */
export function postgresRunbook(source: RunbookSource): RenderedFile | undefined {
  const { service } = source;
  const { postgres } = service;
  if (postgres === undefined) return undefined;
  return markdownFile(runbookPath(POSTGRES_RUNBOOK), service.name, [
    "# Backup and restore of Postgres",
    "Dumps are encrypted for a key that the backup itself can't read back, and kept as artifacts of the workflow's runs. A restore goes into a throwaway cluster first, then into an empty database; one that has tables is never touched.",
    what(source, postgres),
    ...dump(source),
    ...restore(source, postgres),
    ...drill(source, postgres),
    "## It doesn't work",
    escalation(source),
  ]);
}

function what({ service }: RunbookSource, postgres: Postgres): Block {
  const { drill } = postgres;
  const tables = Object.entries(postgres.keyTables).map(([name, rows]) => `${code(name)} (at least ${rows})`);
  return table(
    ["What", "Value"],
    [
      ["Database", `stage ${code(postgres.stage)}, PostgreSQL ${postgres.version}, by ${code(postgres.url)}`],
      ["Dumped", `${code(postgres.schedule)} UTC, compressed, with the rows of every table at that moment`],
      ["Kept", `${days(postgres.keepDays)}, artifact ${code(DUMP_ARTIFACT)}`],
      ["Encrypted for", `the age recipient in ${code(postgres.recipient)}`],
      ["Opened with", `${code(drill.identity)}, held by ${code(service.settings[drill.identity]?.owner ?? "")}`],
      ["Key tables, and their fewest rows", tables.join(", ")],
    ],
  );
}

function dump(source: RunbookSource): readonly Block[] {
  const repository = repositoryOf(source);
  return [
    "## Dump now",
    "Before every risky migration:",
    shell(
      `gh workflow run ${POSTGRES_WORKFLOW} --repo ${repository} --ref main --field job=backup`,
      `gh run list --repo ${repository} --workflow ${POSTGRES_WORKFLOW} --limit 5`,
    ),
    `From a machine of your own, with the variables that \`${DUMP_SCRIPT} --help\` names: \`${DUMP_SCRIPT}\`. A failed dump is an incident of the same day.`,
  ];
}

function restore(source: RunbookSource, { drill }: Postgres): readonly Block[] {
  const { service } = source;
  return [
    "## Restore",
    [
      `1. **Stop writes** and say so in ${code(service.onCall.channel)}. Dump the damaged state ("Dump now"): it is the evidence, and the way back.`,
      "2. **Make an empty database** beside the damaged one, with the roles that the service needs.",
      `3. **Restore** (below) the dump from before the damage, by the id of its run (\`gh run list\`, as above) or as a file; \`latest\` would be the damaged state of step 1. It is restored into a throwaway cluster and compared first; then the name of the target must be typed.`,
      "4. **Read the report with a second person.** Are the tables and rows what you expect for that moment? What was written after the dump and is lost? Write both into the incident.",
      "5. **Switch the URL** of the service to the new database, start it, and run the smoke tests. The damaged database stays until the incident is closed.",
    ],
    shell(
      "read -rs RESTORE_DATABASE_URL && export RESTORE_DATABASE_URL # URL of the empty database; it is not shown",
      `GH_REPO=${repositoryOf(source)} ${RESTORE_SCRIPT} --into <name of the empty database> --dump <id of the run> --identity <file with the age identity>`,
    ),
    `The identity is ${code(drill.identity)}; ${code(service.settings[drill.identity]?.owner ?? "")} brings it, and sees that the file is deleted afterwards.`,
    `### ${RESTORE_CHECKLIST}`,
    [
      "- [ ] The newest applied migration is the one that the released code expects",
      "- [ ] The smoke tests pass, the health check answers 200, and errors are back where they were",
      "- [ ] Writes are on again; the time without them is in the incident",
      "- [ ] What was lost between dump and damage is listed, and its owners know",
      `- [ ] Every environment's URL leads to the new database, that of the backup too, and a fresh dump was taken`,
      "- [ ] The report is attached to the incident",
    ],
  ];
}

function drill(source: RunbookSource, { drill }: Postgres): readonly Block[] {
  const repository = repositoryOf(source);
  return [
    "## The drill",
    `A dump that was never restored is a hope. The drill runs by itself (${code(drill.schedule)} UTC, environment ${code(drill.environment)}), restores the newest dump into a throwaway cluster and compares tables, key tables, rows and migration with those of the moment of the dump. It fails when the newest dump is older than ${drill.newestWithinHours} hours, or when it takes longer than ${minutes(drill.withinMinutes)}. Its report (artifact ${code(DRILL_ARTIFACT)}) is kept for ${days(drill.reportDays)}. By hand:`,
    shell(
      `gh workflow run ${POSTGRES_WORKFLOW} --repo ${repository} --ref main --field job=drill`,
      `gh run list --repo ${repository} --workflow ${POSTGRES_WORKFLOW} --limit 5`,
    ),
    `When the key pair is renewed, ${code(drill.identity)} holds both identities, one a line, until the last dump for the old one is gone.`,
    "A failed drill is treated like a failed dump: an incident, the same day.",
  ];
}
