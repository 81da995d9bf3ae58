import { POSTGRES_RUNBOOK, runbookPath } from "../../../declaration/runbook-paths";
import type { Service } from "../../../declaration/service";

/** Title of the section that a restore ends with, in each of these runbooks. */
export const RESTORE_CHECKLIST = "Post-restore checklist";

/** Paths of the runbooks on how data comes back, as Markdown; empty when there is none. */
export function restoreRunbooks({ runbooks, postgres }: Service): string {
  const names = [
    ...(runbooks.includes("d1-backup-and-restore") ? ["d1-backup-and-restore"] : []),
    ...(postgres === undefined ? [] : [POSTGRES_RUNBOOK]),
  ];
  return names.map((name) => `\`${runbookPath(name)}\``).join(" or ");
}
