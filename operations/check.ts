import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { flagsOutOfTime } from "../declaration/flags-out-of-time";
import type { Fleet } from "../declaration/fleet";
import { missingSecrets } from "../declaration/missing-secrets";
import { overdueSecrets } from "../declaration/overdue-secrets";
import { formatProblem } from "../declaration/problem";
import { sortedByName } from "../declaration/sorted-by-name";
import { thingsInPhase } from "../declaration/stateful-things";
import { fleetProblems } from "../stacks/fleet-problems";
import { type Console, counted, mark, printable } from "./console";
import { EXIT } from "./failure";
import { replaceFile } from "./file-beside";
import { outOfTimeLine } from "./flag-out-of-time-line";
import { toTheSecond } from "./sealing-times";

export interface CheckOptions {
  /** Root of the project, where `services/` lies. */
  readonly root: string;
  /** Add new stateful things to the services' records first. Never changes or removes a line: that is for people to decide. */
  readonly record: boolean;
  readonly json: boolean;
  /** The time that rotations and the ends of flags are compared with. @default - now */
  readonly now?: Date | undefined;
}

/**
 * `gatehouse check`: validates declarations, lists secrets that nobody has sealed yet, and reports rotations that are overdue and feature flags that
 * have expired. Exit code 1 for a mistake, 2 for something overdue or expired, else 0.
 */
export async function check(fleet: Fleet, options: CheckOptions, console: Console): Promise<number> {
  const checked = options.record ? await recordStateful(fleet, options.root, console) : fleet;
  const problems = fleetProblems(checked);
  const missing = problems.length === 0 ? checked.services.flatMap(missingSecrets) : [];
  const now = toTheSecond((options.now ?? new Date()).getTime());
  const overdue = problems.length === 0 ? checked.services.flatMap((entry) => overdueSecrets(entry, now)) : [];
  const flags =
    problems.length === 0 ? checked.services.flatMap(({ service }) => flagsOutOfTime(service, now.slice(0, 10))) : [];
  const late = overdue.length + flags.length > 0;
  const exitCode = problems.length > 0 ? EXIT.failed : late ? EXIT.found : EXIT.fine;
  if (options.json) {
    console.print(
      JSON.stringify(
        {
          services: checked.services.length,
          problems,
          missingSecrets: missing,
          overdueSecrets: overdue,
          flagsOutOfTime: flags,
        },
        undefined,
        2,
      ),
    );
    return exitCode;
  }
  for (const problem of problems) console.print(`${printable(formatProblem(problem))}\n`);
  if (problems.length > 0) {
    console.print(`${mark.failed} ${counted(problems.length, "problem")} in ${described(checked)}`);
    return exitCode;
  }
  console.print(`${mark.ok} ${described(checked)}: no problem`);
  for (const { service, environment, key, owner, optional } of missing) {
    console.print(
      `${mark.skipped} ${service}, ${environment}: ${key} is sealed by nobody yet (${optional ? "optional, " : ""}${owner})`,
    );
  }
  for (const { service, environment, key, owner, rotateBy } of overdue) {
    console.print(
      `${mark.drift} ${service}, ${environment}: ${key} was to be rotated by ${rotateBy} (${owner}); see the runbook docs/runbooks/secret-leak.md`,
    );
  }
  for (const flag of flags) console.print(outOfTimeLine(flag));
  return exitCode;
}

function described(fleet: Fleet): string {
  const { length } = fleet.services;
  return length === 0
    ? "the organization, which has no services yet"
    : `the organization and ${counted(length, "service")}`;
}

/** The fleet with every new stateful thing recorded, on disk too. */
async function recordStateful(fleet: Fleet, root: string, console: Console): Promise<Fleet> {
  const services = [];
  for (const entry of fleet.services) {
    const added = Object.entries(thingsInPhase(entry)).filter(([address]) => !Object.hasOwn(entry.stateful, address));
    if (added.length === 0) {
      services.push(entry);
      continue;
    }
    const file = join(root, "services", `${entry.service.name}.stateful.json`);
    const stateful = { ...(await readRecord(file)), ...Object.fromEntries(added) };
    const sorted = sortedByName(stateful);
    replaceFile(file, `${JSON.stringify(sorted, undefined, 2)}\n`, { durable: true });
    for (const [address, name] of added) console.progress(`recorded ${address} → ${name}`);
    services.push({ ...entry, stateful: sorted });
  }
  return { ...fleet, services };
}

async function readRecord(file: string): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Record<string, string>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
}
