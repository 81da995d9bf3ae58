import type { Service } from "../../declaration/service";
import { renderWorkflow } from "../render-workflow";
import type { RenderedFile } from "../rendered-file";
import { summaryScript } from "./summary-script";
import { summaryTool } from "./summary-tool";
import { summaryWorkflow } from "./summary-workflow";

/** What sums up CI on a pull request; nothing for a service that doesn't have it so. */
export function summaryFiles(service: Service): readonly RenderedFile[] {
  const workflow = summaryWorkflow(service);
  return workflow === undefined ? [] : [renderWorkflow(workflow), summaryScript(service), summaryTool(service)];
}
