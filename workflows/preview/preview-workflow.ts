import { checkOut } from "../ci/check-out";
import { TOOLS } from "../tool-versions";
import { JOB_TOKEN, type Workflow, type WorkflowJob } from "../workflow";
import { PREVIEW_ASK_SCRIPT } from "./preview-ask-script";
import { PREVIEW_IMAGE } from "./preview-image-workflow";
import type { Previewed } from "./previewed";

export const PREVIEW_WORKFLOW = "preview.yml";

/**
 * `preview.yml`: asks the platform for the preview of a pull request whose image was built, or to remove that of a closed one. It runs the
 * default branch's code; of the pull request it takes a digest, and nothing else.
 */
export function previewWorkflow(service: Previewed): Workflow<WorkflowJob> {
  const { dispatch, name } = service;
  return {
    file: PREVIEW_WORKFLOW,
    service: name,
    name: "Preview",
    triggers: {
      workflowRun: {
        workflows: [PREVIEW_IMAGE],
        because: "runs the code of main; of the other run's results it takes a digest, which must look like one",
      },
    },
    // Takes seconds, and asks for what is so when it runs: of those that wait, the newest is enough.
    concurrency: {
      group: ["preview-", { expression: "github.event.workflow_run.head_branch" }],
      cancelInProgress: false,
    },
    jobs: {
      ask: {
        if: [
          "github.event.workflow_run.conclusion == 'success'",
          "github.event.workflow_run.event == 'pull_request'",
          "github.event.workflow_run.head_repository.full_name == github.repository",
        ].join(" && "),
        runsOn: TOOLS.runner,
        timeoutMinutes: 10,
        environment: { name: dispatch.environment },
        permissions: {
          contents: "read",
          actions: { access: "read", because: "to read the digest that the other run kept" },
          "pull-requests": { access: "read", because: "to see which pull request the commit is of" },
        },
        steps: [
          checkOut({ "sparse-checkout": "scripts" }),
          {
            name: "Ask for the preview, or for its removal",
            env: {
              RUN_ID: { expression: "github.event.workflow_run.id" },
              HEAD_SHA: { expression: "github.event.workflow_run.head_sha" },
              HEAD_BRANCH: { expression: "github.event.workflow_run.head_branch" },
              GH_TOKEN: JOB_TOKEN,
              DISPATCH_TOKEN: { secret: dispatch.token },
            },
            run: PREVIEW_ASK_SCRIPT,
          },
        ],
      },
    },
  };
}
