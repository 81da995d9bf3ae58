import type { Service } from "../../declaration/service";
import { checkOut } from "../ci/check-out";
import { ciWorkflow } from "../ci/ci-workflow";
import { installPackages } from "../ci/locked-packages";
import { installPostgres } from "../postgres/install-postgres";
import { TOOLS } from "../tool-versions";
import { JOB_TOKEN, type Permissions, type Workflow, type WorkflowJob } from "../workflow";
import { triedMigrations } from "./gated-migrations";
import { DRY_RUN_WORKFLOW, DRY_RUNS_SCRIPT, MIGRATIONS_LOCK } from "./names";

const PERMISSIONS: Permissions = {
  contents: "read",
  statuses: { access: "write", because: "to set the check" },
};

/**
 * `migrations-dry-run.yml`: after each run of CI and every half hour, for an event can get lost, it looks at all open pull requests; only when some
 * bring migrations is there a job with the secret. By hand it is started with a commit. Undefined for a service without dry runs.
 */
export function dryRunWorkflow(
  service: Pick<Service, "name" | "main" | "ci" | "settings">,
): Workflow<WorkflowJob> | undefined {
  const tried = triedMigrations(service);
  if (tried === undefined) return undefined;
  // The whole history with its tags: where a branch left main, and which releases there are.
  const steps = [checkOut({ "fetch-depth": 0 })];
  return {
    file: DRY_RUN_WORKFLOW,
    service: service.name,
    name: "Dry run of migrations",
    triggers: {
      workflowRun: {
        workflows: [ciWorkflow(service).name],
        because: "runs the code of main; of pull requests it reads SQL, as data, in a throwaway database",
      },
      schedule: ["11,41 * * * *"],
      workflowDispatch: {
        commit: {
          description: "The newest commit of a pull request, 40 digits: read it first, for its SQL is run",
          required: false,
          type: "string",
        },
      },
    },
    concurrency: { group: "migrations-dry-run", cancelInProgress: false },
    jobs: {
      look: {
        runsOn: TOOLS.runner,
        timeoutMinutes: 20,
        permissions: { ...PERMISSIONS, "pull-requests": { access: "read", because: "to list the open ones" } },
        outputs: { waiting: { expression: "steps.look.outputs.waiting" } },
        steps: [
          ...steps,
          {
            name: "Look which pull requests bring migrations",
            id: "look",
            env: { GH_TOKEN: JOB_TOKEN, COMMIT: { expression: "inputs.commit" } },
            run: `${DRY_RUNS_SCRIPT} --look | tee -a "$GITHUB_STEP_SUMMARY"`,
          },
        ],
      },
      "dry-run": {
        needs: ["look"],
        // Also when one of them could not be looked at: the others are not to blame.
        if: "!cancelled() && needs.look.outputs.waiting != ''",
        runsOn: TOOLS.runner,
        timeoutMinutes: 120,
        environment: { name: tried.dryRun.environment },
        permissions: PERMISSIONS,
        steps: [
          ...steps,
          ...installPackages("the parser", MIGRATIONS_LOCK),
          installPostgres(tried.job.postgres),
          {
            name: "Try the migrations on the clone",
            env: {
              GH_TOKEN: JOB_TOKEN,
              WAITING: { expression: "needs.look.outputs.waiting" },
              CLONE_URL: { secret: tried.dryRun.connection },
            },
            run: `${DRY_RUNS_SCRIPT} --try | tee -a "$GITHUB_STEP_SUMMARY"`,
          },
        ],
      },
    },
  };
}
