import { ACTIONS } from "../actions";
import { checkOut } from "../ci/check-out";
import { setUpNode } from "../set-up-node";
import { TOOLS } from "../tool-versions";
import { libraryWorkflow } from "./library-workflow";
import { restoreNpmCache } from "./npm-cache";

/** Beginning of the name of the artifact with a report; job, part and the number of the run's attempt follow, with `-` between them. */
export const JUNIT_ARTIFACT = "junit-";

/** `wf-reuse-test.yml`: runs a command that tests, one part of it at a time, and keeps its JUnit report whatever came of it. */
export const TEST_WORKFLOW = libraryWorkflow({
  file: "wf-reuse-test.yml",
  name: "Test",
  inputs: {
    command: { description: "What runs the tests; it finds SHARD and SHARDS", type: "string" },
    report: { description: "Where it leaves its JUnit report", type: "string" },
    artifact: { description: "Name of the artifact that keeps the report, without the part", type: "string" },
    shard: { description: "Which part, from 1 on", type: "string", default: "1" },
    shards: { description: "How many parts there are", type: "number", default: 1 },
    "keep-days": { description: "Days that the report is kept", type: "number" },
    "timeout-minutes": { description: "Minutes after which the tests are stopped", type: "number" },
  },
  jobs: {
    test: {
      runsOn: TOOLS.runner,
      timeoutMinutes: { expression: "inputs.timeout-minutes" },
      permissions: { contents: "read" },
      steps: [
        checkOut(),
        setUpNode(),
        restoreNpmCache(),
        {
          name: "Test",
          env: {
            COMMAND: { expression: "inputs.command" },
            SHARD: { expression: "inputs.shard" },
            SHARDS: { expression: "inputs.shards" },
          },
          run: 'bash -euo pipefail -c "$COMMAND"',
        },
        {
          name: "Keep the report",
          if: "!cancelled()",
          uses: ACTIONS.uploadArtifact,
          with: {
            name: [
              JUNIT_ARTIFACT,
              { expression: "inputs.artifact" },
              "-",
              { expression: "inputs.shard" },
              "-",
              { expression: "github.run_attempt" },
            ],
            path: { expression: "inputs.report" },
            "retention-days": { expression: "inputs.keep-days" },
            // Tests that leave no report would be green without anybody knowing what ran.
            "if-no-files-found": "error",
          },
        },
      ],
    },
  },
});
