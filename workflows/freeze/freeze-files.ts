import type { Service } from "../../declaration/service";
import { ciWorkflow } from "../ci/ci-workflow";
import { renderWorkflow } from "../render-workflow";
import type { RenderedFile } from "../rendered-file";
import { freezeDocument } from "./freeze-document";
import { freezeScript } from "./freeze-script";
import { freezeWorkflow } from "./freeze-workflow";

/** What keeps a red `main` from growing redder; nothing for a service that a red `main` does not stop. */
export function freezeFiles(service: Service): readonly RenderedFile[] {
  const freeze = service.main.freezeWhenRed;
  const workflow = freezeWorkflow(service);
  if (freeze === undefined || workflow === undefined) return [];
  return [
    renderWorkflow(workflow),
    freezeScript(service.name, freeze, ciWorkflow(service).file),
    freezeDocument(service, freeze),
  ];
}
