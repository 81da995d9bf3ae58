import type { Service } from "../../declaration/service";
import { checkOut } from "../ci/check-out";
import { setUpNode } from "../set-up-node";
import { TOOLS } from "../tool-versions";
import { JOB_TOKEN, type Variables, type Workflow, type WorkflowJob, type WorkflowStep } from "../workflow";
import { wranglerPlaceholders } from "../wrangler-config";
import { applicationSecrets } from "./application-secrets";
import { CHECK_COMMIT_SCRIPT } from "./check-commit-script";
import { DEPLOY_SCRIPT, type Releasable } from "./deploy-script";
import { TAG_SCRIPT } from "./tag-script";

/** Working copies: the commit that is released, and the scripts of `main`, which a rollback to an old commit runs too. */
const SOURCE = "source";
const TOOLS_DIRECTORY = "tools";

const COMMIT: Variables = {
  RELEASE_SHA: { expression: "needs.verify.outputs.sha" },
  MODE: { expression: "needs.verify.outputs.mode" },
};

/** `release-cloudflare.yml`. Undefined without a release or without a Worker. */
export function releaseWorkflow(service: Service): Workflow | undefined {
  const { edge, release } = service;
  if (edge === undefined || release === undefined) return undefined;
  const releasable: Releasable = { ...service, edge, release };
  const rehearsal = release.rehearsal;
  return {
    file: "release-cloudflare.yml",
    service: service.name,
    name: "Release to Cloudflare",
    triggers: {
      push: { branches: ["main"] },
      workflowDispatch: {
        sha: { description: "Commit on main, all 40 digits", required: true, type: "string" },
        mode: {
          description: "rollback: at once, without migrations, to a commit that was released before",
          required: true,
          type: "choice",
          options: ["release", "rollback"],
          default: "release",
        },
        "migration-note": { description: "For the release notes", required: false, type: "string" },
      },
    },
    // One at a time, and never stopped half-way: a release that is under way ends by itself, well or rolled back.
    concurrency: { group: "release-cloudflare", cancelInProgress: false },
    jobs: {
      verify: verifyJob(),
      ...(rehearsal === undefined
        ? {}
        : {
            [deployJobId(rehearsal)]: deployJob(releasable, rehearsal, {
              needs: ["verify"],
              if: "needs.verify.outputs.mode == 'release'",
            }),
          }),
      [deployJobId(release.stage)]: deployJob(releasable, release.stage, {
        needs: rehearsal === undefined ? ["verify"] : ["verify", deployJobId(rehearsal)],
        // A rollback is not rehearsed; what else keeps the rehearsal from having succeeded stops the release.
        ...(rehearsal === undefined
          ? {}
          : {
              if:
                "!cancelled() && needs.verify.result == 'success' && " +
                `(needs.${deployJobId(rehearsal)}.result == 'success' || ` +
                `(needs.${deployJobId(rehearsal)}.result == 'skipped' && needs.verify.outputs.mode == 'rollback'))`,
            }),
      }),
      tag: tagJob(deployJobId(release.stage)),
    },
  };
}

/** A job id has no slash, and no stage's job is called as another job of the workflow. */
function deployJobId(stage: string): string {
  return `deploy-${stage.replaceAll("/", "-")}`;
}

function verifyJob(): WorkflowJob {
  return {
    runsOn: TOOLS.runner,
    timeoutMinutes: 10,
    permissions: { contents: "read" },
    outputs: {
      sha: { expression: "steps.check.outputs.sha" },
      mode: { expression: "steps.check.outputs.mode" },
    },
    steps: [
      checkOut({ "fetch-depth": 0 }),
      {
        name: "Check the commit",
        id: "check",
        env: {
          RELEASE_SHA: { expression: "inputs.sha || github.sha" },
          MODE: { expression: "inputs.mode || 'release'" },
        },
        run: CHECK_COMMIT_SCRIPT,
      },
    ],
  };
}

function deployJob(service: Releasable, stage: string, order: Pick<WorkflowJob, "needs" | "if">): WorkflowJob {
  const { release } = service;
  const ids = wranglerPlaceholders(service, stage).map((key) => [key, { variable: key }] as const);
  const secrets = applicationSecrets(service, stage).map(({ key }) => [key, { secret: key }] as const);
  return {
    ...order,
    runsOn: TOOLS.runner,
    // Every step is watched, and may fail as often as it is tried; the rest is for packages, migrations and uploads.
    timeoutMinutes: Math.min(
      360,
      20 + Math.ceil((release.steps.length * (release.observeSeconds + 15 * release.smokeAttempts)) / 60),
    ),
    environment: { name: stage },
    permissions: { contents: "read" },
    outputs: {
      version: { expression: "steps.deploy.outputs.version" },
      previous: { expression: "steps.deploy.outputs.previous" },
    },
    steps: [
      checkOut({ ref: COMMIT.RELEASE_SHA ?? "", path: SOURCE }),
      releaseTools(),
      setUpNode(),
      { name: "Install the packages of the lock file", run: `cd ${SOURCE}\nnpm ci --no-audit --no-fund` },
      {
        name: "Deploy",
        id: "deploy",
        env: {
          STAGE: stage,
          SOURCE,
          ...COMMIT,
          CLOUDFLARE_API_TOKEN: { secret: release.token },
          CLOUDFLARE_ACCOUNT_ID: { variable: release.accountId },
          HEALTHCHECK_URL: { variable: release.healthcheckUrl },
          ...Object.fromEntries([...ids, ...secrets]),
        },
        run: `${TOOLS_DIRECTORY}/${DEPLOY_SCRIPT}`,
      },
    ],
  };
}

function releaseTools(): WorkflowStep {
  const step = checkOut({ path: TOOLS_DIRECTORY, "sparse-checkout": "scripts" });
  return { ...step, name: "Check out the release scripts of main" };
}

function tagJob(deployment: string): WorkflowJob {
  return {
    needs: ["verify", deployment],
    if: `!cancelled() && needs.${deployment}.result == 'success'`,
    runsOn: TOOLS.runner,
    timeoutMinutes: 10,
    permissions: { contents: { access: "write", because: "to make the tag and the release" } },
    steps: [
      checkOut({ "fetch-depth": 0 }),
      {
        name: "Tag and write the notes",
        env: {
          ...COMMIT,
          VERSION_ID: { expression: `needs.${deployment}.outputs.version` },
          PREVIOUS_VERSION_ID: { expression: `needs.${deployment}.outputs.previous` },
          MIGRATION_NOTE: { expression: "inputs.migration-note" },
          RUN_URL: [
            { expression: "github.server_url" },
            "/",
            { expression: "github.repository" },
            "/actions/runs/",
            { expression: "github.run_id" },
          ],
          GH_TOKEN: JOB_TOKEN,
          GH_REPO: { expression: "github.repository" },
        },
        run: TAG_SCRIPT,
      },
    ],
  };
}
