import { RENOVATE_BRANCHES } from "../../declaration/allowed-branches";
import type { Dependencies } from "../../declaration/dependencies";
import type { Service } from "../../declaration/service";
import { code, markdownFile, shell, table } from "../documents/markdown";
import { MANIFEST } from "../manifest";
import type { RenderedFile } from "../rendered-file";
import { RENOVATE_CONFIG } from "./renovate-config";
import { RENOVATE_WORKFLOW } from "./renovate-workflow";

/** When new versions come, in what form, and what the token needs: for those who merge them, and whoever makes the token. */
export function updatesDocument(
  { name, main }: Pick<Service, "name" | "main">,
  { hours, token, environment, ...dependencies }: Dependencies,
): RenderedFile {
  const days = hours.days.map((day) => `${day[0]?.toUpperCase()}${day.slice(1)}`);
  return markdownFile("docs/dependency-updates.md", name, [
    "# Dependency updates",
    `Renovate opens pull requests for new versions, on branches ${code(RENOVATE_BRANCHES)}, with the label ${code(dependencies.label)}. They are checked and reviewed like all others; none is merged by itself${main.freezeWhenRed?.blocking === true ? ", and while `main` is red none is merged at all" : ""}.`,
    table(
      ["What", "How"],
      [
        ["Hours", `${days.join(", ")}, ${clock(hours.from)} to ${clock(hours.to)} (${hours.timeZone})`],
        [
          "At once",
          `${dependencies.openAtOnce} pull requests at most, ${dependencies.openedPerHour} new ones in an hour`,
        ],
        ["Age", `A version is offered once it is ${dependencies.waitDays} days old`],
        ["Images, actions", "At their digest or commit, with the version beside it"],
        ["Lock files", `Brought up to date on ${days[0]}`],
        [
          "Vulnerabilities",
          `At any time, at any age, beyond the limits, with the label ${code(dependencies.vulnerabilityLabel)} too`,
        ],
      ],
    ),
    ...(Object.keys(dependencies.groups).length === 0
      ? []
      : [
          "## Groups",
          "Each is one pull request.",
          table(
            ["Group", "Package managers", "Updates"],
            Object.entries(dependencies.groups).map(([group, { managers, updates }]) => [
              code(group),
              managers.map(code).join(", "),
              updates === undefined ? "all" : updates.join(", "),
            ]),
          ),
        ]),
    "## What it leaves alone",
    `The files that Gatehouse delivers (${code(MANIFEST)} names them): new versions in those come with Gatehouse's pull request. ${code(RENOVATE_CONFIG)} is one of them; what it says is changed in the declaration.`,
    "## At once",
    shell(`gh workflow run ${RENOVATE_WORKFLOW}`),
    "## The token",
    `${code(token)} in the environment ${code(environment)}: a fine-grained token of a machine user, for this repository alone, that may read alerts of vulnerabilities, and read and write contents, pull requests, issues, commit statuses and workflows. What the workflow's own token opens would start no checks.`,
  ]);
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}
