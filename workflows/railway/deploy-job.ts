import { ACTIONS } from "../actions";
import { checkOut } from "../ci/check-out";
import { COMMIT, checkOutScripts, ONLY_RELEASE, SOURCE, TOOLS_DIRECTORY } from "../release/commit-jobs";
import { setUpNode } from "../set-up-node";
import { TOOLS } from "../tool-versions";
import type { Variables, WorkflowJob } from "../workflow";
import { DEPLOY_SCRIPT } from "./deploy-script";
import type { Deployable } from "./deployable";
import { MIGRATE_SCRIPT } from "./migrate-script";
import { ROLLBACK_SCRIPT } from "./rollback-script";
import { SMOKE_SCRIPT, smokeKeys } from "./smoke-script";
import { WAIT_SCRIPT } from "./wait-script";

/** Where the scripts leave what is kept. */
export const EVIDENCE = "evidence";

/** A smoke test of some dozen requests, at 30 s each at worst, and of one minute of waiting for each that is limited. */
const SMOKE_MINUTES = 15;

/** Checkouts, packages, the start of the deployment, the upload. */
const AROUND_MINUTES = 20;

export function evidenceArtifact(stage: string): string {
  return `deployment-${stage}`;
}

/**
 * One job for all of a stage: a job of its own for the rollback would wait for a reviewer of the environment. A step that fails after the
 * deployment has begun is followed by the rollback; so is a run that is cancelled.
 */
export function deployJob(service: Deployable, stage: string, order: Pick<WorkflowJob, "needs" | "if">): WorkflowJob {
  const { railway } = service;
  const { migrations, smoke } = railway;
  const railwayEnv: Variables = { STAGE: stage, EVIDENCE, RAILWAY_TOKEN: { secret: railway.token } };
  const database: Variables = { DATABASE_URL: { secret: migrations.databaseUrl } };
  const keys = [...new Set([...smokeKeys(railway), smoke.webhook.secret])];
  const script = (path: string) => `${TOOLS_DIRECTORY}/${path}`;
  return {
    ...order,
    runsOn: TOOLS.runner,
    // Every step has its own limit, so that the rollback always has its time.
    timeoutMinutes: 2 * (railway.waitMinutes * 2) + migrations.withinMinutes + SMOKE_MINUTES + AROUND_MINUTES,
    environment: { name: stage, url: railway.urls[stage] ?? "" },
    permissions: { contents: "read" },
    outputs: {
      deployment: { expression: "steps.deploy.outputs.deployment" },
      previous: { expression: "steps.deploy.outputs.previous" },
    },
    steps: [
      checkOut({ ref: COMMIT.RELEASE_SHA, path: SOURCE, "fetch-depth": 0 }),
      checkOutScripts(),
      setUpNode(),
      { name: "Install the packages of the lock file", run: `cd ${SOURCE}\nnpm ci --no-audit --no-fund` },
      {
        name: "Deploy",
        id: "deploy",
        env: { ...railwayEnv, ...COMMIT, SOURCE },
        run: script(DEPLOY_SCRIPT),
        timeoutMinutes: 10,
      },
      {
        name: "Wait until it is live and well",
        env: {
          ...railwayEnv,
          RELEASE_SHA: COMMIT.RELEASE_SHA,
          DEPLOYMENT: { expression: "steps.deploy.outputs.deployment" },
        },
        run: script(WAIT_SCRIPT),
        timeoutMinutes: railway.waitMinutes * 2,
      },
      {
        name: "Migrate the database",
        if: ONLY_RELEASE,
        env: { EVIDENCE, SOURCE, ...database },
        run: script(MIGRATE_SCRIPT),
        timeoutMinutes: migrations.withinMinutes,
      },
      {
        name: "Smoke test",
        env: {
          STAGE: stage,
          EVIDENCE,
          SOURCE,
          ...COMMIT,
          ...database,
          ...Object.fromEntries(keys.map((key) => [key, { secret: key }])),
        },
        run: script(SMOKE_SCRIPT),
        timeoutMinutes: SMOKE_MINUTES,
      },
      {
        name: "Roll back",
        // A rollback that fails is not rolled back to what was worse; people decide.
        if: `(failure() || cancelled()) && steps.deploy.outputs.began == 'yes' && ${ONLY_RELEASE}`,
        env: {
          ...railwayEnv,
          PREVIOUS: { expression: "steps.deploy.outputs.previous" },
          PREVIOUS_COMMIT: { expression: "steps.deploy.outputs.previous-commit" },
        },
        run: script(ROLLBACK_SCRIPT),
        timeoutMinutes: railway.waitMinutes * 2,
      },
      {
        name: "Keep what came of it",
        if: "always()",
        uses: ACTIONS.uploadArtifact,
        with: {
          name: evidenceArtifact(stage),
          path: `${EVIDENCE}/`,
          "retention-days": railway.evidenceDays,
          "if-no-files-found": "ignore",
          overwrite: true,
        },
      },
    ],
  };
}
