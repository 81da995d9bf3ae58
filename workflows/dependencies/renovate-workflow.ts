import type { Service } from "../../declaration/service";
import { ACTIONS } from "../actions";
import { TOOLS } from "../tool-versions";
import type { Workflow, WorkflowJob } from "../workflow";

export const RENOVATE_WORKFLOW = "renovate.yml";

/**
 * `renovate.yml`: Renovate, every hour and by hand. Outside of the business hours it looks for vulnerabilities only; what it may do when is in its
 * configuration on `main`, which it reads by itself. The job's own token may do nothing. Undefined where no updates are declared.
 */
export function renovateWorkflow(service: Pick<Service, "name" | "dependencies">): Workflow<WorkflowJob> | undefined {
  const { dependencies } = service;
  if (dependencies === undefined) return undefined;
  return {
    file: RENOVATE_WORKFLOW,
    service: service.name,
    name: "Renovate",
    triggers: { schedule: ["13 * * * *"], workflowDispatch: {} },
    concurrency: { group: "renovate", cancelInProgress: false },
    jobs: {
      renovate: {
        runsOn: TOOLS.runner,
        timeoutMinutes: 45,
        environment: { name: dependencies.environment },
        permissions: {},
        steps: [
          {
            name: "Look for new versions",
            uses: ACTIONS.renovate,
            env: {
              RENOVATE_ENDPOINT: { expression: "github.api_url" },
              RENOVATE_REPOSITORIES: { expression: "github.repository" },
              // Without its configuration it does nothing; it doesn't ask for one by a pull request of its own.
              RENOVATE_ONBOARDING: "false",
              RENOVATE_REQUIRE_CONFIG: "required",
              // Commits by GitHub's API are signed by GitHub.
              RENOVATE_PLATFORM_COMMIT: "enabled",
            },
            with: { "renovate-version": TOOLS.renovate, token: { secret: dependencies.token } },
          },
        ],
      },
    },
  };
}
