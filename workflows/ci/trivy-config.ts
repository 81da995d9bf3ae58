import type { Job } from "../../declaration/ci";
import { trivyStep } from "../trivy";
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
      trivyStep("Scan configuration files", {
        "scan-type": "config",
        "exit-code": 1,
        severity: job.severities.join(","),
      }),
    ],
  };
}
