import type { Service } from "../../declaration/service";
import { checkOut } from "../ci/check-out";
import { ciWorkflow } from "../ci/ci-workflow";
import { TOOLS } from "../tool-versions";
import { JOB_TOKEN, type Workflow } from "../workflow";
import { SUMMARY_SCRIPT, SUMMARY_WORKFLOW } from "./names";

const RUN = "github.event.workflow_run";

/**
 * `pr-summary.yml`: after each run of CI on a pull request, one comment there. It follows that run, for a pull request's own, and a fork's above all,
 * has no token that may comment. Undefined for a service without.
 */
export function summaryWorkflow(service: Pick<Service, "name" | "ci" | "settings">): Workflow | undefined {
  if (service.ci.summary !== true) return undefined;
  return {
    file: SUMMARY_WORKFLOW,
    service: service.name,
    name: "Summary",
    triggers: {
      workflowRun: {
        workflows: [ciWorkflow(service).name],
        because: "runs the code of main; of the other run it reads results and reports, and runs nothing",
      },
    },
    // Of one pull request after another; each looks at what is newest then, so of those that wait the last is enough.
    concurrency: {
      group: [
        "pr-summary-",
        { expression: `${RUN}.head_repository.full_name` },
        "-",
        { expression: `${RUN}.head_branch` },
      ],
      cancelInProgress: false,
    },
    jobs: {
      comment: {
        if: `${RUN}.event == 'pull_request'`,
        runsOn: TOOLS.runner,
        timeoutMinutes: 15,
        permissions: {
          contents: "read",
          actions: { access: "read", because: "to read the jobs of the run and what they kept" },
          "pull-requests": { access: "write", because: "to keep one comment" },
        },
        steps: [
          checkOut(),
          {
            name: "Keep the comment",
            env: { GH_TOKEN: JOB_TOKEN, RUN_ID: { expression: `${RUN}.id` } },
            run: SUMMARY_SCRIPT,
          },
        ],
      },
    },
  };
}
