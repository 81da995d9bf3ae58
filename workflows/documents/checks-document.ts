import { TITLE_CHECK } from "../../declaration/conventional-commits";
import { MIGRATIONS_DRY_RUN } from "../../declaration/dry-run";
import { MAIN_IS_GREEN } from "../../declaration/freeze-when-red";
import type { Service } from "../../declaration/service";
import { checkNames } from "../check-names";
import { ciWorkflow } from "../ci/ci-workflow";
import { requiredChecks } from "../ci/required-checks";
import { pathOfPullRequest } from "../ci/within-minutes";
import { FREEZE_WORKFLOW } from "../freeze/names";
import { triedMigrations } from "../migrations/gated-migrations";
import { DRY_RUN_WORKFLOW } from "../migrations/names";
import type { RenderedFile } from "../rendered-file";
import { SUMMARY_WORKFLOW } from "../summary/names";
import { TITLE_WORKFLOW } from "../title/names";
import { code, markdownFile, table } from "./markdown";

/** Every check: the job that reports it, the gate it serves, and whether `main` requires it. */
export function checksDocument(service: Pick<Service, "name" | "ci" | "settings" | "main">): RenderedFile {
  const required = requiredChecks(service);
  const workflow = ciWorkflow(service);
  const dryRun = triedMigrations(service)?.dryRun;
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
    ...longestWait(service),
    ...(service.ci.summary === true
      ? [
          `After each run on a pull request ${code(`.github/workflows/${SUMMARY_WORKFLOW}`)} brings one comment there up to date, which says gate by gate how they ended.`,
        ]
      : []),
    ...(service.main.conventionalCommits === undefined
      ? []
      : [
          `${code(TITLE_CHECK)} is required too: ${code(`.github/workflows/${TITLE_WORKFLOW}`)} reads the title of a pull request, which becomes the message of its commit: a [Conventional Commit](https://www.conventionalcommits.org/en/v1.0.0/) of one of the types ${service.main.conventionalCommits.types.map(code).join(", ")}.`,
        ]),
    ...(dryRun === undefined
      ? []
      : [
          `${code(MIGRATIONS_DRY_RUN)}, of the gate \`migration\` too, is a status that ${code(`.github/workflows/${DRY_RUN_WORKFLOW}`)} sets; ${dryRun.blocking ? "it is required too" : "it is not required yet"}. [Dry runs of migrations](migrations-dry-run.md) says more.`,
        ]),
    ...(service.main.freezeWhenRed === undefined
      ? []
      : [
          `${code(MAIN_IS_GREEN)} is a status that ${code(`.github/workflows/${FREEZE_WORKFLOW}`)} sets; ${service.main.freezeWhenRed.blocking ? "it is required too" : "it is not required yet"}. [When main is red](main-is-red.md) says more.`,
        ]),
  ]);
}

function longestWait(service: Pick<Service, "name" | "ci" | "settings" | "main">): readonly string[] {
  const { jobs, minutes } = pathOfPullRequest(service);
  const { withinMinutes } = service.ci;
  if (jobs.length === 0) return [];
  const path = `Once there are runners, a pull request waits at most ${minutes} minutes for those that are required: its longest way is ${jobs.map(code).join(" → ")}, by their timeouts.`;
  return [withinMinutes === undefined ? path : `${path} More than ${withinMinutes} can't be declared.`];
}
