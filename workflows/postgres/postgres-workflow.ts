import type { Service } from "../../declaration/service";
import { ACTIONS } from "../actions";
import { checkOut } from "../ci/check-out";
import { drillReport, drillTimeoutMinutes } from "../drill-report";
import { installAge } from "../install-age";
import { TOOLS } from "../tool-versions";
import { JOB_TOKEN, type Workflow, type WorkflowJob } from "../workflow";
import { type WithPostgres, withPostgres } from "./dumped-database";
import { installPostgres } from "./install-postgres";
import { DRILL_ARTIFACT, DUMP_ARTIFACT, DUMP_SCRIPT, POSTGRES_WORKFLOW, RESTORE_SCRIPT } from "./names";

/**
 * `backup.yml`: the dump of every day and the drill, each by its schedule or by hand. Undefined without a Postgres database.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule
 */
export function postgresWorkflow(service: Service): Workflow<WorkflowJob> | undefined {
  const entry = withPostgres(service);
  if (entry === undefined) return undefined;
  const { schedule, drill } = entry.postgres;
  return {
    file: POSTGRES_WORKFLOW,
    service: service.name,
    name: "Postgres backup",
    triggers: {
      schedule: [schedule, drill.schedule],
      workflowDispatch: {
        job: {
          description: "A dump now, or a drill with the newest dump",
          required: true,
          type: "choice",
          options: ["backup", "drill"],
          default: "backup",
        },
      },
    },
    // Two of a kind don't overlap; a drill and a dump may.
    concurrency: {
      group: ["postgres-", { expression: "inputs.job || github.event.schedule" }],
      cancelInProgress: false,
    },
    jobs: { backup: backupJob(entry), drill: drillJob(entry) },
  };
}

function asked(schedule: string, job: string): string {
  return `github.event.schedule == '${schedule}' || inputs.job == '${job}'`;
}

function backupJob({ postgres }: WithPostgres): WorkflowJob {
  return {
    if: asked(postgres.schedule, "backup"),
    runsOn: TOOLS.runner,
    timeoutMinutes: 120,
    environment: { name: postgres.environment },
    permissions: { contents: "read" },
    steps: [
      checkOut(),
      installAge(),
      installPostgres(postgres.version),
      {
        name: "Dump, check, encrypt",
        env: {
          DATABASE_URL: { secret: postgres.url },
          BACKUP_AGE_RECIPIENT: { variable: postgres.recipient },
        },
        run: `${DUMP_SCRIPT} --out ${DUMP_ARTIFACT} | tee -a "$GITHUB_STEP_SUMMARY"`,
      },
      {
        name: "Keep the encrypted dump",
        uses: ACTIONS.uploadArtifact,
        with: {
          name: DUMP_ARTIFACT,
          path: `${DUMP_ARTIFACT}/`,
          "retention-days": postgres.keepDays,
          "compression-level": 0,
          "if-no-files-found": "error",
        },
      },
    ],
  };
}

function drillJob({ postgres: { drill, version } }: WithPostgres): WorkflowJob {
  return {
    if: asked(drill.schedule, "drill"),
    runsOn: TOOLS.runner,
    timeoutMinutes: drillTimeoutMinutes(drill),
    environment: { name: drill.environment },
    permissions: {
      contents: "read",
      actions: { access: "read", because: "to find and fetch the newest dump" },
    },
    steps: [
      checkOut(),
      installAge(),
      installPostgres(version),
      {
        name: "Restore into a throwaway cluster and compare",
        env: {
          BACKUP_AGE_IDENTITY: { secret: drill.identity },
          GH_TOKEN: JOB_TOKEN,
          GH_REPO: { expression: "github.repository" },
        },
        run: `${RESTORE_SCRIPT} --drill --report ${DRILL_ARTIFACT}`,
      },
      ...drillReport(DRILL_ARTIFACT, drill.reportDays),
    ],
  };
}
