import type { Job } from "../../declaration/ci";
import type { WorkflowJob } from "../workflow";
import { jobBase } from "./job-base";

/**
 * GitHub counts a job that was skipped as passed, and skips one whose needs have failed: a required check that stands for others must always run, and
 * look at each of them. https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-jobs-with-conditions
 */
const RUN = `
jq --raw-output 'to_entries[] | "\\(.value.result)  \\(.key)"' <<<"$NEEDS"
jq --exit-status 'length > 0 and all(.[]; .result == "success")' >/dev/null <<<"$NEEDS" || {
  echo "::error::not all of these jobs have succeeded"
  exit 1
}
`.trim();

/** Succeeds when every job that it needs has. */
export function allOfJob(job: Extract<Job, { readonly kind: "all-of" }>): WorkflowJob {
  return {
    ...jobBase(job),
    if: "always()",
    permissions: {},
    steps: [{ name: "Look at all of them", env: { NEEDS: { expression: "toJSON(needs)" } }, run: RUN }],
  };
}
