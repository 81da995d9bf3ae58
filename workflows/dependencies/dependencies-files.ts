import type { Service } from "../../declaration/service";
import { renderWorkflow } from "../render-workflow";
import type { RenderedFile } from "../rendered-file";
import { renovateConfig } from "./renovate-config";
import { renovateWorkflow } from "./renovate-workflow";
import { updatesDocument } from "./updates-document";

/**
 * Renovate's workflow, its configuration and what people should know of both; nothing for a service without updates.
 *
 * @param others the service's other files
 */
export function dependenciesFiles(service: Service, others: readonly RenderedFile[]): readonly RenderedFile[] {
  const { dependencies } = service;
  const workflow = renovateWorkflow(service);
  if (dependencies === undefined || workflow === undefined) return [];
  const files = [renderWorkflow(workflow), updatesDocument(service, dependencies)];
  const ours = [...others, ...files].map(({ path }) => path);
  return [...files, renovateConfig(service, dependencies, ours)];
}
