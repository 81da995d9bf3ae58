import type { Objective } from "../declaration/objectives";
import { show } from "../declaration/problem";
import { runbookPath } from "../declaration/runbook-paths";
import type { Signal } from "../declaration/telemetry";
import type { AlertRule } from "./alert-rule";
import { burnValue, orZero, unlessPaged } from "./burn-values";
import { duration } from "./duration";
import { type ObjectiveSeries, rawSeries, recordedSeries } from "./objective-series";
import type { ObservedStage } from "./observed-stage";
import { finished } from "./promql";
import { objectiveRuleNames } from "./rule-names";
import { capped, OBJECTIVE_SEVERITIES, teamOf } from "./rule-routing";
import { burnWindows, leastWindowSeconds, ratioWindows } from "./windows";

/** A scrape or two may fail; after so long the series are gone. Seconds. */
const ABSENT_AFTER_SECONDS = 600;
/** A store that just started has no past yet. Seconds. */
const ABSENT_FOR_SECONDS = 300;

/** The signal of an objective. Throws when there is none: declarations are checked for that before. */
export function signalOf({ service, telemetry }: ObservedStage, key: string, objective: Objective): Signal {
  const signal = telemetry.signals[objective.signal];
  if (signal === undefined)
    throw new Error(`service ${show(service.name)}, objective ${show(key)}: no signal ${show(objective.signal)}`);
  return signal;
}

/** Where rules about an objective look: what was recorded, or the signal's own series. */
export function objectiveSeries(
  at: ObservedStage,
  key: string,
  objective: Objective,
  asRecorded: boolean,
): ObjectiveSeries {
  if (!asRecorded) return rawSeries(signalOf(at, key, objective), objective, at.scope.where);
  const [shortest = 300] = ratioWindows(objective, at.dataSource.scrapeSeconds);
  return recordedSeries({ service: at.service.name, stage: at.stage, objective: key }, duration(shortest));
}

/**
 * The three alerts of an objective: its budget burns so fast that somebody is woken (page), or so that it is looked at in working hours
 * (ticket, a warning), or nothing is measured at all (absent). The last is critical, not a page: nobody knows that customers feel anything,
 * and what does not answer at all is told by a probe.
 */
export function objectiveRules(
  at: ObservedStage,
  key: string,
  objective: Objective,
  asRecorded: boolean,
): readonly AlertRule[] {
  const { service, stage, scope, dataSource } = at;
  const names = objectiveRuleNames(key);
  const source = objectiveSeries(at, key, objective, asRecorded);
  const pairs = burnWindows(objective, dataSource.scrapeSeconds);
  const answered = (answer: "page" | "ticket") => pairs.filter((pair) => pair.answer === answer);
  const page = () => burnValue(objective, source, answered("page"));
  const ticket = unlessPaged(burnValue(objective, source, answered("ticket")), page());
  const lookback = duration(Math.max(ABSENT_AFTER_SECONDS, leastWindowSeconds(dataSource.scrapeSeconds)));
  const common = {
    origin: { objective: key },
    signal: objective.signal,
    comparison: { operator: "above", threshold: 1 },
    team: teamOf(service, objective.owner),
    runbook: runbookPath(objective.runbook),
  } as const;
  const promise = `${percent(objective.target)} over ${objective.windowDays} days`;
  return [
    {
      ...common,
      name: names.page,
      query: finished(page()),
      // The short window already asks whether it goes on.
      forSeconds: 0,
      severity: capped(OBJECTIVE_SEVERITIES.page, scope),
      summary: `${service.name} ${stage}: the error budget of ${key} (${promise}) burns fast: ${shares(answered("page"))}`,
      action:
        "Stop the burning first: roll back what was released last if it began with it; the runbook says what then",
      noData: "NoData",
    },
    {
      ...common,
      name: names.ticket,
      query: finished(ticket),
      forSeconds: 0,
      severity: capped(OBJECTIVE_SEVERITIES.ticket, scope),
      summary: `${service.name} ${stage}: the error budget of ${key} (${promise}) burns slowly: ${shares(answered("ticket"))}`,
      action: "Find the cause within working hours: at this pace the budget does not last",
      noData: "NoData",
    },
    {
      ...common,
      name: names.absent,
      query: finished(orZero(source.absent(lookback))),
      comparison: { operator: "above", threshold: 0 },
      forSeconds: ABSENT_FOR_SECONDS,
      severity: capped(OBJECTIVE_SEVERITIES.absent, scope),
      summary: `${service.name} ${stage}: nothing is measured for ${key}: no series for ${lookback}`,
      action:
        "See whether the service runs and is scraped, and whether a metric or label was renamed; till then nobody knows",
      noData: "Alerting",
    },
  ];
}

function shares(pairs: readonly { readonly budgetShare: number; readonly longSeconds: number }[]): string {
  return pairs
    .map(({ budgetShare, longSeconds }) => `${percent(budgetShare)} of it in ${duration(longSeconds)}`)
    .join(" or ");
}

function percent(ratio: number): string {
  return `${Number((ratio * 100).toPrecision(12))} %`;
}
