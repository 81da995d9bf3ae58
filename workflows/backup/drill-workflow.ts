import type { Service } from "../../declaration/service";
import { ACTIONS } from "../actions";
import { checkOut } from "../ci/check-out";
import { TOOLS } from "../tool-versions";
import type { Workflow } from "../workflow";
import { backedUpDatabase } from "./backed-up-database";
import { backupEnvironment } from "./backup-environment";
import { RESTORE_SCRIPT } from "./restore-script";
import { installBackupTools } from "./tool-steps";

/** Time to get ready and to report, beside what the restore itself may take. Minutes. */
const AROUND_MINUTES = 15;

/** `d1-restore-drill.yml`: restores the newest backup into a clone, times it and keeps the report. Undefined when nothing is backed up. */
export function drillWorkflow(service: Service): Workflow | undefined {
  const entry = backedUpDatabase(service);
  if (entry === undefined) return undefined;
  const { drill } = entry.backup;
  return {
    file: "d1-restore-drill.yml",
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
        // A restore that is too slow shall still end by itself, delete its clone and say how slow it was: twice the promise.
        timeoutMinutes: Math.min(360, 2 * drill.withinMinutes + AROUND_MINUTES),
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
            run: `${RESTORE_SCRIPT} --into staging-clone --backup "$BACKUP" --smoke --report restore-report`,
          },
          {
            name: "Summarize",
            if: "always()",
            run: 'cat restore-report/*.md >>"$GITHUB_STEP_SUMMARY"',
          },
          {
            name: "Keep the report",
            if: "always()",
            uses: ACTIONS.uploadArtifact,
            with: {
              name: "restore-report",
              path: "restore-report/",
              "retention-days": drill.reportDays,
              "if-no-files-found": "error",
            },
          },
        ],
      },
    },
  };
}
