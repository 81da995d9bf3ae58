import { badRatio, type EventCounts } from "./counts";
import { chanceOfAsMany } from "./fisher-exact";

/**
 * Chance alone may give a difference less often than once in a thousand comparisons, or it does not count. A release of four steps with four
 * objectives makes sixteen comparisons: at the usual one in a hundred, up to one healthy release in seven would be stopped; so it is one in sixty.
 */
export const LARGEST_CHANCE = 0.001;

/** A canary that spends less than a tenth of the error budget more than the stable version is as good, however sure the difference is. */
export const NOTICEABLE_SHARE_OF_BUDGET = 0.1;

/** How a canary compares with the stable version. */
export interface Comparison {
  readonly worse: boolean;
  /** Bad of all of the canary, less that of the stable version. */
  readonly difference: number;
  /** How likely chance alone gives the canary so many bad events, if both are equally good. */
  readonly chance: number;
}

/** Worse is: by more than chance explains, and by enough to be noticed in the error budget. Both have events. */
export function comparedWithStable(canary: EventCounts, stable: EventCounts, target: number): Comparison {
  const difference = badRatio(canary) - badRatio(stable);
  const chance = chanceOfAsMany(canary, stable);
  const noticeable = NOTICEABLE_SHARE_OF_BUDGET * (1 - target);
  return { worse: difference > noticeable && chance < LARGEST_CHANCE, difference, chance };
}
