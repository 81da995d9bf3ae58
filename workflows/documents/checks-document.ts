import type { Service } from "../../declaration/service";
import { checkNames } from "../check-names";
import { ciWorkflow } from "../ci/ci-workflow";
import { requiredChecks } from "../ci/required-checks";
import type { RenderedFile } from "../rendered-file";
import { code, markdownFile, table } from "./markdown";

/** Every check: the job that reports it, the gate it serves, and whether `main` requires it. */
export function checksDocument(service: Pick<Service, "name" | "ci" | "settings" | "main">): RenderedFile {
  const required = requiredChecks(service);
  const workflow = ciWorkflow(service);
  const rows = checkNames(workflow).map((check) => [
    code(check.name),
    code(check.job),
    service.ci.jobs[check.job]?.gate ?? "",
    required.includes(check.name) ? "yes" : "no",
  ]);
  return markdownFile("docs/checks.md", service.name, [
    "# Checks",
    `Each is reported by a job of ${code(`.github/workflows/${workflow.file}`)}. A required one must have passed, on the newest commit, before a pull request can be merged; the ruleset of \`main\` takes their names from the same place as this table.`,
    table(["Check", "Job", "Gate", "Required"], rows),
  ]);
}
