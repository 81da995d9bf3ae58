import type { FlagOutOfTime } from "../declaration/flags-out-of-time";
import { mark } from "./console";

/** What is said of a flag out of its time, with what to do. */
export function outOfTimeLine({ service, key, owner, answer, day }: FlagOutOfTime): string {
  return answer === "expired"
    ? `${mark.drift} ${service}: the flag ${key} expired on ${day} (${owner}); remove it from code and declaration, or review it again: docs/how-to/feature-flags.md`
    : `${mark.drift} ${service}: the flag ${key} says it was reviewed on ${day}, which is yet to come (${owner}); write the day of the review`;
}
