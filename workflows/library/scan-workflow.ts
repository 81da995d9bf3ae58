import { checkOut } from "../ci/check-out";
import { GITLEAKS_SCRIPT } from "../ci/gitleaks-script";
import { TOOLS } from "../tool-versions";
import { trivyStep } from "../trivy";
import { libraryWorkflow } from "./library-workflow";

/** `wf-reuse-scan.yml`: known weaknesses of dependencies, and secrets in the history. */
export const SCAN_WORKFLOW = libraryWorkflow({
  file: "wf-reuse-scan.yml",
  name: "Scan",
  inputs: {
    severities: { description: "Severities of findings that fail, with commas between them", type: "string" },
    "timeout-minutes": { description: "Minutes after which a scan is stopped", type: "number" },
  },
  jobs: {
    dependencies: {
      runsOn: TOOLS.runner,
      timeoutMinutes: { expression: "inputs.timeout-minutes" },
      permissions: { contents: "read" },
      steps: [
        checkOut(),
        trivyStep("Scan dependencies", {
          "scan-type": "fs",
          scanners: "vuln",
          "exit-code": 1,
          // Nobody can update to a version that isn't there.
          "ignore-unfixed": true,
          severity: { expression: "inputs.severities" },
        }),
      ],
    },
    secrets: {
      runsOn: TOOLS.runner,
      timeoutMinutes: { expression: "inputs.timeout-minutes" },
      permissions: { contents: "read" },
      steps: [checkOut({ "fetch-depth": 0 }), { name: "Look for secrets in the history", run: GITLEAKS_SCRIPT }],
    },
  },
});
