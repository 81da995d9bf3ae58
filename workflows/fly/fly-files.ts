import { VERSION_TAGS } from "../../declaration/fly";
import type { Service } from "../../declaration/service";
import { checkCommitScript } from "../release/check-commit-script";
import { renderWorkflow } from "../render-workflow";
import type { RenderedFile } from "../rendered-file";
import { versionFiles } from "../versions/version-workflow";
import { deployScript } from "./deploy-script";
import { flyDeployWorkflow } from "./deploy-workflow";
import { isOnFly } from "./deployable";
import { flyConfigs } from "./fly-toml";
import { previewDocument } from "./preview-document";
import { previewScript } from "./preview-script";
import { previewConfig } from "./preview-toml";
import { flyPreviewWorkflows } from "./preview-workflows";
import { isPreviewed } from "./previewed";
import { rollbackScript } from "./rollback-script";

/** The settings of each stage, the deployment workflow and its scripts. None for a service that isn't deployed to Fly. */
export function flyFiles(service: Service): readonly RenderedFile[] {
  const workflow = flyDeployWorkflow(service);
  if (workflow === undefined || !isOnFly(service)) return [];
  return [
    ...flyConfigs(service),
    renderWorkflow(workflow),
    checkCommitScript(service.name, VERSION_TAGS.replace(/\*$/, "")),
    deployScript(service),
    rollbackScript(service),
    ...versionFiles(service),
    ...flyPreviewWorkflows(service).map((each) => renderWorkflow(each)),
    ...(isPreviewed(service) ? [previewConfig(service), previewScript(service), previewDocument(service)] : []),
  ];
}
