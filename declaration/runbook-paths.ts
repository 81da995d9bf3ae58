import type { Alert } from "./alerts";

/** Base name of the runbook that an alert has of its own: `ServiceDown` → `service-down`, `HTTPErrors` → `http-errors`. */
export function alertRunbook(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}

/** Base name of the runbook on dumps and restores; a service with `postgres` has it. */
export const POSTGRES_RUNBOOK = "postgres-backup-and-restore";

/** Base name of the runbook on the exception to the rules of `main`; a service with `main.breakGlass` has it. */
export const EMERGENCY_RUNBOOK = "emergency-override";

/** Path of a runbook in the service's repository, by its base name. */
export function runbookPath(base: string): string {
  return `docs/runbooks/${base}.md`;
}

/** Base name of the runbook that an alert links to: the one it names, else its own. */
export function runbookOfAlert(name: string, alert: Pick<Alert, "runbook">): string {
  return alert.runbook ?? alertRunbook(name);
}
