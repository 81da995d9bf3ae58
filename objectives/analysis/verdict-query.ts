import type { GatedObjective, SeriesQueries } from "../gate/gate-plan";
import type { Judged } from "../gate/objective-verdict";
import { OLDEST_SAMPLE_SECONDS } from "../gate/staleness";
import { checkedPromql } from "../promql";
import { type CountTerms, worseThanStable } from "./worse-query";

/**
 * PromQL: one value without labels that a controller can judge an objective by, as `judged` in gate/objective-verdict does.
 * - the share of good events, 0 to 1: at least the target is well, less is a failure
 * - that share with a minus: the objective is attained, but the canary is worse than the stable version
 * - nothing, or no number: it can't be told, for want of series, events or new samples
 *
 * What was measured before the series ended can still fail: a canary that broke and then stopped is no healthy one.
 *
 * @param others counts of other objectives' series that have the labels of versions. One must be there before the whole stage is judged in place
 *   of the canary. Undefined: none need be, because some other objective gives no verdict where the labels are wrong.
 * @throws Error if Prometheus would refuse the query
 */
export function verdictQuery(
  { objective, measured, stable, versioned, wholeStage }: GatedObjective,
  others: readonly string[] | undefined,
): string {
  const own = judgedSeries(objective, measured, stable && terms(stable));
  if (wholeStage === undefined || versioned === undefined || others?.length === 0) return checkedPromql(own);
  const known = others === undefined ? "" : ` and (${others.map((other) => `(${other})`).join(" or ")})`;
  const all = judgedSeries(objective, wholeStage, undefined);
  return checkedPromql(`${own} or ((${all}) unless (${versioned})${known})`);
}

function judgedSeries(objective: Judged, measured: SeriesQueries, stable: CountTerms | undefined): string {
  const { target, minimumEvents } = objective;
  const { bad, total } = terms(measured);
  const good = `((${total} - ${bad}) / (${total} >= ${minimumEvents}))`;
  const fails = `(${good} < ${target})`;
  const fresh = `(time() - (${measured.newest}) <= ${OLDEST_SAMPLE_SECONDS})`;
  if (stable === undefined) return `${fails} or (${good} and ${fresh})`;
  const worse = `(-(${good} and ${worseThanStable({ bad, total }, stable, objective)}))`;
  return `${fails} or ${worse} or ((${good} unless ${strange(stable)}) and ${fresh})`;
}

function terms({ bad, total }: CountTerms): CountTerms {
  return { bad: `(${bad})`, total: `(${total})` };
}

/** Has a value where the counts are no numbers: then there is nothing to compare with, which is not the same as no events. */
function strange({ bad, total }: CountTerms): string {
  return `((${bad} + ${total}) * 0 != 0)`;
}
