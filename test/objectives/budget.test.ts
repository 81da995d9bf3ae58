import type { Objective } from "../../declaration/objectives";
import type { Signal } from "../../declaration/telemetry";
import { attainment, budgetConsumed, budgetLeft } from "../../objectives/budget";
import { rawSeries, recordedSeries } from "../../objectives/objective-series";
import { prometheusRuleFile, ruleGroups } from "../../objectives/prometheus-rules";
import { describeWith } from "../support/programs";
import { everyKind, recordedBy } from "./observed";
import { testRules } from "./promtool";
import { type Phase, sampleSeries } from "./sample-series";

const scope = everyKind.telemetry?.stages.production?.where ?? {};
const signal = everyKind.telemetry?.signals.bad as Signal;
const objective = everyKind.objectives?.bad as Objective;

const sources = [
  ["raw", rawSeries(signal, objective, scope)],
  ["recorded", recordedSeries({ service: "every-kind", stage: "production", objective: "bad" }, "5m")],
] as const;

describeWith(["promtool"], "an error budget, as Prometheus computes it", () => {
  const service = { ...everyKind, objectives: { bad: objective }, alerts: {} };
  const file = prometheusRuleFile(ruleGroups(service, recordedBy()), "npx gatehouse slo export --format prometheus");

  test.each(sources)("of nothing is untouched, and of no series unknown (%s)", (_, source) => {
    const silence: Phase = { minutes: 60, events: 0, bad: 0 };
    const expected = {
      [budgetConsumed(objective, source)]: 0,
      [budgetLeft(objective, source)]: 1,
      [attainment(objective, source)]: 1,
    };
    const unknown = Object.fromEntries(Object.keys(expected).map((query) => [query, undefined]));
    expect(
      testRules(file, [
        { name: "nothing", series: sampleSeries(signal, {}, scope, [silence]), firing: {}, values: { 59: expected } },
        { name: "no series", series: [], firing: {}, values: { 59: unknown } },
      ]),
    ).toBe("");
  });

  test.each(sources)(
    "counts events, not hours: a bad quiet hour weighs less than a good busy one (%s)",
    (_, source) => {
      // 6,000 good events in one hour, then 60 of which all are bad: 1 % of all, where the average of the hours' ratios would be 50 %.
      const phases = [
        { minutes: 60, events: 100, bad: 0 },
        { minutes: 60, events: 1, bad: 1 },
      ];
      const near = (query: string, value: number) => `abs(${query} - ${value}) < bool 0.12`;
      expect(
        testRules(file, [
          {
            name: "quiet and bad",
            series: sampleSeries(signal, {}, scope, phases),
            firing: {},
            values: {
              119: {
                [near(budgetConsumed(objective, source), 1)]: 1,
                [near(budgetLeft(objective, source), 0)]: 1,
                [near(attainment(objective, source), 0.99)]: 1,
              },
            },
          },
        ]),
      ).toBe("");
    },
  );

  test.each(sources)("can be overdrawn (%s)", (_, source) => {
    const series = sampleSeries(signal, {}, scope, [{ minutes: 60, events: 100, bad: 0.02 }]);
    const rounded = (query: string) => `round(${query}, 0.001)`;
    expect(
      testRules(file, [
        {
          name: "overdrawn",
          series,
          firing: {},
          values: {
            59: {
              [rounded(budgetConsumed(objective, source))]: 2,
              [rounded(budgetLeft(objective, source))]: -1,
              [rounded(attainment(objective, source))]: 0.98,
            },
          },
        },
      ]),
    ).toBe("");
  });
});
