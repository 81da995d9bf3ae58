import type { Service } from "../../declaration/service";
import type { AnalysisMetric, StageAnalysis } from "../../objectives/analysis-metric";
import { type StageAnalysisProps, stageAnalysis } from "../../objectives/canary-analysis";
import { promqlProblem, resultType } from "../../objectives/promql";
import { relay } from "../../services/relay";
import { type Changes, changed, REMOVED } from "../declaration/change";
import { measurementPhase } from "./measurement";
import { everyKind } from "./observed";

const CANARY = { observeSeconds: 300, versionLabel: "hash" };

function analysis(props: Partial<StageAnalysisProps> = {}, changes: Changes = {}): StageAnalysis {
  return stageAnalysis(changed(relay as Service, changes), "production", {
    canary: CANARY,
    scrapeSeconds: 15,
    ...props,
  });
}

function named(metrics: readonly AnalysisMetric[], name: string): AnalysisMetric {
  const found = metrics.find((metric) => metric.name === name);
  if (found === undefined) throw new Error(`no metric ${name}`);
  return found;
}

describe("what Argo Rollouts asks about a stage", () => {
  it("is one metric per objective, for the gate, the steps and the watch", () => {
    const { gate, step, watch } = analysis();
    for (const metrics of [gate, step, watch])
      expect(metrics.map(({ name }) => name)).toEqual(Object.keys(relay.objectives));
  });

  it("is the gate alone in a stage without canary", () => {
    const { gate, step, watch } = analysis({ canary: undefined });
    expect(gate).toEqual(analysis().gate);
    expect([step, watch]).toEqual([[], []]);
  });

  it("is the same each time it is asked", () => {
    expect(JSON.stringify(analysis())).toBe(JSON.stringify(analysis()));
  });

  it("is PromQL with one vector, whatever the kind of signal", () => {
    const { gate, step, watch } = stageAnalysis(everyKind, "production", { canary: CANARY, scrapeSeconds: 15 });
    for (const { query } of [...gate, ...step, ...watch]) {
      expect(promqlProblem(query)).toBeUndefined();
      expect(resultType(query)).toBe("vector");
    }
  });

  it("has the hashes of both versions where they are compared, and no version in the gate", () => {
    const { gate, step } = analysis();
    expect(named(step, "errors").query).toContain('hash="{{args.canary-hash}}"');
    expect(named(step, "errors").query).toContain('hash="{{args.stable-hash}}"');
    expect(named(step, "availability").query).not.toContain("stable-hash");
    for (const { query } of gate) expect(query).not.toContain("hash");
  });

  it("looks back over the observation in a step, and no further than the gate does in the watch", () => {
    const own = { "objectives.errors.gateMinutes": 5, "objectives.light-latency.gateMinutes": 20 };
    const { gate, step, watch } = analysis({ canary: { ...CANARY, observeSeconds: 900 } }, own);
    const windows = (metrics: readonly AnalysisMetric[], name: string) => [
      ...new Set(named(metrics, name).query.match(/\[\w+\]/g)),
    ];
    for (const name of ["errors", "light-latency", "webhook-latency"]) expect(windows(step, name)).toEqual(["[15m]"]);
    expect(windows(watch, "errors")).toEqual(["[5m]"]);
    expect(windows(watch, "light-latency")).toEqual(["[15m]"]);
    expect(windows(watch, "webhook-latency")).toEqual(["[10m]"]);
    expect(windows(gate, "light-latency")).toEqual(["[20m]"]);
  });

  it("judges the whole stage by probes without versions only where another objective knows versions", () => {
    const probes = (names: readonly string[]): Changes => ({
      objectives: Object.fromEntries(names.map((name) => [name, relay.objectives.availability])),
    });
    // The errors have versions in any case, or give no verdict.
    expect(named(analysis().step, "availability").query).toContain(") unless (");
    // A lone probe without versions would let the stable version judge each canary.
    expect(analysis({}, probes(["availability"])).step[0]?.query).not.toContain(" unless ");
    const pool = {
      ...relay.objectives.availability,
      signal: "database",
      limit: 0.9,
    };
    const { step } = analysis({}, { objectives: { availability: relay.objectives.availability, pool } });
    expect(named(step, "availability").query).toMatch(/\) and \(\(count_over_time\(.*db_pool/);
    expect(named(step, "pool").query).toMatch(/\) and \(\(sum\(count_over_time\(probe_success/);
  });
});

describe("how it goes on asking", () => {
  it("a step ends at the first verdict, and waits for one a day", () => {
    expect(named(analysis().step, "errors")).toMatchObject({
      interval: "30s",
      count: 2881,
      consecutiveSuccessLimit: 1,
      failureLimit: 0,
      inconclusiveLimit: 2880,
      consecutiveErrorLimit: 30,
    });
  });

  it("the gate ends at the first verdict, and waits for one five minutes", () => {
    expect(named(analysis().gate, "errors")).toMatchObject({
      interval: "30s",
      count: 11,
      consecutiveSuccessLimit: 1,
      failureLimit: 0,
      inconclusiveLimit: 10,
    });
  });

  it("the watch goes on for ever without data, and fails at the third failure", () => {
    const watch = named(analysis().watch, "errors");
    expect(watch).toMatchObject({ interval: "30s", failureLimit: 2, inconclusiveLimit: 2_147_483_647 });
    expect(watch).not.toHaveProperty("count");
    expect(watch).not.toHaveProperty("consecutiveSuccessLimit");
  });

  it("nothing is asked more often than Prometheus scrapes", () => {
    const { gate, step, watch } = analysis({ canary: { ...CANARY, observeSeconds: 600 }, scrapeSeconds: 120 });
    for (const { interval } of [...gate, ...step, ...watch]) expect(interval).toBe("2m");
  });

  it("limits are what Argo Rollouts takes: none below 0, and no more looks than are counted to", () => {
    const { gate, step, watch } = analysis({ canary: { ...CANARY, observeSeconds: 75 } });
    for (const { count, failureLimit, inconclusiveLimit, consecutiveSuccessLimit = 0 } of [
      ...gate,
      ...step,
      ...watch,
    ]) {
      expect(failureLimit).toBeGreaterThanOrEqual(0);
      expect(inconclusiveLimit).toBeGreaterThanOrEqual(0);
      if (count === undefined) continue;
      expect(count).toBeGreaterThanOrEqual(failureLimit + consecutiveSuccessLimit);
      expect(count).toBeGreaterThanOrEqual(inconclusiveLimit);
    }
  });
});

describe("what it makes of an answer", () => {
  const errors = () => named(analysis().step, "errors");
  const { target } = relay.objectives.errors;

  it.each([
    [[target], "Successful"],
    [[1], "Successful"],
    [[target - 1e-12], "Failed"],
    [[0], "Failed"],
    [[-1], "Failed"],
    [[-0], "Failed"],
    [[], "Inconclusive"],
    [[Number.NaN], "Inconclusive"],
    [[Number.POSITIVE_INFINITY], "Inconclusive"],
    [[Number.NEGATIVE_INFINITY], "Inconclusive"],
    [[1, 1], "Inconclusive"],
    [[0, 0], "Inconclusive"],
    [[1.01], "Inconclusive"],
  ])("%j is %s", (result, phase) => {
    expect(measurementPhase(errors(), result)).toBe(phase);
  });
});

describe("an analysis that can't be is refused", () => {
  it("when a window holds fewer than five scrapes", () => {
    expect(() => analysis({ canary: { ...CANARY, observeSeconds: 74 } })).toThrow(
      'service "relay", stage "production", objective "availability": a window of 74 s\nexpected at least 75 s: 5 scrapes, one every 15 s\nraise the canary\'s observeSeconds, or the objective\'s gateMinutes',
    );
    expect(() => analysis({ canary: { ...CANARY, observeSeconds: 75 } })).not.toThrow();
    expect(() => analysis({ canary: undefined }, { "objectives.errors.gateMinutes": 1 })).toThrow(
      'objective "errors": a window of 60 s',
    );
  });

  it("when the gate can't be: without stage, telemetry or objectives", () => {
    expect(() => stageAnalysis(relay as Service, "qa", { scrapeSeconds: 15 })).toThrow('has no stage "qa"');
    expect(() => analysis({}, { telemetry: REMOVED })).toThrow("nothing is known of the metrics");
    expect(() => analysis({}, { objectives: {} })).toThrow("has no objectives");
  });

  it("when the label is one by which the stage or a signal is known", () => {
    expect(() => analysis({ canary: { ...CANARY, versionLabel: "env" } })).toThrow(
      'the label "env", by which the stage is known already',
    );
    expect(() => analysis({ canary: { ...CANARY, versionLabel: "code" } })).toThrow("by which a signal is known");
  });

  it("when a label's value would be taken for an argument", () => {
    expect(() => analysis({}, { "telemetry.stages.production.where.route": "/{{id}}" })).toThrow(
      'objective "availability": its query has {{, which Argo Rollouts takes for an argument',
    );
  });
});
