import { isJudged } from "../../declaration/judged";
import type { Organization } from "../../declaration/organization";
import { TRAIN_SECRETS } from "../../declaration/release-train";
import { DEPLOY_WORKFLOW } from "../library/deploy-workflow";
import { call } from "../library/library-workflow";
import { deployJobId, RUN_URL } from "../release/commit-jobs";
import { TOOLS } from "../tool-versions";
import type { CallingJob, Variables, WorkflowJob } from "../workflow";
import { ROLLBACK_SCRIPT } from "./rollback-script";
import { beforeDeployment, EVIDENCE, keepEvidence, registryLogin, VERDICT } from "./stage-steps";
import { GATE_MINUTES, ROLLBACK_MINUTES } from "./train-script";
import type { Trainable } from "./train-service";

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

/** The digest of what is released. */
export const PUBLISHED = { DIGEST: { expression: "needs.publish.outputs.digest" } } as const satisfies Variables;

/** A stage gets the digest. */
export function stageJob(
  service: Trainable,
  organization: Pick<Organization, "clusters">,
  stage: string,
  needs: readonly string[],
): CallingJob {
  const { train } = service.cluster;
  const url = urlOf(service, stage);
  return call({ needs }, DEPLOY_WORKFLOW, {
    environment: stage,
    ...(url === undefined ? {} : { url }),
    action: CHECKED.ACTION,
    commit: CHECKED.COMMIT,
    reason: CHECKED.REASON,
    change: CHANGED.CHANGE,
    digest: PUBLISHED.DIGEST,
    gate: isJudged(service, organization, stage),
    artifact: `train-${deployJobId(stage)}`,
    "keep-days": train.evidenceDays,
    "timeout-minutes": minutesOf(GATE_MINUTES + train.withinMinutes + ROLLBACK_MINUTES),
  });
}

/**
 * Production goes back. It waits for nothing but what the environment itself asks for, and stands here whole: it needs no other repository, which
 * might be archived, renamed or away that day.
 */
export function rollbackJob(service: Trainable): WorkflowJob {
  const { train } = service.cluster;
  const url = urlOf(service, train.stage);
  const checked = { ...CHECKED, DIGEST: { expression: "needs.check.outputs.digest" } } as const satisfies Variables;
  return {
    needs: ["check"],
    if: "needs.check.outputs.action == 'rollback'",
    runsOn: TOOLS.runner,
    timeoutMinutes: minutesOf(ROLLBACK_MINUTES),
    environment: { name: train.stage, ...(url === undefined ? {} : { url }) },
    permissions: { contents: "read" },
    outputs: VERDICT,
    steps: [
      ...beforeDeployment(checked),
      {
        name: "Roll back and watch",
        id: "deploy",
        env: {
          ...checked,
          STAGE: train.stage,
          EVIDENCE,
          KUBE_CREDENTIALS: { secret: TRAIN_SECRETS.kubeconfig },
          ...registryLogin(),
          RUN_URL,
        },
        run: ROLLBACK_SCRIPT,
      },
      keepEvidence(["train-rollback"], train.evidenceDays),
    ],
  };
}

function urlOf({ cluster }: Trainable, stage: string): string | undefined {
  const host = cluster.stages[stage]?.host;
  return host === undefined ? undefined : `https://${host}`;
}

function minutesOf(minutes: number): number {
  return Math.min(LONGEST_JOB_MINUTES, minutes + AROUND_MINUTES);
}
