import type { Job } from "../../declaration/ci";
import type { WorkflowJob } from "../workflow";
import { checkOut } from "./check-out";
import { jobBase } from "./job-base";
import { installPythonTools } from "./python-tools";

/** Only files that Git knows are looked at, and no file at all is an error: a check of nothing would be green for ever. */
const RUN = `
read -ra patterns <<<"$PATTERNS"
mapfile -d '' -t scripts < <(git ls-files -z -- "\${patterns[@]/#/:(glob)}")
if ((\${#scripts[@]} == 0)); then
  echo "::error::no file matches \${PATTERNS}; correct the scripts of this job in the declaration"
  exit 1
fi
shellcheck --version
shellcheck --severity=style -- "\${scripts[@]}"
`.trim();

/** ShellCheck over the scripts that match the declared patterns. */
export function shellcheckJob(job: Extract<Job, { readonly kind: "shellcheck" }>): WorkflowJob {
  return {
    ...jobBase(job),
    permissions: { contents: "read" },
    steps: [
      checkOut(),
      ...installPythonTools(),
      { name: "Check the shell scripts", env: { PATTERNS: job.scripts.join(" ") }, run: RUN },
    ],
  };
}
