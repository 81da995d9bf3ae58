/** Reads what a change does to migrations; both scripts call it. */
export const MIGRATIONS_TOOL = ".github/tools/migrations.py";

/** Its packages, locked. */
export const MIGRATIONS_LOCK = ".github/tools/migrations-requirements.txt";

/** Tries what a branch adds on a throwaway copy of a clone. */
export const DRY_RUN_SCRIPT = "scripts/dry-run-migrations.sh";

/** Which pull requests need that; runs it for them, and sets their check. */
export const DRY_RUNS_SCRIPT = "scripts/migrations-dry-runs.sh";

export const DRY_RUN_WORKFLOW = "migrations-dry-run.yml";

/** The gate of a pull request; people run it before they push. */
export const MIGRATIONS_SCRIPT = "scripts/check-migrations.sh";
