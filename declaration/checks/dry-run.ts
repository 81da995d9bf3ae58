import { MIGRATIONS_DRY_RUN } from "../dry-run";
import { environmentsOf } from "../environments";
import { show } from "../problem";
import type { CheckContext } from "./context";
import { readsSetting } from "./reads-setting";
import { refersTo } from "./refers-to";

/** A dry run finds its clone without anybody's approval, from main only, and reports under a name of its own. */
export function dryRunProblems(context: CheckContext): void {
  const { service, report } = context;
  for (const [id, job] of Object.entries(service.ci.jobs)) {
    if (job.kind !== "migrations" || job.dryRun === undefined) continue;
    const { dryRun } = job;
    const path = ["ci", "jobs", id, "dryRun"];
    const unattended = environmentsOf(service).filter((environment) => environment.unattended);
    const found = refersTo(
      report,
      [...path, "environment"],
      dryRun.environment,
      unattended.map(({ name }) => name),
      "unattended environments",
      "declare it in stages.<stage>.unattended: one with reviewers would have them approve every dry run",
    );
    readsSetting(context, [...path, "connection"], dryRun.connection, "secret", found ? [dryRun.environment] : []);
    const environment = unattended.find(({ name }) => name === dryRun.environment);
    if (environment !== undefined && (environment.branches.length !== 1 || environment.branches[0] !== "main")) {
      report(["stages", environment.stage, "unattended", environment.name, "branches"], {
        came: show(environment.branches),
        expected: '["main"]: on another branch anybody\'s workflow could read the clone',
        remedy: 'write ["main"]',
      });
    }
    if (dryRun.blocking && !service.main.requiredChecks.some((check) => check.job === id)) {
      report([...path, "blocking"], {
        came: `true, and main does not require the job ${show(id)}`,
        expected: "a dry run that is required together with its job",
        remedy: `add { job: ${show(id)} } to main.requiredChecks, or write false`,
      });
    }
  }
  for (const [id, job] of Object.entries(service.ci.jobs)) {
    if ((job.name ?? id) !== MIGRATIONS_DRY_RUN) continue;
    report(["ci", "jobs", id, "name"], {
      came: `${show(MIGRATIONS_DRY_RUN)}, which the dry run of migrations reports`,
      expected: "a name that nothing else reports",
      remedy: "rename the job",
    });
  }
}
