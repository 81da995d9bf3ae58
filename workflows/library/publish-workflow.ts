import { TRAIN_SECRETS } from "../../declaration/release-train";
import { BUILD_SCRIPT } from "../cluster/build-script";
import { installTools } from "../cluster/tools";
import { checkOutBoth, SOURCE, TOOLS_DIRECTORY } from "../release/commit-jobs";
import { TOOLS } from "../tool-versions";
import { libraryWorkflow } from "./library-workflow";

const OUTPUTS = {
  digest: "Of the image",
  built: "Whether it was built now: false for one that was there and signed",
  began: "When building began",
} as const;

/**
 * `wf-reuse-publish.yml`: the image of a commit, in the registry. It is signed by its caller, under the caller's name, in a job that runs nothing
 * of the commit.
 */
export const PUBLISH_WORKFLOW = libraryWorkflow({
  file: "wf-reuse-publish.yml",
  name: "Publish",
  inputs: {
    environment: { description: "Environment that holds the registry's login", type: "string" },
    commit: { description: "Commit on main, all 40 digits", type: "string" },
    change: { description: "Number of the pull request that it came by; empty for none", type: "string" },
    "timeout-minutes": { description: "Minutes after which it is stopped", type: "number" },
  },
  secrets: {
    [TRAIN_SECRETS.registryUser]: "User of the registry",
    [TRAIN_SECRETS.registryToken]: "Token of that user, which may push the image",
  },
  outputs: Object.fromEntries(
    Object.entries(OUTPUTS).map(([name, description]) => [
      name,
      { description, value: { expression: `jobs.publish.outputs.${name}` } },
    ]),
  ),
  jobs: {
    publish: {
      runsOn: TOOLS.runner,
      timeoutMinutes: { expression: "inputs.timeout-minutes" },
      environment: { name: { expression: "inputs.environment" } },
      permissions: { contents: "read" },
      outputs: Object.fromEntries(
        Object.keys(OUTPUTS).map((name) => [name, { expression: `steps.build.outputs.${name}` }]),
      ),
      steps: [
        ...checkOutBoth({ expression: "inputs.commit" }),
        installTools(["buildx", "cosign"]),
        {
          name: "Build and push",
          id: "build",
          env: {
            COMMIT: { expression: "inputs.commit" },
            CHANGE: { expression: "inputs.change" },
            SOURCE,
            REGISTRY_USER: { secret: TRAIN_SECRETS.registryUser },
            REGISTRY_TOKEN: { secret: TRAIN_SECRETS.registryToken },
          },
          run: `${TOOLS_DIRECTORY}/${BUILD_SCRIPT}`,
        },
      ],
    },
  },
});
