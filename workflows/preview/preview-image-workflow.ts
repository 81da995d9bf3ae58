import { ACTIONS } from "../actions";
import { checkOut } from "../ci/check-out";
import { TOOLS } from "../tool-versions";
import { JOB_TOKEN, type Workflow, type WorkflowJob } from "../workflow";
import { DIGEST_DIRECTORY, PREVIEW_IMAGE_SCRIPT } from "./preview-image-script";
import type { Previewed } from "./previewed";

export const PREVIEW_IMAGE_WORKFLOW = "preview-image.yml";

/** Name of the workflow; what runs after it refers to it by this. */
export const PREVIEW_IMAGE = "Preview image";

/** Name of the artifact with the digest. */
export const DIGEST_ARTIFACT = "preview-image";

const OPEN = "github.event.action != 'closed'";

/**
 * `preview-image.yml`: builds the image of a pull request's newest commit. It runs the pull request's code, so it has no secret and no
 * environment: only the run's own token, which GitHub's registry takes. A fork's token can't write: its pull requests get no preview.
 */
export function previewImageWorkflow(service: Previewed): Workflow<WorkflowJob> {
  return {
    file: PREVIEW_IMAGE_WORKFLOW,
    service: service.name,
    name: PREVIEW_IMAGE,
    triggers: { pullRequest: { branches: ["main"], types: ["opened", "synchronize", "reopened", "closed"] } },
    // The newest commit wins; a pull request that is closed needs no image.
    concurrency: {
      group: ["preview-image-", { expression: "github.event.pull_request.number" }],
      cancelInProgress: true,
    },
    jobs: {
      "preview-image": {
        if: `${OPEN} && github.event.pull_request.head.repo.full_name == github.repository`,
        runsOn: TOOLS.runner,
        timeoutMinutes: 20,
        permissions: {
          contents: "read",
          packages: { access: "write", because: "to push the preview's image" },
        },
        steps: [
          checkOut({ ref: { expression: "github.event.pull_request.head.sha" } }),
          {
            name: "Build and push the image",
            env: {
              PULL_REQUEST: { expression: "github.event.pull_request.number" },
              HEAD_SHA: { expression: "github.event.pull_request.head.sha" },
              REGISTRY_USER: { expression: "github.actor" },
              REGISTRY_TOKEN: JOB_TOKEN,
            },
            run: PREVIEW_IMAGE_SCRIPT,
          },
          {
            name: "Keep the digest",
            uses: ACTIONS.uploadArtifact,
            with: {
              name: DIGEST_ARTIFACT,
              path: `${DIGEST_DIRECTORY}/digest`,
              "retention-days": 1,
              "if-no-files-found": "error",
              overwrite: true,
            },
          },
        ],
      },
      "preview-closed": {
        if: "github.event.action == 'closed'",
        runsOn: TOOLS.runner,
        timeoutMinutes: 5,
        permissions: {},
        steps: [{ name: "The preview is removed by what runs after this", run: "echo closed" }],
      },
    },
  };
}
