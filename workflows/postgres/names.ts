/** Names on which scripts, workflow and documents must agree. */
export const POSTGRES_WORKFLOW = "backup.yml";
export const DUMP_SCRIPT = "scripts/backup-postgres.sh";
export const RESTORE_SCRIPT = "scripts/restore-postgres.sh";
/** Artifact with a dump. */
export const DUMP_ARTIFACT = "postgres-dump";
/** Artifact with the report of a drill. */
export const DRILL_ARTIFACT = "restore-drill-report";
