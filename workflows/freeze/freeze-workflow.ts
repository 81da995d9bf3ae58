import type { Service } from "../../declaration/service";
import { checkOut } from "../ci/check-out";
import { ciWorkflow } from "../ci/ci-workflow";
import { TOOLS } from "../tool-versions";
import { JOB_TOKEN, type Workflow } from "../workflow";
import { FREEZE_SCRIPT, FREEZE_WORKFLOW } from "./names";

/**
 * `main-is-green.yml`: after each run of CI, of `main` or of a pull request, and every quarter of an hour, for an event can get lost and a
 * label that a person sets starts nothing here. Every run looks at everything, so of those that wait the newest is enough. Undefined for a
 * service that a red `main` does not stop.
 */
export function freezeWorkflow(service: Pick<Service, "name" | "main" | "ci" | "settings">): Workflow | undefined {
  if (service.main.freezeWhenRed === undefined) return undefined;
  return {
    file: FREEZE_WORKFLOW,
    service: service.name,
    name: "Main is green",
    triggers: {
      workflowRun: {
        workflows: [ciWorkflow(service).name],
        because: "runs the code of main and takes nothing of the other run: it asks GitHub what is so",
      },
      schedule: ["7,22,37,52 * * * *"],
      workflowDispatch: {},
    },
    concurrency: { group: "main-is-green", cancelInProgress: false },
    jobs: {
      reconcile: {
        runsOn: TOOLS.runner,
        timeoutMinutes: 45,
        permissions: {
          contents: "read",
          actions: { access: "read", because: "to see how CI of main ended" },
          "pull-requests": { access: "write", because: "to set and remove labels" },
          statuses: { access: "write", because: "to set the check" },
        },
        steps: [
          checkOut(),
          {
            name: "Bring all open pull requests in line with main",
            env: { GH_TOKEN: JOB_TOKEN },
            run: `${FREEZE_SCRIPT} | tee -a "$GITHUB_STEP_SUMMARY"`,
          },
        ],
      },
    },
  };
}
