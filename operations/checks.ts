import type { Fleet, ServiceEntry } from "../declaration/fleet";
import { inPhase } from "../declaration/in-phase";
import { isManaged } from "../declaration/phase";
import { assertRight } from "../stacks/fleet-problems";
import { type RequiredCheck, requiredCheckRows } from "../workflows/ci/required-check-rows";
import { pathOfPullRequest } from "../workflows/ci/within-minutes";
import { code, table as markdownTable } from "../workflows/documents/markdown";
import { type Console, table } from "./console";
import { declaredEntry } from "./declared-service";
import { EXIT } from "./failure";

export interface ChecksOptions {
  /** @default - every service */
  readonly service?: string | undefined;
  readonly format: "text" | "json" | "markdown";
}

/** How long a pull request may wait for its required checks, and for which jobs. */
interface Wait {
  readonly service: string;
  readonly minutes: number;
  readonly jobs: readonly string[];
}

const HEAD = ["Service", "Required check", "Workflow", "Job", "Gate"] as const;

/** `gatehouse checks`: which checks `main` of each service requires today, and the workflow, job and gate that each comes from. */
export async function checks(fleet: Fleet, { service, format }: ChecksOptions, console: Console): Promise<number> {
  assertRight(fleet);
  const entries = service === undefined ? fleet.services : [declaredEntry(fleet, service)];
  const managed = entries.filter((entry) => isManaged(entry.service)).map((entry: ServiceEntry) => inPhase(entry));
  const rows = managed.flatMap(requiredCheckRows);
  const waits = managed.map((each) => ({ service: each.name, ...pathOfPullRequest(each) }));
  if (format === "json") console.print(JSON.stringify({ checks: rows, waits }, undefined, 2));
  else if (format === "markdown") console.print(markdown(rows, waits, service).trimEnd());
  else {
    console.print(table(HEAD, rows.map(cells)));
    for (const { service: name, minutes, jobs } of waits)
      console.print(`${name}: at most ${minutes} minutes, ${jobs.join(" → ")}`);
  }
  return EXIT.fine;
}

function cells({ service, check, workflow, job, gate }: RequiredCheck): readonly string[] {
  return [service, check, workflow, job, gate ?? "–"];
}

function markdown(rows: readonly RequiredCheck[], waits: readonly Wait[], service: string | undefined): string {
  const command = `npx gatehouse checks${service === undefined ? "" : ` --service ${service}`} --markdown`;
  const blocks = [
    `<!--\nMade by Gatehouse from services/; do not edit.\nMake it again: ${command} > docs/reference/required-checks.md\n-->`,
    "# Required checks",
    "What `main` of each service requires today before a pull request can be merged, and where each check comes from. Names, workflows and jobs follow from the same declaration as the rulesets.",
    markdownTable(
      HEAD,
      rows.map(({ gate, ...row }) => [...[row.service, row.check, row.workflow, row.job].map(code), gate ?? ""]),
    ).join("\n"),
    "## The longest wait",
    "For all of them, once there are runners: the longest way over jobs that wait for one another, by their timeouts.",
    markdownTable(
      ["Service", "Minutes", "Jobs"],
      waits.map(({ service: name, minutes, jobs }) => [code(name), String(minutes), jobs.map(code).join(" → ")]),
    ).join("\n"),
  ];
  return `${blocks.join("\n\n")}\n`;
}
