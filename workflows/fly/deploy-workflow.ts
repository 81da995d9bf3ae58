import { type Fly, flyUrl } from "../../declaration/fly";
import type { Service } from "../../declaration/service";
import { ACTIONS } from "../actions";
import { checkOut } from "../ci/check-out";
import {
  afterRehearsal,
  COMMIT,
  checkOutScripts,
  deliveryTriggers,
  deployJobId,
  ONLY_RELEASE,
  SOURCE,
  TOOLS_DIRECTORY,
  verifyJob,
} from "../release/commit-jobs";
import { TOOLS } from "../tool-versions";
import type { Variables, Workflow, WorkflowJob, WorkflowStep } from "../workflow";
import { DEPLOY_SCRIPT } from "./deploy-script";
import { isOnFly, type OnFly } from "./deployable";
import { ROLLBACK_SCRIPT } from "./rollback-script";

export const DEPLOY_WORKFLOW = "deploy.yml";

/** Where the scripts leave what is kept. */
const EVIDENCE = "evidence";

/** `deploy.yml`. Undefined for a service that isn't deployed to Fly. */
export function flyDeployWorkflow(service: Service): Workflow<WorkflowJob> | undefined {
  if (!isOnFly(service)) return undefined;
  const { rehearsal, stage } = service.fly;
  return {
    file: DEPLOY_WORKFLOW,
    service: service.name,
    name: "Deploy to Fly.io",
    triggers: deliveryTriggers("rollback: at once, without rehearsal, to the commit of a version"),
    // One at a time, and never stopped half-way: a deployment that is under way ends by itself, well or rolled back.
    concurrency: { group: "deploy-fly", cancelInProgress: false },
    jobs: {
      verify: verifyJob(),
      ...(rehearsal === undefined
        ? {}
        : { [deployJobId(rehearsal)]: deployJob(service, rehearsal, { needs: ["verify"], if: ONLY_RELEASE }) }),
      [deployJobId(stage)]: deployJob(
        service,
        stage,
        rehearsal === undefined
          ? { needs: ["verify"] }
          : { needs: ["verify", deployJobId(rehearsal)], if: afterRehearsal(deployJobId(rehearsal)) },
      ),
    },
  };
}

/** The command line of Fly, at a version. */
export function setUpFlyctl(): WorkflowStep {
  return { name: "Set up flyctl", uses: ACTIONS.setupFlyctl, with: { version: TOOLS.flyctl } };
}

/** The secrets of the process, as the scripts read them. */
export function processSecrets({ secrets }: Fly): Variables {
  return Object.fromEntries(secrets.map((key) => [key, { secret: key }]));
}

/**
 * One job for all of a stage: a job of its own for the rollback would wait for a reviewer of the environment. A step that fails after the
 * deployment has begun is followed by the rollback; so is a run that is cancelled.
 */
function deployJob(service: OnFly, stage: string, order: Pick<WorkflowJob, "needs" | "if">): WorkflowJob {
  const { fly } = service;
  const entry = fly.stages[stage];
  const { automaticRollback, waitMinutes } = fly.deploy;
  // Machines are replaced one after the other at worst, each within its time; building the image and the rollback have theirs.
  const deploying = Math.min(150, 20 + waitMinutes * (entry?.machines ?? 1));
  const login: Variables = { STAGE: stage, EVIDENCE, FLY_API_TOKEN: { secret: fly.token } };
  const script = (path: string) => `${TOOLS_DIRECTORY}/${path}`;
  return {
    ...order,
    runsOn: TOOLS.runner,
    timeoutMinutes: 2 * deploying + 10,
    environment: { name: stage, url: flyUrl(fly, stage) ?? "" },
    permissions: { contents: "read" },
    steps: [
      checkOut({ ref: COMMIT.RELEASE_SHA, path: SOURCE, "fetch-depth": 0 }),
      checkOutScripts(),
      setUpFlyctl(),
      {
        name: "Deploy",
        id: "deploy",
        env: { ...login, ...COMMIT, SOURCE, ...processSecrets(fly) },
        run: script(DEPLOY_SCRIPT),
        timeoutMinutes: deploying,
      },
      ...(automaticRollback
        ? [
            {
              name: "Roll back",
              // A rollback that fails is not rolled back to what was worse, and where nothing ran before there is nothing to go back to.
              if: `(failure() || cancelled()) && steps.deploy.outputs.previous != '' && ${ONLY_RELEASE}`,
              env: {
                ...login,
                SOURCE,
                PREVIOUS: { expression: "steps.deploy.outputs.previous" },
                APP: entry?.app ?? "",
              },
              run: `${script(ROLLBACK_SCRIPT)} --stage "$STAGE" --image "$PREVIOUS" --confirm "$APP"`,
              timeoutMinutes: deploying,
            },
          ]
        : []),
      {
        name: "Keep what came of it",
        if: "always()",
        uses: ACTIONS.uploadArtifact,
        with: {
          name: `deployment-${stage}`,
          path: `${EVIDENCE}/`,
          "retention-days": fly.evidenceDays,
          "if-no-files-found": "ignore",
          overwrite: true,
        },
      },
    ],
  };
}
