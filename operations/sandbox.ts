import type { Fleet } from "../declaration/fleet";
import { missingSecrets } from "../declaration/missing-secrets";
import { type Console, counted, mark, printable, seconds, table, wrapped } from "./console";
import { EXIT } from "./failure";
import { deployAll, type IncidentResult, playIncidents, type StackResult } from "./sandbox-run";
import { HONESTLY, keptSandbox, openSession, type SandboxSession } from "./sandbox-session";
import { type Selection, selectStacks, withDependencies } from "./synthesize";
import { findTerraform, type Terraform } from "./terraform";

export interface SandboxOptions extends Selection {
  readonly keep?: boolean | undefined;
  readonly json?: boolean | undefined;
  /** Root of the project. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/**
 * `gatehouse sandbox`: plans and deploys all services stage by stage, plans again, plays incidents, finds the drift and heals it.
 * Exit code 0 only if every step did what it says.
 */
export async function sandbox(fleet: Fleet, options: SandboxOptions, console: Console): Promise<number> {
  const started = performance.now();
  const terraform = await findTerraform(options.environment);
  const keepIn = options.keep === true ? keptSandbox(options.root) : undefined;
  const session = await openSession(fleet, terraform, {
    keepIn,
    environment: options.environment,
    signal: options.signal,
  });
  try {
    const selected = withDependencies(selectStacks(session.stacks, options), session.stacks);
    console.progress(
      `${mark.ok} synth   ${counted(session.stacks.length, "stack")} of ${counted(fleet.services.length, "service")} (${seconds(session.synthMilliseconds)})`,
    );
    const stacks = await deployAll(session, selected, console);
    options.signal.throwIfAborted();
    const incidents = stacks.every(({ settled }) => settled)
      ? await playIncidents(fleet, session, selected, console)
      : [];
    const report = { terraform, stacks, incidents, total: performance.now() - started, session, fleet, keepIn };
    const ok = stacks.every(({ settled }) => settled) && incidents.every(({ found, healed }) => found && healed);
    if (options.json === true) console.print(JSON.stringify(asJson(report, ok), undefined, 2));
    else printReport(report, ok, console);
    return ok ? EXIT.fine : EXIT.failed;
  } finally {
    await session.close();
  }
}

interface Report {
  readonly terraform: Terraform;
  readonly stacks: readonly StackResult[];
  readonly incidents: readonly IncidentResult[];
  readonly total: number;
  readonly session: SandboxSession;
  readonly fleet: Fleet;
  readonly keepIn: string | undefined;
}

function asJson({ terraform, stacks, incidents, total, session, fleet }: Report, ok: boolean) {
  return {
    ok,
    standIns: true,
    note: HONESTLY,
    terraform: { product: terraform.product, version: terraform.version },
    stacks,
    incidents,
    missingSecrets: fleet.services.flatMap(missingSecrets),
    milliseconds: { synth: session.synthMilliseconds, total },
  };
}

function printReport(
  { terraform, stacks, incidents, total, session, fleet, keepIn }: Report,
  ok: boolean,
  console: Console,
): void {
  console.print(
    table(
      ["stack", "created", "changed", "destroyed", "plan", "deploy", "plan again"],
      stacks.map(({ stack, planned, settled, problem, milliseconds }) => [
        stack,
        ...(planned === undefined ? ["", "", ""] : [planned.create, planned.change, planned.destroy].map(String)),
        seconds(milliseconds.plan),
        seconds(milliseconds.deploy),
        settled ? `no changes (${seconds(milliseconds.planAgain)})` : (problem?.split("\n")[0] ?? "failed"),
      ]),
    ),
  );
  if (incidents.length > 0) {
    console.print(
      table(
        ["incident", "path", "before", "after", "answer"],
        incidents.map(({ incident, address, drift, found, healed }) => [
          wrapped(incident, 28),
          wrapped([address ?? "", ...drift.map(({ path }) => path)].join("\n"), 46),
          wrapped(drift.map(({ before }) => shown(before)).join("\n"), 28),
          wrapped(drift.map(({ after }) => shown(after)).join("\n"), 28),
          healed ? `${mark.ok} found, healed` : found ? `${mark.failed} found, not healed` : `${mark.failed} not found`,
        ]),
      ),
    );
  } else console.print("no incident was played: nothing that one could be played on was deployed");
  printMissingSecrets(fleet, console);
  const verdict = ok
    ? `${mark.ok} every step did what it says`
    : `${mark.failed} not every step did what it says; see above`;
  console.print(
    `${verdict}: ${terraform.product} ${terraform.version}, synth ${seconds(session.synthMilliseconds)}, ${seconds(total)} in all.`,
  );
  if (keepIn !== undefined) console.print(`Kept in ${keepIn}; npx gatehouse sandbox --shell opens it.`);
  console.print(HONESTLY);
}

function shown(value: unknown): string {
  return printable(typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing"));
}

const MOST_ENVIRONMENTS_LISTED = 12;

/** Secrets that are declared and that nobody has sealed yet, an environment a line. They are not set: nothing is invented in their place. */
function printMissingSecrets(fleet: Fleet, console: Console): void {
  const missing = fleet.services.flatMap(missingSecrets);
  const places = new Map<string, string[]>();
  for (const { service, environment, key, optional } of missing) {
    const place = `${service}, ${environment}`;
    places.set(place, [...(places.get(place) ?? []), optional ? `${key} (optional)` : key]);
  }
  if (missing.length > 0)
    console.print(`${counted(missing.length, "declared secret")} that nobody has sealed yet, and so not set:`);
  for (const [place, keys] of [...places].slice(0, MOST_ENVIRONMENTS_LISTED))
    console.print(`  ${place}: ${keys.join(", ")}`);
  if (places.size > MOST_ENVIRONMENTS_LISTED) console.print("  … npx gatehouse check lists them all");
}
