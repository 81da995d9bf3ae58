import type { Organization } from "../declaration/organization";
import type { Service } from "../declaration/service";
import { backupWorkflow } from "./backup/backup-workflow";
import { drillWorkflow } from "./backup/drill-workflow";
import { ciWorkflow } from "./ci/ci-workflow";
import { trainWorkflow } from "./cluster/train-workflow";
import { renovateWorkflow } from "./dependencies/renovate-workflow";
import { flyDeployWorkflow } from "./fly/deploy-workflow";
import { flyPreviewWorkflows } from "./fly/preview-workflows";
import { freezeWorkflow } from "./freeze/freeze-workflow";
import { dryRunWorkflow } from "./migrations/dry-run-workflow";
import { postgresWorkflow } from "./postgres/postgres-workflow";
import { previewWorkflows } from "./preview/preview-files";
import { deployWorkflow } from "./railway/deploy-workflow";
import { releaseWorkflow } from "./release/release-workflow";
import { summaryWorkflow } from "./summary/summary-workflow";
import { titleWorkflow } from "./title/title-workflow";
import { tracesOf } from "./trace/trace-files";
import { versionWorkflow } from "./versions/version-workflow";
import type { Workflow } from "./workflow";

/** All workflows of a service's repository, as data; that of CI first. */
export function serviceWorkflows(service: Service, organization: Organization): readonly Workflow[] {
  return [
    ciWorkflow(service),
    releaseWorkflow(service),
    deployWorkflow(service),
    flyDeployWorkflow(service),
    versionWorkflow(service),
    backupWorkflow(service),
    drillWorkflow(service),
    postgresWorkflow(service),
    trainWorkflow(service, organization),
    ...previewWorkflows(service),
    ...flyPreviewWorkflows(service),
    tracesOf(service, organization),
    freezeWorkflow(service),
    renovateWorkflow(service),
    dryRunWorkflow(service),
    summaryWorkflow(service),
    titleWorkflow(service),
  ].filter((workflow) => workflow !== undefined);
}
