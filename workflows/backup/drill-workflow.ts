import type { Service } from "../../declaration/service";
import { checkOut } from "../ci/check-out";
import { drillReport, drillTimeoutMinutes } from "../drill-report";
import { TOOLS } from "../tool-versions";
import type { Workflow, WorkflowJob } from "../workflow";
import { backedUpDatabase } from "./backed-up-database";
import { backupEnvironment } from "./backup-environment";
import { RESTORE_SCRIPT } from "./restore-script";
import { installBackupTools } from "./tool-steps";

export const DRILL_WORKFLOW = "d1-restore-drill.yml";

/** Directory and artifact of the report. */
const REPORT = "restore-report";

/** `d1-restore-drill.yml`: restores the newest backup into a clone, times it and keeps the report. Undefined when nothing is backed up. */
export function drillWorkflow(service: Service): Workflow<WorkflowJob> | undefined {
  const entry = backedUpDatabase(service);
  if (entry === undefined) return undefined;
  const { drill } = entry.backup;
  return {
    file: DRILL_WORKFLOW,
    service: service.name,
    name: "D1 restore drill",
    triggers: {
      schedule: [drill.schedule],
      workflowDispatch: {
        backup: { description: "Key of the backup, or latest", required: false, type: "string", default: "latest" },
      },
    },
    concurrency: { group: "d1-restore-drill", cancelInProgress: false },
    jobs: {
      drill: {
        runsOn: TOOLS.runner,
        timeoutMinutes: drillTimeoutMinutes(drill),
        environment: { name: drill.environment },
        permissions: { contents: "read" },
        steps: [
          checkOut(),
          ...installBackupTools(),
          {
            name: "Restore into a clone and compare",
            env: {
              ...backupEnvironment(service, entry, drill.environment),
              BACKUP_AGE_IDENTITY: { secret: drill.identity },
              BACKUP: { expression: "inputs.backup || 'latest'" },
            },
            run: `${RESTORE_SCRIPT} --into staging-clone --backup "$BACKUP" --smoke --report ${REPORT}`,
          },
          ...drillReport(REPORT, drill.reportDays),
        ],
      },
    },
  };
}
