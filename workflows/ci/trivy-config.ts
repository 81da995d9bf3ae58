import type { Job } from "../../declaration/ci";
import { ACTIONS } from "../actions";
import { TOOLS } from "../tool-versions";
import type { WorkflowJob } from "../workflow";
import { checkOut } from "./check-out";
import { jobBase } from "./job-base";

/** Trivy over Dockerfiles, Terraform, Kubernetes manifests and the like; a finding of one of the severities fails. */
export function trivyConfigJob(job: Extract<Job, { readonly kind: "trivy-config" }>): WorkflowJob {
  return {
    ...jobBase(job),
    permissions: { contents: "read" },
    steps: [
      checkOut(),
      {
        name: "Scan configuration files",
        uses: ACTIONS.trivy,
        env: {
          // The checks that this version carries: newer ones would fail a change that has nothing to do with them.
          // https://trivy.dev/docs/latest/scanner/misconfiguration/check/builtin
          TRIVY_SKIP_CHECK_UPDATE: true,
          TRIVY_SKIP_VERSION_CHECK: true,
          TRIVY_DISABLE_TELEMETRY: true,
        },
        with: {
          version: TOOLS.trivy,
          // A cache could be filled by another run with a binary of its own.
          cache: false,
          "scan-type": "config",
          "scan-ref": ".",
          "exit-code": 1,
          severity: job.severities.join(","),
        },
      },
    ],
  };
}
