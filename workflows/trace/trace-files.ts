import type { Organization } from "../../declaration/organization";
import type { Service } from "../../declaration/service";
import { ciWorkflow } from "../ci/ci-workflow";
import { trainWorkflow } from "../cluster/train-workflow";
import { flyDeployWorkflow } from "../fly/deploy-workflow";
import { flyPreviewWorkflows } from "../fly/preview-workflows";
import { previewWorkflows } from "../preview/preview-files";
import { deployWorkflow } from "../railway/deploy-workflow";
import { releaseWorkflow } from "../release/release-workflow";
import { renderWorkflow } from "../render-workflow";
import type { RenderedFile } from "../rendered-file";
import type { Workflow, WorkflowJob } from "../workflow";
import { traceContextScript } from "./trace-context-script";
import { tracesWorkflow } from "./traces-workflow";

/** `traces.yml` for the workflows that check and deliver a change. What runs after another workflow, or on a schedule, is no change's. */
export function tracesOf(
  service: Service,
  organization: Pick<Organization, "clusters">,
): Workflow<WorkflowJob> | undefined {
  const all = [
    ciWorkflow(service),
    ...previewWorkflows(service),
    ...flyPreviewWorkflows(service),
    releaseWorkflow(service),
    deployWorkflow(service),
    flyDeployWorkflow(service),
    trainWorkflow(service, organization),
  ].filter((workflow) => workflow !== undefined);
  return tracesWorkflow(
    service,
    all.filter(({ triggers }) => triggers.workflowRun === undefined),
  );
}

/** The workflow and its script; none for a service without traces. */
export function traceFiles(service: Service, organization: Organization): readonly RenderedFile[] {
  const workflow = tracesOf(service, organization);
  return workflow === undefined ? [] : [renderWorkflow(workflow), traceContextScript(service, organization)];
}
