import { dayOf, daysBetween } from "../declaration/calendar-day";
import type { Fleet } from "../declaration/fleet";
import { verdictOf } from "../policies/report";
import { WAIVERS_FILE } from "../policies/waiver-fault";
import { documentOf } from "../policies/waiver-scope";
import type { StandingWaiver } from "../policies/waivers-applied";
import { type Clock, systemClock } from "./clock";
import { type Console, counted, mark, printable, table, wrapped } from "./console";
import { EXIT } from "./failure";
import { type JudgeOptions, judge } from "./policy";
import { unanswered } from "./policy-report";
import { printWaivers } from "./waived-report";

export interface WaiverListOptions extends JudgeOptions {
  readonly json: boolean;
}

const HEAD = ["waiver", "rule", "in", "state", "days left", "uses", "owner", "approver", "ticket"] as const;
const WIDTH = 32;

const SYMBOL: Readonly<Record<StandingWaiver["state"], string>> = {
  "in use": mark.ok,
  "not judged": mark.skipped,
  unused: mark.drift,
  expired: mark.drift,
  "at fault": mark.drift,
};

/**
 * `gatehouse waiver list`: the waivers, how long each still holds, and what uses it in what Gatehouse makes, or in files that are given. Exit code 0
 * when all hold, 2 when one has a fault, 1 when something could not be judged.
 */
export async function waiverList(
  fleet: Fleet,
  options: WaiverListOptions,
  console: Console,
  clock: Pick<Clock, "now"> = systemClock,
): Promise<number> {
  const { report, standing } = await judge(fleet, options, clock);
  const rows = standing.map((each) => ({ ...each, daysLeft: daysLeft(each, dayOf(clock.now())) }));
  const { faults } = report;
  if (options.json) {
    const waivers = rows.map(({ waiver, ...rest }) => ({ ...waiver, ...rest }));
    const list = { version: 1, file: WAIVERS_FILE, waivers, faults, unanswered: unanswered(report) };
    console.print(JSON.stringify(list, undefined, 2));
  } else {
    const cells = rows.map(({ waiver: { id, rule, scope, owner, approver, ticket }, state, uses, daysLeft }) =>
      [id, rule, documentOf(scope), `${SYMBOL[state]} ${state}`, `${daysLeft}`, `${uses}`, owner, approver, ticket].map(
        (cell, index) => (index === 3 ? cell : wrapped(printable(cell), WIDTH)),
      ),
    );
    if (cells.length > 0) console.print(table(HEAD, cells));
    printWaivers({ waived: [], faults }, console);
    for (const { what, why } of unanswered(report))
      console.print(`${mark.failed} ${printable(what)}: ${printable(why)}`);
    console.print(`${counted(rows.length, "waiver")} in ${WAIVERS_FILE}, ${counted(faults.length, "fault")}`);
  }
  if (verdictOf({ ...report, findings: [], faults: [] }) === "unknown") return EXIT.failed;
  return faults.length > 0 ? EXIT.found : EXIT.fine;
}

/** On the last day none; negative afterwards. */
function daysLeft({ waiver }: StandingWaiver, today: string): number {
  return daysBetween(today, waiver.expires);
}
