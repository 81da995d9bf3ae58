import type { GitleaksJob } from "../../declaration/gitleaks-job";
import { ACTIONS } from "../actions";
import type { WorkflowJob } from "../workflow";
import { checkOut } from "./check-out";
import { GITLEAKS_SCRIPT } from "./gitleaks-script";
import { jobBase } from "./job-base";

const REPORTS = "gitleaks-reports";

/** Secrets in what a pull request brings; after the merge, in everything. */
export function gitleaksJob(id: string, job: GitleaksJob): WorkflowJob {
  return {
    ...jobBase(job),
    permissions: { contents: "read" },
    steps: [
      checkOut({ "fetch-depth": 0 }),
      {
        name: "Look for secrets",
        // Empty where no pull request is: then all commits are looked at.
        env: { BASE: { expression: "github.event.pull_request.base.sha" }, REPORTS },
        run: `${GITLEAKS_SCRIPT} "$BASE"`,
      },
      {
        name: "Keep the reports",
        if: "!cancelled()",
        uses: ACTIONS.uploadArtifact,
        with: {
          name: [`${id}-sarif-`, { expression: "github.run_attempt" }],
          path: REPORTS,
          "retention-days": job.keepDays,
          "if-no-files-found": "warn",
        },
      },
    ],
  };
}
