import type { Organization } from "../../declaration/organization";
import type { Service } from "../../declaration/service";
import { renderWorkflow } from "../render-workflow";
import type { RenderedFile } from "../rendered-file";
import { backedUpDatabase } from "./backed-up-database";
import { backupScript } from "./backup-script";
import { backupWorkflow } from "./backup-workflow";
import { drillWorkflow } from "./drill-workflow";
import { restoreScript } from "./restore-script";

/** Backup and restore, one command each, and the workflows that run them. None when no database is backed up. */
export function backupFiles(service: Service, _organization: Organization): readonly RenderedFile[] {
  const entry = backedUpDatabase(service);
  if (entry === undefined) return [];
  const workflows = [backupWorkflow(service), drillWorkflow(service)].filter((workflow) => workflow !== undefined);
  return [
    ...workflows.map((workflow) => renderWorkflow(workflow)),
    backupScript(service.name, entry),
    restoreScript(service.name, entry),
  ];
}
