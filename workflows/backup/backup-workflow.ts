import type { Service } from "../../declaration/service";
import { checkOut } from "../ci/check-out";
import { TOOLS } from "../tool-versions";
import type { Workflow, WorkflowJob } from "../workflow";
import { backedUpDatabase } from "./backed-up-database";
import { backupEnvironment } from "./backup-environment";
import { BACKUP_SCRIPT } from "./backup-script";
import { installBackupTools } from "./tool-steps";

export const BACKUP_WORKFLOW = "d1-backup.yml";

/** `d1-backup.yml`: the export of every day, and by hand. Undefined when no database is backed up. */
export function backupWorkflow(service: Service): Workflow<WorkflowJob> | undefined {
  const entry = backedUpDatabase(service);
  if (entry === undefined) return undefined;
  const { backup } = entry;
  return {
    file: BACKUP_WORKFLOW,
    service: service.name,
    name: "D1 backup",
    triggers: { schedule: [backup.schedule], workflowDispatch: {} },
    concurrency: { group: "d1-backup", cancelInProgress: false },
    jobs: {
      backup: {
        runsOn: TOOLS.runner,
        timeoutMinutes: 60,
        environment: { name: backup.environment },
        permissions: { contents: "read" },
        steps: [
          checkOut(),
          ...installBackupTools(),
          {
            name: "Export, encrypt, store",
            env: {
              ...backupEnvironment(service, entry, backup.environment),
              BACKUP_AGE_RECIPIENT: { variable: backup.recipient },
            },
            run: `${BACKUP_SCRIPT} | tee -a "$GITHUB_STEP_SUMMARY"`,
          },
        ],
      },
    },
  };
}
