import { type FreezeWhenRed, MAIN_IS_GREEN } from "../../declaration/freeze-when-red";
import { FREEZE_LABEL } from "../../declaration/phase";
import type { Service } from "../../declaration/service";
import { code, markdownFile, shell, table } from "../documents/markdown";
import type { RenderedFile } from "../rendered-file";
import { FREEZE_WORKFLOW } from "./names";

/** What to do when `main` is red: for whoever repairs it, and for all who wait. */
export function freezeDocument(service: Pick<Service, "name" | "owners">, freeze: FreezeWhenRed): RenderedFile {
  const repairers = Object.values(service.owners)
    .filter(({ access }) => access === "maintain" || access === "admin")
    .map(({ team }) => code(team));
  const effect = freeze.blocking
    ? `the check ${code(MAIN_IS_GREEN)} is red there, so none of them can be merged`
    : `the check ${code(MAIN_IS_GREEN)} is red there; it is not required yet, so they can still be merged`;
  return markdownFile("docs/main-is-red.md", service.name, [
    "# When main is red",
    `CI of the newest commit of ${code("main")} that came to a verdict failed. Every open pull request gets the label ${code(FREEZE_LABEL)}, and ${effect}. When CI of ${code("main")} passes, both go by themselves. A run that was cancelled counts for nothing.`,
    "## You repair it",
    [
      "1. Take the smallest way back: revert the commit, or repair what it broke. Nothing else goes into that pull request.",
      `2. Have somebody of ${[...new Set(repairers)].join(" or ")} set the label ${code(freeze.repairLabel)} on it. It counts only when the person who set it may maintain the repository; the pull request's history shows who that was, and so does its check. All other checks and reviews are asked for as ever.`,
      `3. The check follows within a quarter of an hour, or at once when you start the workflow:`,
    ],
    shell(`gh workflow run ${FREEZE_WORKFLOW}`),
    `After the merge CI runs on ${code("main")}; once it has passed, the label ${code(freeze.repairLabel)} is taken from whatever still has it: the next red main is another one.`,
    "## The commit was fine",
    "A check that fails without a cause in the change is flaky: run it again on the commit of `main`. A run that passes the second time makes `main` green; and open an issue on the flake.",
    "## You wait",
    table(
      ["What you see", "What it means"],
      [
        [
          `${code(MAIN_IS_GREEN)} is red`,
          "Push as you like, review as you like; only the merge waits. The link leads to the run that failed.",
        ],
        [
          `${code(MAIN_IS_GREEN)} is missing`,
          "It comes when CI of the pull request has ended, or within a quarter of an hour.",
        ],
        [
          `${code(FREEZE_LABEL)} stays though ${code("main")} is green`,
          "Start the workflow as above; its log says why.",
        ],
      ],
    ),
  ]);
}
