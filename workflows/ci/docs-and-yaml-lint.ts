import { ACTIONS } from "../actions";
import type { WorkflowJob } from "../workflow";
import { checkOut } from "./check-out";
import { type JobBase, jobBase } from "./job-base";
import { installPythonTools } from "./python-tools";

/** Every YAML file through yamllint, every Markdown file through markdownlint; their settings are files of the repository. */
export function docsAndYamlLintJob(job: JobBase): WorkflowJob {
  return {
    ...jobBase(job),
    permissions: { contents: "read" },
    steps: [
      checkOut(),
      ...installPythonTools(),
      { name: "Lint YAML", run: "yamllint --strict ." },
      { name: "Lint Markdown", if: "!cancelled()", uses: ACTIONS.markdownlint, with: { globs: "**/*.md" } },
    ],
  };
}
