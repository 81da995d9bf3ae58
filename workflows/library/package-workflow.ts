import { ACTIONS } from "../actions";
import { checkOut } from "../ci/check-out";
import { setUpNode } from "../set-up-node";
import { TOOLS } from "../tool-versions";
import { trivyStep } from "../trivy";
import { libraryWorkflow } from "./library-workflow";

/** Name of the artifact with the SBOM. */
export const SBOM_ARTIFACT = "sbom";

/** What the SBOM is called in it. */
export const SBOM_FILE = "sbom.cdx.json";

/** `wf-reuse-package.yml`: what the repository is made of, as a CycloneDX SBOM. */
export const PACKAGE_WORKFLOW = libraryWorkflow({
  file: "wf-reuse-package.yml",
  name: "Package",
  inputs: {
    "keep-days": { description: "Days that the SBOM is kept", type: "number" },
    "timeout-minutes": { description: "Minutes after which it is stopped", type: "number" },
  },
  jobs: {
    sbom: {
      runsOn: TOOLS.runner,
      timeoutMinutes: { expression: "inputs.timeout-minutes" },
      permissions: { contents: "read" },
      steps: [
        checkOut(),
        setUpNode(),
        {
          // Packages say their licenses themselves; a lock file doesn't. Nothing of theirs is run.
          name: "Unpack the dependencies",
          if: "hashFiles('package-lock.json') != ''",
          run: "npm ci --ignore-scripts --no-audit --no-fund",
        },
        trivyStep("Write the SBOM", { "scan-type": "fs", format: "cyclonedx", output: SBOM_FILE }),
        {
          name: "Keep the SBOM",
          uses: ACTIONS.uploadArtifact,
          with: {
            name: SBOM_ARTIFACT,
            path: SBOM_FILE,
            "retention-days": { expression: "inputs.keep-days" },
            "if-no-files-found": "error",
            overwrite: true,
          },
        },
      ],
    },
  },
});
