import type { Objective } from "../../declaration/objectives";
import type { Matchers } from "../../declaration/selector";
import type { Service } from "../../declaration/service";
import type { Signal } from "../../declaration/telemetry";
import type { AlertRule } from "../../objectives/alert-rule";
import { prometheusRuleFile, ruleGroups } from "../../objectives/prometheus-rules";
import { objectiveRuleNames } from "../../objectives/rule-names";
import { stageRules } from "../../objectives/stage-rules";
import { burnThreshold, burnWindows } from "../../objectives/windows";
import { relay } from "../../services/relay";
import { describeWith } from "../support/programs";
import { everyKind, recordedBy } from "./observed";
import { type Scenario, testRules } from "./promtool";
import { type Phase, sampleSeries } from "./sample-series";

const COMMAND = "npx gatehouse slo export --format prometheus";
const SCRAPE_SECONDS = 15;

/** promtool of Prometheus 2 can't write native histograms. */
const writable = (signal: Signal) => signal.kind !== "latency" || signal.histogram === "classic";

/** In a gauge of one probe, one bad minute is a burst: it can't burn slowly, and it always has samples. */
const gauges = (signal: Signal) =>
  signal.kind === "saturation" || (signal.kind === "probe" && signal.source !== "synthetic");

/** What happens to an objective, and what is told of it; rules are evaluated every `step` minutes. */
function scenarios(
  key: string,
  objective: Objective,
  signal: Signal,
  where: Matchers,
  step: number,
): readonly Scenario[] {
  const series = (phases: readonly Phase[]) => sampleSeries(signal, objective, where, phases);
  const at = (minute: number) => Math.ceil(minute / step) * step;
  const { page, ticket, absent } = objectiveRuleNames(key);
  const pairs = burnWindows(objective, SCRAPE_SECONDS);
  const threshold = (index: number) => burnThreshold(objective, pairs[index] ?? { burn: Number.NaN });
  const events = Math.max(objective.minimumEvents, 60);
  const healthy: Phase = { minutes: 60, events, bad: 0 };
  // After a healthy hour: so many bad minutes make the share of the fastest page.
  const paged = Math.ceil(threshold(0) * 60) + 2;
  const over = 60 + paged + step;
  const all: Scenario[] = [
    {
      name: "health, total outage, recovery",
      series: series([healthy, { minutes: paged + step, events, bad: 1 }, { minutes: 60, events, bad: 0 }]),
      // The longest short window of the pages is half an hour, that of the tickets six hours.
      firing: { [at(30)]: [], [at(55)]: [], [at(60 + paged)]: [page], [at(over + 32)]: [ticket] },
    },
    { name: "no series at all", series: [], firing: { 0: [], [at(6)]: [absent] } },
    {
      name: "series that end",
      series: series([healthy, { minutes: 60, events: -1, bad: 0 }]),
      firing: { [at(55)]: [], [at(95)]: [absent] },
    },
  ];
  if (gauges(signal)) return all;
  all.push(
    {
      name: "slow burn",
      // Faster than the slowest ticket wants, slower than the slowest page does.
      series: series([{ minutes: 180, events, bad: (threshold(1) + threshold(2)) / 2 }]),
      firing: { [at(60)]: [ticket], [at(175)]: [ticket] },
    },
    {
      name: "slowest burn that opens a ticket",
      series: series([{ minutes: 90, events, bad: (threshold(2) + threshold(3)) / 2 }]),
      firing: { [at(60)]: [ticket] },
    },
    {
      name: "slowest burn that pages",
      series: series([{ minutes: 90, events, bad: (threshold(0) + threshold(1)) / 2 }]),
      firing: { [at(60)]: [page] },
    },
    {
      name: "burn within the budget",
      series: series([{ minutes: 90, events, bad: threshold(3) * 0.95 }]),
      firing: { [at(60)]: [] },
    },
    {
      name: "zero traffic after some",
      series: series([healthy, { minutes: 60, events: 0, bad: 0 }]),
      firing: { [at(65)]: [], [at(115)]: [] },
    },
    { name: "zero traffic", series: series([{ minutes: 60, events: 0, bad: 0 }]), firing: { [at(55)]: [] } },
  );
  if (objective.minimumEvents === 1) return all;
  // The longest window is three days.
  const few = (objective.minimumEvents - 2) / (3 * 24 * 60);
  all.push({
    name: "low traffic, all of it bad",
    series: series([{ minutes: 60, events: few, bad: 1 }]),
    firing: { [at(55)]: [] },
  });
  return all;
}

/** The rules that Grafana would have, as Prometheus would evaluate them. */
function rawFile(rules: readonly AlertRule[]): string {
  return prometheusRuleFile(
    [
      {
        name: "raw",
        interval: "5m",
        rules: rules.map(({ name, query, comparison, forSeconds }) => ({
          alert: name,
          expr: `(${query}) ${comparison.operator === "above" ? ">" : "<"} ${comparison.threshold}`,
          ...(forSeconds > 0 && { for: `${forSeconds}s` }),
          labels: {},
          annotations: {},
        })),
      },
    ],
    COMMAND,
  );
}

describeWith(["promtool"], "burn alerts, as Prometheus evaluates them", () => {
  for (const service of [relay as Service, everyKind]) {
    for (const [key, objective] of Object.entries(service.objectives ?? {})) {
      const signal = service.telemetry?.signals[objective.signal];
      if (signal === undefined || !writable(signal)) continue;
      const where = service.telemetry?.stages.production?.where ?? {};
      const alone: Service = { ...service, objectives: { [key]: objective }, alerts: {} };

      test(`${service.name}'s objective ${key} pages, opens tickets and is silent when it should, from recorded series`, () => {
        const file = prometheusRuleFile(ruleGroups(alone, recordedBy(), ["production"]), COMMAND);
        expect(
          testRules(file.replaceAll("interval: 1m", "interval: 2m"), scenarios(key, objective, signal, where, 2)),
        ).toBe("");
      });

      test(`${service.name}'s objective ${key} does the same from raw series`, () => {
        const file = rawFile(stageRules(alone, "production", recordedBy()).alerts);
        expect(testRules(file, scenarios(key, objective, signal, where, 5), 5)).toBe("");
      });
    }
  }
});
