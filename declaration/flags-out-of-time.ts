import { PERMANENT } from "./flags";
import type { Service } from "./service";

/** A flag that should be gone, or whose dates can't be. */
export interface FlagOutOfTime {
  readonly service: string;
  readonly key: string;
  /** Role that answers for the flag. */
  readonly owner: string;
  readonly answer: "expired" | "reviewed later than today";
  /** The last day of the one that expired; the day of the review that has not been yet. `YYYY-MM-DD` */
  readonly day: string;
}

/**
 * Flags whose last day has passed, and flags that claim a review in the future, by which an end could be put off without end. The oldest first.
 * @param today `YYYY-MM-DD`, in UTC
 */
export function flagsOutOfTime(service: Pick<Service, "name" | "flags">, today: string): readonly FlagOutOfTime[] {
  return Object.entries(service.flags?.registry ?? {})
    .flatMap(([key, { owner, expires, reviewed }]): readonly FlagOutOfTime[] => {
      const flag = { service: service.name, key, owner };
      if (expires !== PERMANENT && expires < today) return [{ ...flag, answer: "expired", day: expires }];
      return reviewed > today ? [{ ...flag, answer: "reviewed later than today", day: reviewed }] : [];
    })
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}
