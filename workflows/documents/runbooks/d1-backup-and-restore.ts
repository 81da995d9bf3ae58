import { retentionTiers } from "../../../declaration/backup-retention";
import type { Backup, Database } from "../../../declaration/edge";
import { BACKUP_WORKFLOW } from "../../backup/backup-workflow";
import { DRILL_WORKFLOW } from "../../backup/drill-workflow";
import { RESTORE_SCRIPT } from "../../backup/restore-script";
import type { RenderedFile } from "../../rendered-file";
import { code, markdownFile, prose, shell, table } from "../markdown";
import { days, minutes } from "../periods";
import { RESTORE_CHECKLIST } from "./restore-runbooks";
import { type Block, type RunbookSource, repositoryOf } from "./runbook-source";

interface BackedUp {
  readonly key: string;
  readonly database: Database;
  readonly backup: Backup;
}

/** What is backed up, how it comes back (into a clone first), and the drill that proves it. */
export function d1BackupRunbook(source: RunbookSource): RenderedFile {
  const { service } = source;
  const databases = Object.entries(service.edge?.d1 ?? {}).flatMap(([key, database]) =>
    database.backup === undefined ? [] : [{ key, database, backup: database.backup }],
  );
  return markdownFile("docs/runbooks/d1-backup-and-restore.md", service.name, [
    "# Backup and restore of D1",
    "Backups are encrypted for a key that the backup itself can't read back, and lie in a private bucket whose own rules keep and lock them: no script deletes a backup, and nobody can before its time.",
    ...databases.flatMap((entry) => [...what(source, entry), ...backUp(source, entry), ...restore(source, entry)]),
    ...databases.flatMap((entry) => drill(source, entry)),
  ]);
}

function name({ database, backup }: BackedUp): string {
  return database.names[backup.stage] ?? backup.stage;
}

function what({ service }: RunbookSource, entry: BackedUp): readonly Block[] {
  const { backup } = entry;
  const tiers = retentionTiers(backup.keep);
  return [
    `## ${prose(name(entry))}`,
    table(
      ["What", "Where, how long"],
      [
        ["Database", `${code(name(entry))} (stage ${code(backup.stage)})`],
        ["Bucket", code(backup.bucket)],
        ["When", `${code(backup.schedule)} UTC`],
        ...tiers.map((tier) => [
          `${tier.tier} (${backup.keep[tier.tier]})`,
          `${code(`${tier.prefix}${name(entry)}/`)}, ${days(tier.days)}`,
        ]),
        ["Encrypted for", `the age recipient in ${code(backup.recipient)}`],
        [
          "Opened with",
          `${code(backup.drill.identity)}, held by ${code(service.settings[backup.drill.identity]?.owner ?? "")}`,
        ],
        ["Compared after a restore", backup.criticalTables.map(code).join(", ")],
      ],
    ),
  ];
}

function backUp(source: RunbookSource, { backup }: BackedUp): readonly Block[] {
  const repository = repositoryOf(source);
  return [
    "### Back up now",
    "One command; do it before every risky migration:",
    shell(
      `gh workflow run ${BACKUP_WORKFLOW} --repo ${repository} --ref main`,
      `gh run watch --repo ${repository} "$(gh run list --repo ${repository} --workflow ${BACKUP_WORKFLOW} --limit 1 --json databaseId --jq '.[0].databaseId')" --exit-status`,
    ),
    `A failed or missing backup is an incident: the newest object in ${code(backup.bucket)} must never be older than a day.`,
  ];
}

