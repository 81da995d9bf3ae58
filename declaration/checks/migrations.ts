import type { Job } from "../ci";
import { show } from "../problem";
import type { CheckContext } from "./context";

/** The gate of migrations: one, in its place of the chain, with files that can be told apart. */
export function migrationsProblems(
  { service, report }: CheckContext,
  id: string,
  job: Extract<Job, { readonly kind: "migrations" }>,
): void {
  const path = ["ci", "jobs", id];
  const first = Object.entries(service.ci.jobs).find(([, { kind }]) => kind === "migrations")?.[0];
  if (first !== id) {
    report([...path, "kind"], {
      came: `a second gate of migrations beside ${show(first)}`,
      expected: "one: its script and its documents are there once",
      remedy: "remove one of the two jobs",
    });
  }
  if (job.gate !== "migration") {
    report([...path, "gate"], {
      came: show(job.gate),
      expected: '"migration": the phase that brings the gate is found by it',
      remedy: 'write gate: "migration"',
    });
  }
  if (job.up === job.down) {
    report([...path, "down"], {
      came: show(job.down),
      expected: "another end than that of the files that change the schema",
      remedy: 'write up: ".up.sql" and down: ".down.sql"',
    });
  }
  if (job.up === ".sql" || job.down === ".sql") {
    report([...path, job.up === ".sql" ? "up" : "down"], {
      came: '".sql", with which the names of the others end too',
      expected: "an end that tells the two apart",
      remedy: 'write up: ".up.sql" and down: ".down.sql"',
    });
  }
  if (job.plan === job.rollback) {
    report([...path, "rollback"], {
      came: show(job.rollback),
      expected: "another document than the plan",
      remedy: 'write plan: "migrations-plan.md" and rollback: "migrations-rollback.md"',
    });
  }
}
