import { dayOf } from "../declaration/calendar-day";
import type { Waiver, WaiverScope } from "../policies/waiver";
import { withWaiver } from "../policies/waivers-text";
import { type Clock, systemClock } from "./clock";
import type { Console } from "./console";
import { changeWaiver, lastDay, sayWritten, type WaiverTerm } from "./waiver-change";

export interface WaiverAddOptions
  extends WaiverTerm,
    Pick<Waiver, "rule" | "owner" | "approver" | "reason" | "ticket"> {
  /** @default - the rule's id and the day */
  readonly id?: string | undefined;
  readonly scope: WaiverScope;
  /** The directory that has `policies/`. */
  readonly root: string;
  readonly json: boolean;
}

/** `gatehouse waiver add`: writes one more waiver, if nothing is wrong with it. */
export async function waiverAdd(
  options: WaiverAddOptions,
  console: Console,
  clock: Pick<Clock, "now"> = systemClock,
): Promise<number> {
  const { rule, scope, owner, approver, reason, ticket, root, json } = options;
  const today = dayOf(clock.now());
  const expires = lastDay(options, today);
  const waiver = await changeWaiver({
    root,
    today,
    edit: (text, { waivers }) => {
      const id = options.id ?? freeId(rule, today, new Set(waivers.map((each) => each.waiver.id)));
      const added = { id, rule, scope, owner, reason, approver, created: today, expires, ticket };
      return { content: withWaiver(text, added), id };
    },
  });
  return sayWritten(waiver, json, console);
}

/** With the day in it, no id comes again. */
function freeId(rule: string, today: string, taken: ReadonlySet<string>): string {
  const id = `${rule.replace(/^.*\//, "")}-${today}`;
  for (let number = 2; ; number++) {
    const numbered = number === 2 && !taken.has(id) ? id : `${id}-${number}`;
    if (!taken.has(numbered)) return numbered;
  }
}
