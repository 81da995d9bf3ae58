import type { Job } from "../ci";
import { deployingCommand } from "../deploys";
import { show } from "../problem";
import type { CheckContext } from "./context";

/** Jobs that a workflow of the library does: somebody says where it is, and their commands deploy nothing. */
export function libraryProblems({ organization, service, report }: CheckContext): void {
  for (const [id, job] of Object.entries(service.ci.jobs)) {
    const path = ["ci", "jobs", id];
    const called = job.kind === "test" || job.kind === "scan" || job.kind === "package" || job.kind === "build";
    if (called && organization.library === undefined) {
      report([...path, "kind"], {
        came: `${show(job.kind)}, which a workflow of the library does, and an organization without one`,
        expected: "organization.library: repository, commit and version",
        remedy: "say in services/organization.ts where the reusable workflows are",
      });
    }
    if (job.kind !== "test" && job.kind !== "build" && job.kind !== "flaky-tests") continue;
    if (job.kind === "flaky-tests") flakyProblems(id, job);
    const deploys = deployingCommand(job.command);
    if (deploys === undefined) continue;
    report([...path, "command"], {
      came: `${show(deploys)} in the CI workflow, which pull requests start`,
      expected: "a command that checks and changes nothing outside",
      remedy: "deploy with a release, which only main can start",
    });
  }

  function flakyProblems(id: string, job: Job): void {
    const first = Object.entries(service.ci.jobs).find(([, { kind }]) => kind === "flaky-tests")?.[0];
    if (first !== id) {
      report(["ci", "jobs", id, "kind"], {
        came: `a second lane of flaky tests beside ${show(first)}`,
        expected: "one: its script is there once",
        remedy: "remove one of the two jobs",
      });
    }
    const tests = (job.needs ?? []).filter((needed) => service.ci.jobs[needed]?.kind === "test");
    if (tests.length > 0) return;
    report(["ci", "jobs", id, "needs"], {
      came: "no job whose test report it counts with",
      expected: 'jobs of kind "test"',
      remedy: "name those whose tests are marked",
    });
  }
}
