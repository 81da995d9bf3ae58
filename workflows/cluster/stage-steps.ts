import { TRAIN_SECRETS } from "../../declaration/release-train";
import { ACTIONS } from "../actions";
import { checkOut } from "../ci/check-out";
import type { Reference, Value, Variables, WorkflowStep } from "../workflow";
import { CHECK_SCRIPT } from "./check-script";
import { installTools } from "./tools";

/** Where the scripts leave what is kept. */
export const EVIDENCE = "evidence";

/** What the step `deploy` says of a deployment or a rollback. */
export const VERDICT = {
  verdict: { expression: "steps.deploy.outputs.verdict" },
  changed: { expression: "steps.deploy.outputs.changed" },
  before: { expression: "steps.deploy.outputs.before" },
  "went-to": { expression: "steps.deploy.outputs.went-to" },
} as const;

/** Of the job's environment. */
export function registryLogin(): Variables {
  return {
    REGISTRY_USER: { secret: TRAIN_SECRETS.registryUser },
    REGISTRY_TOKEN: { secret: TRAIN_SECRETS.registryToken },
  };
}

/** A deployment may have waited for its reviewers for days: a rollback meanwhile has frozen the train. */
export function beforeDeployment(checked: Variables): readonly WorkflowStep[] {
  return [
    checkOut({ "fetch-depth": 0 }),
    { name: "Check again", env: checked, run: CHECK_SCRIPT },
    installTools(["kubectl", "cosign"]),
  ];
}

/** What came of a job, whatever came of it; a second attempt does not take away what the first one left. */
export function keepEvidence(artifact: readonly (string | Reference)[], days: Value): WorkflowStep {
  return {
    name: "Keep what came of it",
    if: "always()",
    uses: ACTIONS.uploadArtifact,
    with: {
      name: [...artifact, "-", { expression: "github.run_attempt" }],
      path: `${EVIDENCE}/`,
      "retention-days": days,
      "if-no-files-found": "ignore",
    },
  };
}
