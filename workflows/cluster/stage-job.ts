import { isJudged } from "../../declaration/judged";
import type { Organization } from "../../declaration/organization";
import { ACTIONS } from "../actions";
import { checkOut } from "../ci/check-out";
import { deployJobId, RUN_URL } from "../release/commit-jobs";
import { TOOLS } from "../tool-versions";
import type { Variables, WorkflowJob, WorkflowStep } from "../workflow";
import { CHECK_SCRIPT } from "./check-script";
import { DEPLOY_SCRIPT } from "./deploy-script";
import { GATE_SCRIPT } from "./gate-script";
import { ROLLBACK_SCRIPT } from "./rollback-script";
import { installTools } from "./tools";
import { GATE_MINUTES, ROLLBACK_MINUTES } from "./train-script";
import type { Trainable } from "./train-service";
import { VERIFY_SCRIPT } from "./verify-script";

/** Where the scripts leave what is kept. */
export const EVIDENCE = "evidence";

/** Checkouts, tools, verification, the upload. */
const AROUND_MINUTES = 15;

/** https://docs.github.com/en/actions/reference/limits */
const LONGEST_JOB_MINUTES = 360;

/** What the check has let through, as the scripts read it. */
export const CHECKED = {
  ACTION: { expression: "needs.check.outputs.action" },
  COMMIT: { expression: "needs.check.outputs.commit" },
  REASON: { expression: "needs.check.outputs.reason" },
} as const satisfies Variables;

/** Number of the pull request that the commit came by; empty for one that came by none. */
export const CHANGED = { CHANGE: { expression: "needs.check.outputs.change" } } as const satisfies Variables;

const VERDICT = {
  verdict: { expression: "steps.deploy.outputs.verdict" },
  changed: { expression: "steps.deploy.outputs.changed" },
  before: { expression: "steps.deploy.outputs.before" },
  "went-to": { expression: "steps.deploy.outputs.went-to" },
} as const;

export function registryLogin({ cluster }: Trainable): Variables {
  return {
    REGISTRY_USER: { secret: cluster.train.registryUser },
    REGISTRY_TOKEN: { secret: cluster.train.registryToken },
  };
}

/** What came of a job, whatever came of it; a second attempt does not take away what the first one left. */
export function keepEvidence({ cluster }: Trainable, of: string): WorkflowStep {
  return {
    name: "Keep what came of it",
    if: "always()",
    uses: ACTIONS.uploadArtifact,
    with: {
      name: [`train-${of}-`, { expression: "github.run_attempt" }],
      path: `${EVIDENCE}/`,
      "retention-days": cluster.train.evidenceDays,
      "if-no-files-found": "ignore",
    },
  };
}

/** A stage gets the digest: verified, behind its gate, watched to its end. What is dangerous stands in a step of its own, with no other secret. */
export function stageJob(
  service: Trainable,
  organization: Pick<Organization, "clusters">,
  stage: string,
  order: Pick<WorkflowJob, "needs" | "if">,
): WorkflowJob {
  const { train } = service.cluster;
  const digest = { DIGEST: { expression: "needs.build.outputs.digest" } };
  const kube: Variables = { STAGE: stage, EVIDENCE, KUBE_CREDENTIALS: { secret: train.kubeconfig } };
  return {
    ...order,
    ...atStage(service, stage, GATE_MINUTES + train.withinMinutes + ROLLBACK_MINUTES),
    steps: [
      ...beforeDeployment(),
      {
        name: "Verify the image",
        env: { COMMIT: CHECKED.COMMIT, ...digest, ...registryLogin(service) },
        run: VERIFY_SCRIPT,
      },
      ...(isJudged(service, organization, stage)
        ? [{ name: "Ask the gate", env: { ...digest, ...kube }, run: GATE_SCRIPT }]
        : []),
      {
        name: "Deploy and watch",
        id: "deploy",
        env: { ...CHECKED, ...CHANGED, ...digest, ...kube, RUN_URL },
        run: DEPLOY_SCRIPT,
      },
      keepEvidence(service, deployJobId(stage)),
    ],
  };
}

/** Production goes back. It waits for nothing but what the environment itself asks for. */
export function rollbackJob(service: Trainable): WorkflowJob {
  const { train } = service.cluster;
  return {
    needs: ["check"],
    if: "needs.check.outputs.action == 'rollback'",
    ...atStage(service, train.stage, ROLLBACK_MINUTES),
    steps: [
      ...beforeDeployment(),
      {
        name: "Roll back and watch",
        id: "deploy",
        env: {
          ...CHECKED,
          DIGEST: { expression: "needs.check.outputs.digest" },
          STAGE: train.stage,
          EVIDENCE,
          KUBE_CREDENTIALS: { secret: train.kubeconfig },
          ...registryLogin(service),
          RUN_URL,
        },
        run: ROLLBACK_SCRIPT,
      },
      keepEvidence(service, "rollback"),
    ],
  };
}

function atStage(
  { cluster }: Trainable,
  stage: string,
  minutes: number,
): Pick<WorkflowJob, "runsOn" | "timeoutMinutes" | "environment" | "permissions" | "outputs"> {
  const host = cluster.stages[stage]?.host;
  return {
    runsOn: TOOLS.runner,
    timeoutMinutes: Math.min(LONGEST_JOB_MINUTES, minutes + AROUND_MINUTES),
    environment: { name: stage, ...(host === undefined ? {} : { url: `https://${host}` }) },
    permissions: { contents: "read" },
    outputs: VERDICT,
  };
}

/** A deployment may have waited for its reviewers for days: a rollback meanwhile has frozen the train. */
function beforeDeployment(): readonly WorkflowStep[] {
  return [
    checkOut({ "fetch-depth": 0 }),
    {
      name: "Check again",
      env: { ...CHECKED, DIGEST: { expression: "needs.check.outputs.digest" } },
      run: CHECK_SCRIPT,
    },
    installTools(["kubectl", "cosign"]),
  ];
}
