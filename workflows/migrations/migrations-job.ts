import { checkOut } from "../ci/check-out";
import { jobBase } from "../ci/job-base";
import { installPackages, type LockedPackage } from "../ci/locked-packages";
import { installPostgres } from "../postgres/install-postgres";
import type { WorkflowJob, WorkflowStep } from "../workflow";
import type { MigrationsJob } from "./gated-migrations";
import { MIGRATIONS_LOCK, MIGRATIONS_SCRIPT } from "./names";

/** The parser; how its hash is found is said beside the linters'. */
export const MIGRATIONS_PACKAGES: readonly LockedPackage[] = [
  {
    name: "pglast",
    version: "8.8",
    sha256: "20e0c7ddc9d9d22ce278285adc65d574992cfb6a2c4209abea7a5c672965cbb7",
  },
];

/**
 * The gate of migrations. It has no path filter, for a filtered check would be pending for ever; it looks for itself, and installs what it needs
 * only when there is something to check. No secret and no environment: it runs what the pull request brings.
 */
export function migrationsJob(job: MigrationsJob): WorkflowJob {
  const env = {
    // Of GitHub's merge of the two the first parent is main as it was merged; the event may name an older one.
    BASE: { expression: "github.event_name == 'pull_request' && 'HEAD^1' || github.event.before" },
  };
  const whenChanged = (step: WorkflowStep): WorkflowStep => ({ ...step, if: "steps.look.outputs.changed == 'yes'" });
  return {
    ...jobBase(job),
    permissions: { contents: "read" },
    steps: [
      // The whole history with its tags: a contraction names a release.
      checkOut({ "fetch-depth": 0 }),
      {
        name: "Look for changed migrations",
        id: "look",
        env,
        run: `${MIGRATIONS_SCRIPT} --changed "$BASE" | tee -a "$GITHUB_OUTPUT"`,
      },
      ...installPackages("the parser", MIGRATIONS_LOCK).map(whenChanged),
      whenChanged(installPostgres(job.postgres)),
      {
        name: "Check the migrations",
        env,
        run: `${MIGRATIONS_SCRIPT} "$BASE" | tee -a "$GITHUB_STEP_SUMMARY"`,
      },
    ],
  };
}
