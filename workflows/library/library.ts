import { renderWorkflow } from "../render-workflow";
import type { RenderedFile } from "../rendered-file";
import type { CalledWorkflow } from "../workflow";
import { BUILD_WORKFLOW } from "./build-workflow";
import { DEPLOY_WORKFLOW } from "./deploy-workflow";
import { PACKAGE_WORKFLOW } from "./package-workflow";
import { PUBLISH_WORKFLOW } from "./publish-workflow";
import { SCAN_WORKFLOW } from "./scan-workflow";
import { TEST_WORKFLOW } from "./test-workflow";

/** All workflows of the library. */
export const LIBRARY: readonly CalledWorkflow[] = [
  BUILD_WORKFLOW,
  TEST_WORKFLOW,
  SCAN_WORKFLOW,
  PACKAGE_WORKFLOW,
  PUBLISH_WORKFLOW,
  DEPLOY_WORKFLOW,
];

/** Their files, in this repository. */
export function libraryFiles(): readonly RenderedFile[] {
  return LIBRARY.map((workflow) => renderWorkflow(workflow));
}
