import type { Service } from "../../declaration/service";
import { checkOut } from "../ci/check-out";
import { checkOutScripts, RUN_URL, SOURCE, TOOLS_DIRECTORY } from "../release/commit-jobs";
import { TOOLS } from "../tool-versions";
import { JOB_TOKEN, type Workflow, type WorkflowJob } from "../workflow";
import { processSecrets, setUpFlyctl } from "./deploy-workflow";
import { PREVIEW_SCRIPT } from "./preview-script";
import { isPreviewed, type Previewed } from "./previewed";

export const REQUEST_WORKFLOW = "preview-request.yml";

/** Name of the workflow; what runs after it refers to it by this. */
const PREVIEW_REQUEST = "Preview request";

/** The workflows that make and remove previews; none for a service whose pull requests get none on Fly. */
export function flyPreviewWorkflows(service: Service): readonly Workflow<WorkflowJob>[] {
  return isPreviewed(service) ? [requestWorkflow(service), previewWorkflow(service), sweepWorkflow(service)] : [];
}

/** `preview-request.yml`: says that a pull request was opened, pushed to or closed. Nothing runs, so nothing needs a secret. */
function requestWorkflow({ name }: Previewed): Workflow<WorkflowJob> {
  return {
    file: REQUEST_WORKFLOW,
    service: name,
    name: PREVIEW_REQUEST,
    triggers: { pullRequest: { branches: ["main"], types: ["opened", "synchronize", "reopened", "closed"] } },
    concurrency: {
      group: ["preview-request-", { expression: "github.event.pull_request.number" }],
      cancelInProgress: true,
    },
    jobs: {
      "preview-requested": {
        runsOn: TOOLS.runner,
        timeoutMinutes: 5,
        permissions: {},
        steps: [{ name: "What runs after this makes the preview, or removes it", run: "echo requested" }],
      },
    },
  };
}

/**
 * `preview.yml`: runs the default branch's code. Of the pull request it takes the newest commit, which Fly builds and runs; a fork's is never
 * taken, for what runs there has secrets.
 */
function previewWorkflow({ fly, name }: Previewed): Workflow<WorkflowJob> {
  const { previews } = fly;
  const script = `${TOOLS_DIRECTORY}/${PREVIEW_SCRIPT}`;
  const when = (state: string) => `steps.find.outputs.state == '${state}'`;
  const run = {
    GH_TOKEN: JOB_TOKEN,
    HEAD_SHA: { expression: "github.event.workflow_run.head_sha" },
    NUMBER: { expression: "steps.find.outputs.number" },
    FLY_API_TOKEN: { secret: previews.token },
  };
  return {
    file: "preview.yml",
    service: name,
    name: "Preview",
    triggers: {
      workflowRun: {
        workflows: [PREVIEW_REQUEST],
        because:
          "runs the code of main; what a pull request of this repository has is built and run on Fly, never here",
      },
    },
    // The newest push wins; a fork's branch of the same name stops nothing.
    concurrency: {
      group: [
        "preview-",
        { expression: "github.event.workflow_run.head_repository.full_name" },
        "-",
        { expression: "github.event.workflow_run.head_branch" },
      ],
      cancelInProgress: true,
    },
    jobs: {
      preview: {
        if: [
          "github.event.workflow_run.conclusion == 'success'",
          "github.event.workflow_run.event == 'pull_request'",
          "github.event.workflow_run.head_repository.full_name == github.repository",
        ].join(" && "),
        runsOn: TOOLS.runner,
        timeoutMinutes: 30,
        environment: { name: previews.environment, url: { expression: "steps.up.outputs.url" } },
        permissions: {
          contents: "read",
          "pull-requests": { access: "write", because: "to keep the one comment on the pull request" },
        },
        steps: [
          checkOutScripts(),
          {
            name: "Find the pull request",
            id: "find",
            env: {
              GH_TOKEN: JOB_TOKEN,
              HEAD_SHA: { expression: "github.event.workflow_run.head_sha" },
              HEAD_BRANCH: { expression: "github.event.workflow_run.head_branch" },
            },
            run: `${script} find`,
          },
          {
            ...checkOut({ ref: { expression: "github.event.workflow_run.head_sha" }, path: SOURCE }),
            name: "Check out what is shown",
            if: when("open"),
          },
          { ...setUpFlyctl(), if: "steps.find.outputs.state != ''" },
          {
            name: "Make the preview, or bring it up to date",
            id: "up",
            if: when("open"),
            env: { ...run, SOURCE, RUN_URL, ...processSecrets(fly) },
            run: `${script} up`,
          },
          { name: "Remove the preview", if: when("closed"), env: run, run: `${script} down` },
        ],
      },
    },
  };
}

/** `preview-sweep.yml`: every hour, what a run that failed or was stopped has left behind. */
function sweepWorkflow({ fly, name }: Previewed): Workflow<WorkflowJob> {
  const { previews } = fly;
  return {
    file: "preview-sweep.yml",
    service: name,
    name: "Sweep previews",
    triggers: { schedule: ["23 * * * *"], workflowDispatch: {} },
    concurrency: { group: "preview-sweep", cancelInProgress: false },
    jobs: {
      sweep: {
        if: "github.ref == 'refs/heads/main'",
        runsOn: TOOLS.runner,
        timeoutMinutes: 15,
        environment: { name: previews.environment },
        permissions: {
          contents: "read",
          "pull-requests": { access: "write", because: "to say on a pull request that its preview is gone" },
        },
        steps: [
          checkOut({ "sparse-checkout": "scripts" }),
          setUpFlyctl(),
          {
            name: "Destroy the previews of closed pull requests",
            env: { GH_TOKEN: JOB_TOKEN, FLY_API_TOKEN: { secret: previews.token } },
            run: `${PREVIEW_SCRIPT} sweep`,
          },
        ],
      },
    },
  };
}
