import type { Service } from "../../declaration/service";
import { checkOut } from "../ci/check-out";
import { setUpNode } from "../set-up-node";
import { TOOLS } from "../tool-versions";
import type { Workflow, WorkflowJob } from "../workflow";
import { wranglerPlaceholders } from "../wrangler-config";
import { applicationSecrets } from "./application-secrets";
import {
  afterRehearsal,
  COMMIT,
  checkOutScripts,
  deliveryTriggers,
  deployJobId,
  MIGRATION_NOTE,
  ONLY_RELEASE,
  SOURCE,
  TOOLS_DIRECTORY,
  tagJob,
  verifyJob,
} from "./commit-jobs";
import { DEPLOY_SCRIPT, type Releasable } from "./deploy-script";

export const RELEASE_WORKFLOW = "release-cloudflare.yml";

/** `release-cloudflare.yml`. Undefined without a release or without a Worker. */
export function releaseWorkflow(service: Service): Workflow<WorkflowJob> | undefined {
  const { edge, release } = service;
  if (edge === undefined || release === undefined) return undefined;
  const releasable: Releasable = { ...service, edge, release };
  const rehearsal = release.rehearsal;
  return {
    file: RELEASE_WORKFLOW,
    service: service.name,
    name: "Release to Cloudflare",
    triggers: deliveryTriggers(
      "rollback: at once, without migrations, to a commit that was released before",
      MIGRATION_NOTE,
    ),
    // One at a time, and never stopped half-way: a release that is under way ends by itself, well or rolled back.
    concurrency: { group: "release-cloudflare", cancelInProgress: false },
    jobs: {
      verify: verifyJob(),
      ...(rehearsal === undefined
        ? {}
        : {
            [deployJobId(rehearsal)]: deployJob(releasable, rehearsal, {
              needs: ["verify"],
              if: ONLY_RELEASE,
            }),
          }),
      [deployJobId(release.stage)]: deployJob(releasable, release.stage, {
        needs: rehearsal === undefined ? ["verify"] : ["verify", deployJobId(rehearsal)],
        ...(rehearsal === undefined ? {} : { if: afterRehearsal(deployJobId(rehearsal)) }),
      }),
      tag: tagJob(deployJobId(release.stage), "version"),
    },
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
      checkOut({ ref: COMMIT.RELEASE_SHA, path: SOURCE }),
      checkOutScripts(),
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
