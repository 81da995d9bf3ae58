import { deployingCommand } from "../deploys";
import { show } from "../problem";
import type { CheckContext } from "./context";

/** Jobs that a workflow of the library does: somebody says where it is, and their commands deploy nothing. */
export function libraryProblems({ organization, service, report }: CheckContext): void {
  for (const [id, job] of Object.entries(service.ci.jobs)) {
    const path = ["ci", "jobs", id];
    if (job.kind !== "test" && job.kind !== "scan" && job.kind !== "package" && job.kind !== "build") continue;
    if (organization.library === undefined) {
      report([...path, "kind"], {
        came: `${show(job.kind)}, which a workflow of the library does, and an organization without one`,
        expected: "organization.library: repository, commit and version",
        remedy: "say in services/organization.ts where the reusable workflows are",
      });
    }
    if (job.kind !== "test" && job.kind !== "build") continue;
    const deploys = deployingCommand(job.command);
    if (deploys === undefined) continue;
    report([...path, "command"], {
      came: `${show(deploys)} in the CI workflow, which pull requests start`,
      expected: "a command that checks and changes nothing outside",
      remedy: "deploy with a release, which only main can start",
    });
  }
}