function restore({ service, organization }: RunbookSource, entry: BackedUp): readonly Block[] {
  const { backup } = entry;
  const database = name(entry);
  return [
    "### Restore",
    "For damage of the last 30 days that is noticed soon, D1's own Time Travel is faster and loses less; look there first, and note the bookmark it prints, it is the way back:",
    shell(
      `npx wrangler d1 time-travel info ${database} --timestamp "<UTC time before the damage, e.g. 2026-11-21T09:30:00Z>"`,
      `npx wrangler d1 time-travel restore ${database} --timestamp "<the same>"`,
    ),
    "From a backup, always in this order. Nothing touches production before the clone is proven good:",
    [
      `1. **Stop writes** and say so in ${code(service.onCall.channel)}. Take a backup of the damaged state ("Back up now"): it is the evidence, and the way back.`,
      `2. **Choose the backup** from before the damage. Its key is the path of the object in ${code(backup.bucket)} that ends in \`.age\` (Cloudflare dashboard → R2), such as ${code(`daily/${database}/<UTC time>.sql.gz.age`)}. Without \`--backup\` the newest daily one is taken: after step 1 that is the damaged state.`,
      `3. **Restore into a clone and check it** (first command below). It opens the backup, loads it into a new database beside the real one, compares the row counts of ${backup.criticalTables.map(code).join(", ")} and the migration version with those at the time of the backup, and runs \`npm run ${backup.smokeScript}\` over a copy of it. Its report, in \`restore-report/\`, says what it counted and how long it took.`,
      "4. **Read the report with a second person.** Are the counts what you expect for that moment? What was written after the backup and is lost? Write both into the incident.",
      `5. **Then production** (second command): it takes the proof that the clone was good, asks you to type the name of the database (${code(database)}), and prints the bookmark that undoes it.`,
      `6. **${RESTORE_CHECKLIST}** below, to the end.`,
    ],
    shell(
      `${RESTORE_SCRIPT} --into staging-clone --smoke --identity <file with the age identity> --backup <key>`,
      `${RESTORE_SCRIPT} --into production --identity <the same file> --backup <the same key>`,
    ),
    `Both need, in the environment (\`read -rs NAME && export NAME\` keeps values out of the shell's history; \`${RESTORE_SCRIPT} --help\` says more):`,
    table(
      ["Variable", "What"],
      [
        [
          "`CLOUDFLARE_API_TOKEN`",
          `the token that the environments know as ${code(backup.token)}, or one of your own with the same permissions`,
        ],
        ["`CLOUDFLARE_ACCOUNT_ID`", code(organization.cloudflare?.accountId ?? "")],
        [
          "`BACKUP_R2_ACCESS_KEY_ID`, `BACKUP_R2_SECRET_ACCESS_KEY`",
          `an R2 token that may read the objects of ${code(backup.bucket)}`,
        ],
      ],
    ),
    `The age identity is ${code(backup.drill.identity)}; ${code(service.settings[backup.drill.identity]?.owner ?? "")} brings it, and sees that the file is deleted afterwards.`,
    `#### ${RESTORE_CHECKLIST}`,
    [
      `- [ ] Row counts of ${backup.criticalTables.map(code).join(", ")} in production equal those of the clone`,
      "- [ ] The newest applied migration is the one that the released code expects",
      `- [ ] \`npm run ${backup.smokeScript}\` passes against production`,
      "- [ ] The health check answers 200, and errors are back where they were",
      "- [ ] Writes are on again; the time without them is in the incident",
      "- [ ] What was lost between backup and damage is listed, and its owners know",
      "- [ ] A fresh backup was taken and is in the bucket",
      "- [ ] The report is attached to the incident",
    ],
  ];
}

function drill(source: RunbookSource, { backup }: BackedUp): readonly Block[] {
  const repository = repositoryOf(source);
  return [
    "## The drill",
    `A backup that was never restored is a hope. The drill runs by itself (${code(backup.drill.schedule)} UTC, environment ${code(backup.drill.environment)}), restores the newest backup into a clone that is thrown away, and fails when that takes longer than ${minutes(backup.drill.withinMinutes)}. Its report is kept for ${days(backup.drill.reportDays)}. By hand:`,
    shell(
      `gh workflow run ${DRILL_WORKFLOW} --repo ${repository} --ref main`,
      `gh run list --repo ${repository} --workflow ${DRILL_WORKFLOW} --limit 4`,
    ),
    "A failed drill is treated like a failed backup: an incident, the same day.",
  ];
}
