import { TITLE_CHECK } from "../../declaration/conventional-commits";
import type { Service } from "../../declaration/service";
import { checkOut } from "../ci/check-out";
import { TOOLS } from "../tool-versions";
import type { Workflow } from "../workflow";
import { TITLE_SCRIPT, TITLE_WORKFLOW } from "./names";

/**
 * `pull-request-title.yml`: CI does not start when somebody edits a title, so this is a workflow of its own, which does. Undefined for a service
 * whose commits may say anything.
 */
export function titleWorkflow(service: Pick<Service, "name" | "main">): Workflow | undefined {
  if (service.main.conventionalCommits === undefined) return undefined;
  return {
    file: TITLE_WORKFLOW,
    service: service.name,
    name: "Title of the pull request",
    triggers: { pullRequest: { branches: ["main"], types: ["opened", "edited", "synchronize", "reopened"] } },
    concurrency: {
      group: ["title-", { expression: "github.event.pull_request.number" }],
      cancelInProgress: true,
    },
    jobs: {
      [TITLE_CHECK]: {
        runsOn: TOOLS.runner,
        timeoutMinutes: 5,
        permissions: { contents: "read" },
        steps: [
          checkOut(),
          {
            name: "Read the title",
            env: { TITLE: { expression: "github.event.pull_request.title" } },
            run: TITLE_SCRIPT,
          },
        ],
      },
    },
  };
}
