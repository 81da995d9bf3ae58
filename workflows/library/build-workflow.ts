import { BUILD_TWICE_SCRIPT } from "../ci/build-twice-script";
import { checkOut } from "../ci/check-out";
import { setUpNode } from "../set-up-node";
import { TOOLS } from "../tool-versions";
import { libraryWorkflow } from "./library-workflow";

/** `wf-reuse-build.yml`: builds a commit twice; the same bytes must come of it. */
export const BUILD_WORKFLOW = libraryWorkflow({
  file: "wf-reuse-build.yml",
  name: "Build",
  inputs: {
    command: { description: "What builds", type: "string" },
    output: { description: "Directory or file that it makes", type: "string" },
    "timeout-minutes": { description: "Minutes after which it is stopped", type: "number" },
  },
  outputs: { digest: { description: "Of what was built", value: { expression: "jobs.build.outputs.digest" } } },
  jobs: {
    build: {
      runsOn: TOOLS.runner,
      timeoutMinutes: { expression: "inputs.timeout-minutes" },
      permissions: { contents: "read" },
      outputs: { digest: { expression: "steps.build.outputs.digest" } },
      steps: [
        checkOut(),
        setUpNode(),
        {
          name: "Build twice",
          id: "build",
          env: { COMMAND: { expression: "inputs.command" }, OUTPUT: { expression: "inputs.output" } },
          run: BUILD_TWICE_SCRIPT,
        },
      ],
    },
  },
});
