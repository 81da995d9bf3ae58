import { TRAIN_SECRETS } from "../../declaration/release-train";
import { DEPLOY_SCRIPT } from "../cluster/deploy-script";
import { GATE_SCRIPT } from "../cluster/gate-script";
import { beforeDeployment, EVIDENCE, keepEvidence, registryLogin, VERDICT } from "../cluster/stage-steps";
import { VERIFY_SCRIPT } from "../cluster/verify-script";
import { RUN_URL } from "../release/commit-jobs";
import { TOOLS } from "../tool-versions";
import type { Variables } from "../workflow";
import { libraryWorkflow } from "./library-workflow";

/** What a deployment came to when it did nothing: empty is what a caller sees of a run that GitHub says nothing of. */
export const NO_VERDICT = "none";

const CHECKED = {
  ACTION: { expression: "inputs.action" },
  COMMIT: { expression: "inputs.commit" },
  REASON: { expression: "inputs.reason" },
} as const satisfies Variables;

const DIGEST = { DIGEST: { expression: "inputs.digest" } } as const satisfies Variables;

const KUBE = {
  STAGE: { expression: "inputs.environment" },
  EVIDENCE,
  KUBE_CREDENTIALS: { secret: TRAIN_SECRETS.kubeconfig },
} as const satisfies Variables;

/**
 * `wf-reuse-deploy.yml`: a stage gets the digest: verified, behind its gate, watched to its end. What is dangerous stands in a step of its own, with
 * no other secret.
 */
export const DEPLOY_WORKFLOW = libraryWorkflow({
  file: "wf-reuse-deploy.yml",
  name: "Deploy",
  inputs: {
    environment: { description: "Stage, whose environment holds its secrets", type: "string" },
    url: { description: "Where the stage is reached", type: "string", default: "" },
    action: { description: "release or resume", type: "string" },
    commit: { description: "Commit on main, all 40 digits", type: "string" },
    reason: { description: "Why; it goes into the record", type: "string" },
    change: { description: "Number of the pull request that it came by; empty for none", type: "string" },
    digest: { description: "Of the image, sha256:…", type: "string" },
    gate: { description: "Whether the stage has a gate that is asked first", type: "boolean" },
    artifact: { description: "Name of the artifact that keeps what came of it, without the attempt", type: "string" },
    "keep-days": { description: "Days that it is kept", type: "number" },
    "timeout-minutes": { description: "Minutes after which it is stopped", type: "number" },
  },
  secrets: {
    [TRAIN_SECRETS.registryUser]: "User of the registry",
    [TRAIN_SECRETS.registryToken]: "Token of that user",
    [TRAIN_SECRETS.kubeconfig]: "kubeconfig of the deployer of the stage's namespace",
  },
  outputs: {
    verdict: {
      description: "What the deployment came to",
      value: { expression: `jobs.deploy.outputs.verdict || '${NO_VERDICT}'` },
    },
    changed: {
      description: "Whether what runs is another version now",
      value: { expression: "jobs.deploy.outputs.changed" },
    },
    before: { description: "The digest that ran before", value: { expression: "jobs.deploy.outputs.before" } },
    "went-to": { description: "The digest that runs now", value: { expression: "jobs.deploy.outputs.went-to" } },
  },
  jobs: {
    deploy: {
      runsOn: TOOLS.runner,
      timeoutMinutes: { expression: "inputs.timeout-minutes" },
      environment: { name: { expression: "inputs.environment" }, url: { expression: "inputs.url" } },
      permissions: { contents: "read" },
      outputs: VERDICT,
      steps: [
        ...beforeDeployment(CHECKED),
        {
          name: "Verify the image",
          env: { COMMIT: CHECKED.COMMIT, ...DIGEST, ...registryLogin() },
          run: VERIFY_SCRIPT,
        },
        { name: "Ask the gate", if: "inputs.gate", env: { ...DIGEST, ...KUBE }, run: GATE_SCRIPT },
        {
          name: "Deploy and watch",
          id: "deploy",
          env: { ...CHECKED, CHANGE: { expression: "inputs.change" }, ...DIGEST, ...KUBE, RUN_URL },
          run: DEPLOY_SCRIPT,
        },
        keepEvidence([{ expression: "inputs.artifact" }], { expression: "inputs.keep-days" }),
      ],
    },
  },
});
