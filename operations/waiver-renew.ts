import { dayOf } from "../declaration/calendar-day";
import { didYouMean } from "../declaration/problem";
import type { Waiver } from "../policies/waiver";
import { WAIVERS_FILE } from "../policies/waiver-fault";
import { withChanges } from "../policies/waivers-text";
import { type Clock, systemClock } from "./clock";
import type { Console } from "./console";
import { Failure } from "./failure";
import { changeWaiver, lastDay, sayWritten, type WaiverTerm } from "./waiver-change";

export interface WaiverRenewOptions extends WaiverTerm, Pick<Waiver, "id" | "approver" | "reason"> {
  /** @default - as before */
  readonly owner?: string | undefined;
  /** @default - as before */
  readonly ticket?: string | undefined;
  /** The directory that has `policies/`. */
  readonly root: string;
  readonly json: boolean;
}

/** `gatehouse waiver renew <id>`: lets a waiver hold again from today, by a new approval and for a new reason. */
export async function waiverRenew(
  options: WaiverRenewOptions,
  console: Console,
  clock: Pick<Clock, "now"> = systemClock,
): Promise<number> {
  const { id, approver, reason, owner, ticket, root, json } = options;
  const today = dayOf(clock.now());
  const expires = lastDay(options, today);
  const said = { ...(owner !== undefined && { owner }), ...(ticket !== undefined && { ticket }) };
  const waiver = await changeWaiver({
    root,
    today,
    edit: (text, { waivers }) => {
      const content = withChanges(text, id, { ...said, reason, approver, created: today, expires });
      const ids = waivers.map((each) => each.waiver.id);
      if (content === undefined)
        throw new Failure(
          `nothing was written: no waiver in ${WAIVERS_FILE} has the id "${id}"${didYouMean(id, ids)}\nnpx gatehouse waiver list shows those that there are`,
        );
      if (waivers.some((each) => each.waiver.id === id && each.waiver.reason === reason))
        throw new Failure(
          `nothing was written: the reason is that of before, by which it should have ended\nsay why ${id} is still needed: --reason <text>`,
        );
      return { content, id };
    },
  });
  return sayWritten(waiver, json, console);
}
