import type { Judged } from "../gate/objective-verdict";
import { NOTICEABLE_SHARE_OF_BUDGET } from "../gate/worse-than-stable";

/** Counts of events as PromQL that can stand in any expression: a selection, or something in parentheses. */
export interface CountTerms {
  readonly bad: string;
  readonly total: string;
}

/** The normal distribution exceeds it with the probability `LARGEST_CHANCE`: one in a thousand. */
export const LEAST_DEVIATION = 3.0902;

/**
 * PromQL: has a value where the canary is worse than the stable version as `comparedWithStable` says it: by more than a share of the error
 * budget, and by more than chance. Nothing where it is not, or where the stable version has too few events to compare with.
 *
 * Fisher's exact test needs factorials, which PromQL has not, and a z-test of proportions (Yates' too) calls chance a difference where few events
 * are expected, as they are of a canary with 5 % of the traffic: up to twenty times too often. This is the signed root of the likelihood ratio,
 * corrected for continuity: of all bad events the canary has as many as a binomial distribution gives to its share of all events. The tails of that
 * distribution are heavier than those of Fisher's, so that this test is silent where that one is, and where bad events are rare (else the objective
 * fails on its own) asks for at most one bad event more as a rule. Both are tested over all small tables, and many great ones.
 *
 * Source: A. Agresti, Categorical Data Analysis, 3rd edition, sections 1.4.1 (likelihood ratio) and 3.5.1 (conditional distributions).
 */
export function worseThanStable(
  canary: CountTerms,
  stable: CountTerms,
  { target, minimumEvents }: Pick<Judged, "target" | "minimumEvents">,
): string {
  const enough = `(${stable.total} >= ${minimumEvents})`;
  const noticeable = `(${canary.bad} / ${canary.total} - ${stable.bad} / ${enough} > ${NOTICEABLE_SHARE_OF_BUDGET * (1 - target)})`;
  // For continuity, half an event is taken from the canary and given to the stable version.
  const [bad, stableBad] = [`(${canary.bad} - 0.5)`, `(${stable.bad} + 0.5)`];
  const direction = `(${bad} / ${canary.total} > ${stableBad} / ${stable.total})`;
  const perEvent = `((${canary.total} + ${stable.total}) / (${canary.bad} + ${stable.bad}))`;
  // Events, by how many were to be expected. The logarithm of less than 0 is NaN, which no comparison holds for: that is no difference.
  const term = (events: string, total: string) => `${events} * ln(${events} / ${total} * ${perEvent})`;
  const deviance = `${term(bad, canary.total)} + ${term(stableBad, stable.total)}`;
  return `(${noticeable} and ${direction} and (${deviance} > ${LEAST_DEVIATION ** 2 / 2}))`;
}
