import type { Opening } from "../declaration/break-glass";
import { type OpeningState, openingState } from "../declaration/break-glass-opening";
import type { Fleet } from "../declaration/fleet";
import { isManaged } from "../declaration/phase";
import type { Service } from "../declaration/service";
import { repositoryStackName } from "../declaration/stack-names";
import { assertRight } from "../stacks/fleet-problems";
import { type Clock, systemClock } from "./clock";
import { type Console, counted, mark, printable, table } from "./console";
import { declaredService } from "./declared-service";
import { EXIT } from "./failure";

export interface BreakGlassOptions {
  /** @default - every service */
  readonly service?: string | undefined;
  /** Nothing but the stacks that a deployment brings to what holds now. */
  readonly stacks: boolean;
  readonly json: boolean;
}

interface Row extends Opening {
  readonly service: string;
  /** Team that may pass the rules of `main` by. */
  readonly team: string;
  readonly state: OpeningState;
}

/** A run that failed, or did not happen, has so long to be made up for; later it is drift. Milliseconds. */
const STILL_DEPLOYED = 3 * 3_600_000;
const SYMBOL = { "to come": mark.skipped, open: mark.drift, ended: mark.ok } as const;

/**
 * `gatehouse break-glass`: when the rules of `main` may be passed by, of which service, by whom and why; the newest first.
 * With `stacks`, the repository stacks with an opening that has begun or ended in the last three hours: deployed every so often, they open and close in time.
 * @returns exit code 0
 */
export async function breakGlass(
  fleet: Fleet,
  options: BreakGlassOptions,
  console: Console,
  clock: Pick<Clock, "now"> = systemClock,
): Promise<number> {
  assertRight(fleet);
  const { service } = options;
  const services =
    service === undefined ? fleet.services.map((entry) => entry.service) : [declaredService(fleet, service)];
  const rows = services
    .filter(isManaged)
    .flatMap((each) => rowsOf(each, clock.now()))
    .toSorted((a, b) => (a.from > b.from ? -1 : 1));
  if (options.stacks) {
    const isFresh = (time: string) => {
      const since = clock.now() - Date.parse(time);
      return since >= 0 && since < STILL_DEPLOYED;
    };
    const fresh = rows.filter(({ from, until }) => isFresh(from) || isFresh(until));
    for (const name of new Set(fresh.map((row) => repositoryStackName(row.service)))) console.print(name);
  } else if (options.json) console.print(JSON.stringify({ version: 1, openings: rows }, undefined, 2));
  else print(rows, console);
  return EXIT.fine;
}

function rowsOf({ name, main, owners }: Service, now: number): readonly Row[] {
  const { role = "", openings = [] } = main.breakGlass ?? {};
  const team = owners[role]?.team ?? role;
  return openings.map((opening) => ({ service: name, team, state: openingState(opening, now), ...opening }));
}

function print(rows: readonly Row[], console: Console): void {
  const cells = rows.map(({ service, team, from, until, state, reason, ticket, approver }) => [
    ...[service, `@${team}`, from, until].map(printable),
    `${SYMBOL[state]} ${state}`,
    ...[reason, ticket, approver].map(printable),
  ]);
  if (cells.length > 0)
    console.print(table(["service", "who", "from", "until", "state", "reason", "ticket", "approver"], cells));
  const open = rows.filter(({ state }) => state === "open").length;
  console.print(
    open === 0
      ? `${mark.ok} the rules of main hold for everyone, everywhere`
      : `${mark.drift} ${counted(open, "exception")} from the rules of main ${open === 1 ? "is" : "are"} open now`,
  );
}
