import { planProblem } from "../declaration/checks/plan";
import type { Fleet, ServiceEntry } from "../declaration/fleet";
import { missingSecrets } from "../declaration/missing-secrets";
import { stackNames } from "../declaration/stack-names";
import type { NewService } from "../scaffold/asked";
import { leftOut } from "../scaffold/shared-sections";
import { type Console, counted, mark, table } from "./console";
import { filesOf } from "./files-of";
import type { PlannedFile } from "./new-files";
import type { StackGrowth } from "./new-plan";

/** What was written, and what follows from it. */
export interface Report {
  readonly asked: NewService;
  readonly assumed: readonly string[];
  /** With the new service. */
  readonly fleet: Fleet;
  readonly entry: ServiceEntry;
  readonly files: readonly PlannedFile[];
  readonly stacks: readonly StackGrowth[];
}

const HONESTLY = "This is what the declarations say; no account was asked. npx cdktf plan asks what is there.";

export function printNew(report: Report, json: boolean, console: Console): void {
  const { asked, assumed, fleet, entry, files } = report;
  const { name } = asked;
  // What is shared comes first, then the service's own, in the order of their deployment.
  const own = Object.values(stackNames(entry.service));
  const stacks = report.stacks.toSorted((a, b) => own.indexOf(a.stack) - own.indexOf(b.stack));
  const written = files.map(({ path, before }) => ({ path, status: before === undefined ? "created" : "changed" }));
  const repository = filesOf(fleet, entry).map(({ path }) => path);
  const secrets = missingSecrets(entry);
  const without = leftOut(fleet.organization, asked);
  const next = nextCommands(name);
  if (json) {
    console.print(
      JSON.stringify(
        {
          service: name,
          kind: asked.kind,
          files: written,
          stacks,
          repositoryFiles: repository,
          missingSecrets: secrets,
          leftOut: without,
          assumed,
          note: HONESTLY,
          next: next.map(({ command }) => command),
        },
        undefined,
        2,
      ),
    );
    return;
  }
  for (const { path, status } of written) console.print(`${mark.ok} ${status} ${path}`);
  console.print(
    table(
      ["stack", "resources to create", "to change"],
      stacks.map(({ stack, create, change }) => [
        stack,
        Object.entries(create)
          .map(([type, count]) => `${count} ${type}`)
          .join("\n"),
        change.join("\n"),
      ]),
    ),
  );
  console.print(`${counted(repository.length, "file")} of its repository:`);
  for (const path of repository) console.print(`  ${path}`);
  console.print(`${counted(secrets.length, "secret")} that nobody has sealed yet:`);
  for (const { environment, key, owner } of secrets) console.print(`  ${environment}: ${key} (${owner})`);
  const { plan, licenses } = fleet.organization.github;
  for (const feature of without) {
    const problem = planProblem(feature, plan, asked.visibility, "", licenses);
    console.print(
      `${mark.skipped} without ${feature}: for a ${asked.visibility} repository that takes ${problem?.expected}`,
    );
  }
  for (const each of assumed) console.print(`${mark.skipped} assumed: ${each}`);
  console.print(HONESTLY);
  if (asked.kind === "cluster")
    console.print(
      "No image of it is there yet: docs/how-to/first-deployment.md brings it into the cluster phase by phase.",
    );
  console.print("Next:");
  for (const { command, why } of next) console.print(`  ${command}   # ${why}`);
}

function nextCommands(name: string): readonly { readonly command: string; readonly why: string }[] {
  return [
    { command: `npm run sandbox -- --service ${name}`, why: "deploys it on stand-ins" },
    {
      command: "UPDATE_GOLDEN=1 npx jest test/services/fleet.test.ts",
      why: "what follows from it, to be read in review",
    },
    { command: `npx cdktf plan '${name}-*'`, why: "on real accounts; then merge, and deploy.yml deploys it" },
    {
      command: `npx gatehouse files ${name} --pull-request`,
      why: "brings its files to its repository, as files.yml does",
    },
  ];
}
