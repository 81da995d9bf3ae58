import type { Job } from "../../declaration/ci";
import type { WorkflowJob } from "../workflow";
import { checkOut } from "./check-out";
import { GENERATED_FILES_SCRIPT } from "./generated-files-script";
import { GIT_HYGIENE_SCRIPT } from "./git-hygiene-script";
import { jobBase } from "./job-base";

/**
 * What a change adds, against the commit it starts from: for a push the commit before it, for a pull request its base; and whether somebody has
 * edited what Gatehouse delivers.
 */
export function gitHygieneJob(job: Extract<Job, { readonly kind: "git-hygiene" }>): WorkflowJob {
  return {
    ...jobBase(job),
    permissions: { contents: "read" },
    steps: [
      checkOut({
        // The whole history, for the merge base; and the branch itself, not GitHub's merge of it into main.
        "fetch-depth": 0,
        ref: { expression: "github.event.pull_request.head.sha || github.sha" },
      }),
      {
        name: "Check what the change adds",
        env: {
          BASE: { expression: "github.event.pull_request.base.sha || github.event.before" },
          MAX_FILE_KILOBYTES: job.maxFileKilobytes,
        },
        run: `${GIT_HYGIENE_SCRIPT} "$BASE"`,
      },
      {
        name: "Check that generated files are as they were delivered",
        if: "!cancelled()",
        run: GENERATED_FILES_SCRIPT,
      },
    ],
  };
}
