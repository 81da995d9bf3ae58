import { dayOf } from "../declaration/calendar-day";
import { valueIn } from "../declaration/flag-document";
import { type Flag, OPENFEATURE_CALLS } from "../declaration/flags";
import { type FlagOutOfTime, flagsOutOfTime } from "../declaration/flags-out-of-time";
import type { Fleet } from "../declaration/fleet";
import type { Service } from "../declaration/service";
import { assertRight } from "../stacks/fleet-problems";
import { type Clock, systemClock } from "./clock";
import { type Console, counted, mark, printable, table, wrapped } from "./console";
import { declaredService } from "./declared-service";
import { EXIT } from "./failure";
import { type FlagFinding, flagFindings } from "./flag-findings";
import { outOfTimeLine } from "./flag-out-of-time-line";
import { type FlagTree, readFlagTree } from "./flag-tree";

export interface FlagsOptions {
  readonly service: string;
  /** Directory with the code whose uses are held against the registry. @default - the registry is listed, and no code looked at */
  readonly tree?: string | undefined;
  readonly json: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** A flag as it is listed. */
interface Row {
  readonly key: string;
  readonly owner: string;
  readonly description: string;
  readonly kind: string;
  readonly reviewed: string;
  readonly expires: string;
  readonly default: boolean | string;
  readonly values: Readonly<Record<string, boolean | string>>;
  /** Undefined without previews in a cluster. */
  readonly preview: boolean | string | undefined;
}

/**
 * `gatehouse flags <service>`: the registry of feature flags, and what of a tree of code doesn't fit it. Exit code 0 when all is well, 2 when a flag has expired
 * or something was found in the code, 1 when a file that may use flags could not be read.
 */
export async function flags(
  fleet: Fleet,
  options: FlagsOptions,
  console: Console,
  clock: Pick<Clock, "now"> = systemClock,
): Promise<number> {
  assertRight(fleet);
  const service = declaredService(fleet, options.service);
  const { registry, calls = OPENFEATURE_CALLS } = service.flags ?? { registry: {} };
  const outOfTime = flagsOutOfTime(service, dayOf(clock.now()));
  const tree = options.tree === undefined ? undefined : await readFlagTree(options.tree, calls, options.signal);
  const findings = tree === undefined ? [] : flagFindings(registry, tree);
  const rows = Object.entries(registry).map(([key, flag]) => rowOf(service, key, flag));
  if (options.json) {
    const code = tree && { ...tree, findings };
    console.print(JSON.stringify({ version: 1, service: service.name, flags: rows, outOfTime, code }, undefined, 2));
  } else {
    printRegistry(rows, outOfTime, service.name, console);
    if (tree !== undefined) printCode(tree, findings, console);
  }
  if (tree !== undefined && tree.unseen.length > 0) return EXIT.failed;
  return outOfTime.length + findings.length > 0 ? EXIT.found : EXIT.fine;
}

/** Stages where something reads flags. */
function stagesOf({ cluster, edge }: Service): readonly string[] {
  return [...new Set([...Object.keys(cluster?.stages ?? {}), ...Object.keys(edge?.workers ?? {})])];
}

function rowOf(service: Service, key: string, flag: Flag): Row {
  const { owner, description, reviewed, expires } = flag;
  return {
    key,
    owner,
    description,
    kind: flag.kind === "text" ? flag.choices.join(" | ") : flag.killSwitch ? "kill switch" : "boolean",
    reviewed,
    expires,
    default: flag.default,
    values: Object.fromEntries(stagesOf(service).map((stage) => [stage, valueIn(flag, stage)])),
    preview: service.cluster?.previews && (flag.preview ?? flag.default),
  };
}

function printRegistry(
  rows: readonly Row[],
  outOfTime: readonly FlagOutOfTime[],
  service: string,
  console: Console,
): void {
  if (rows.length > 0) {
    const stages = Object.keys(rows[0]?.values ?? {});
    const previews = rows[0]?.preview === undefined ? [] : ["previews"];
    const cells = rows.map((row) => [
      row.key,
      wrapped(row.description, 40),
      row.owner,
      wrapped(row.kind, 20),
      row.reviewed,
      row.expires,
      inWords(row.default),
      ...stages.map((stage) => inWords(row.values[stage])),
      ...previews.map(() => inWords(row.preview)),
    ]);
    const head = ["flag", "what it decides", "owner", "kind", "reviewed", "expires", "default", ...stages, ...previews];
    console.print(table(head, cells));
  }
  for (const flag of outOfTime) console.print(outOfTimeLine(flag));
  console.print(`${service}: ${counted(rows.length, "feature flag")}`);
}

function inWords(value: boolean | string | undefined): string {
  return typeof value === "boolean" ? (value ? "on" : "off") : (value ?? "");
}

function printCode({ files, uses, unseen }: FlagTree, findings: readonly FlagFinding[], console: Console): void {
  for (const { file, line, message } of findings) {
    const place = file === undefined ? "" : `${printable(`${file}:${line}`)}: `;
    console.print(`${mark.drift} ${place}${printable(message)}`);
  }
  for (const { file, why } of unseen)
    console.print(`${mark.failed} ${printable(file)}: could not be read: ${printable(why)}`);
  const good = findings.length + unseen.length === 0;
  console.print(
    `${good ? mark.ok : mark.drift} ${counted(uses.length, "use")} in ${counted(files, "file")} of JavaScript and TypeScript: ${counted(findings.length, "finding")}`,
  );
}
