import type { Organization } from "../../declaration/organization";
import type { Service } from "../../declaration/service";
import { renderWorkflow } from "../render-workflow";
import type { RenderedFile } from "../rendered-file";
import type { Workflow, WorkflowJob } from "../workflow";
import { previewAskScript } from "./preview-ask-script";
import { previewImageScript } from "./preview-image-script";
import { previewImageWorkflow } from "./preview-image-workflow";
import { previewWorkflow } from "./preview-workflow";
import { previewed } from "./previewed";

/** The workflows that make and remove previews; none where nobody is asked for them. */
export function previewWorkflows(service: Pick<Service, "name" | "cluster">): readonly Workflow<WorkflowJob>[] {
  const found = previewed(service);
  return found === undefined ? [] : [previewImageWorkflow(found), previewWorkflow(found)];
}

/** The same as files, with their scripts. */
export function previewFiles(service: Service, organization: Organization): readonly RenderedFile[] {
  const found = previewed(service);
  if (found === undefined) return [];
  return [
    ...previewWorkflows(service).map((workflow) => renderWorkflow(workflow)),
    previewImageScript(found, organization),
    previewAskScript(found),
  ];
}
