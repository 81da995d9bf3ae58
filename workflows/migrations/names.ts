/** Reads what a change does to migrations; both scripts call it. */
export const MIGRATIONS_TOOL = ".github/tools/migrations.py";

/** Its packages, locked. */
export const MIGRATIONS_LOCK = ".github/tools/migrations-requirements.txt";

/** The gate of a pull request; people run it before they push. */
export const MIGRATIONS_SCRIPT = "scripts/check-migrations.sh";
