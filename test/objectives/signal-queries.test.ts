import type { EventsSignal, LatencySignal, ProbeSignal, SaturationSignal, Signal } from "../../declaration/telemetry";
import { newVersions } from "../../objectives/dashboard/running-versions";
import { bucketMatch } from "../../objectives/histogram-bounds";
import {
  bad,
  eventCount,
  eventRate,
  failureRatio,
  latencyQuantile,
  probeSuccess,
  saturation,
  statusClassRate,
  total,
} from "../../objectives/signal-queries";
import { describeWith } from "../support/programs";
import { everyKind } from "./observed";
import { testRules } from "./promtool";
import { named, type Phase, sampleSeries } from "./sample-series";

const where = { env: "production" };

function signal<T extends Signal>(key: string): T {
  const found = everyKind.telemetry?.signals[key];
  if (found === undefined) throw new Error(`no signal ${key}`);
  return found as T;
}

const events = signal<EventsSignal>("bad");
const pool = signal<SaturationSignal>("pool");

describe("queries of signals", () => {
  test("are as people would write them", () => {
    expect(eventRate(events, where, "5m")).toBe('sum(rate(http_requests_total{env="production"}[5m]))');
    expect(eventRate(events, where, "$__rate_interval", "route")).toBe(
      'sum by(route) (rate(http_requests_total{env="production"}[$__rate_interval]))',
    );
    expect(eventCount(events, where, "1d")).toBe('sum(increase(http_requests_total{env="production"}[1d]))');
    expect(statusClassRate(events, where, "5m", "4xx")).toBe(
      'sum(rate(http_requests_total{code=~"4..",env="production"}[5m])) or (sum(rate(http_requests_total{env="production"}[5m])) * 0)',
    );
    expect(latencyQuantile(signal<LatencySignal>("milliseconds"), where, 0.95, "5m")).toBe(
      '(histogram_quantile(0.95, sum by(le) (rate(query_duration_milliseconds_bucket{database="main",env="production"}[5m]))) / 1000) >= 0',
    );
    expect(latencyQuantile(signal<LatencySignal>("native"), where, 0.95, "5m")).toBe(
      'histogram_quantile(0.95, sum(rate(call_duration_seconds{env="production"}[5m]))) >= 0',
    );
    expect(probeSuccess(signal<ProbeSignal>("blackbox"), where)).toBe('max(probe_success{env="production"})');
    expect(total(signal("native"), where, "1h")).toBe(
      'histogram_count(sum(increase(call_duration_seconds{env="production"}[1h])))',
    );
    expect(bad(signal("native"), { thresholdSeconds: 0.25 }, where, "1h")).toContain("histogram_fraction(0, 0.25, ");
  });

  test("of a deployment are told apart by its commit", () => {
    const deployments = everyKind.telemetry?.deployments;
    if (deployments === undefined) throw new Error("no deployments");
    expect(newVersions(deployments, where)).toBe(
      'max by(revision) (build_info{env="production"}) unless max by(revision) (build_info{env="production"} offset 5m)',
    );
  });

  test("refuse what a signal can't say", () => {
    const { status: _, ...plain } = events;
    expect(() => statusClassRate(plain, where, "5m", "5xx")).toThrow("without status can't be told apart by status");
    const { bad: __, ...counted } = events;
    expect(() => failureRatio(counted, where, "5m")).toThrow("without bad and good can't say which events are bad");
    expect(() => bad(signal("seconds"), {}, where, "5m")).toThrow(
      "an objective on a latency signal needs thresholdSeconds",
    );
    expect(() => bad(pool, {}, where, "5m")).toThrow("an objective on a saturation signal needs limit");
    expect(() => total(pool, where, "five minutes")).toThrow(
      '"five minutes" is no duration; write it as Prometheus does',
    );
  });
});

describe("a bucket is found however its bound is written", () => {
  test.each([
    [0.05, "0.05"],
    [1.2, "1.2"],
    [1, { matches: "1|1\\.0" }],
    [10, { matches: "10|10\\.0" }],
    [1_200_000, { matches: "1200000|1200000\\.0|1\\.2e\\+06" }],
    [0.00005, { matches: "0\\.00005|5e-05" }],
    [0.0000005, { matches: "0\\.0000005|5e-07" }],
  ])("%d", (bound, match) => {
    expect(bucketMatch(bound)).toEqual(match);
  });
});

describeWith(["promtool"], "their values, as Prometheus computes them", () => {
  const scope = everyKind.telemetry?.stages.production?.where ?? {};

  function values(
    phases: readonly Phase[],
    key: string,
    expected: Readonly<Record<string, number | undefined>>,
    minute = 29,
  ): string {
    const found = signal(key);
    const badWhen = { thresholdSeconds: key === "milliseconds" ? 0.25 : 1, limit: 0.9 };
    const series = phases.length === 0 ? [] : sampleSeries(found, badWhen, scope, phases);
    return testRules("groups: []\n", [{ name: key, series, firing: {}, values: { [minute]: expected } }]);
  }

  const half: Phase = { minutes: 30, events: 60, bad: 0.5 };
  const silence: Phase = { minutes: 30, events: 0, bad: 0 };

  test.each(["bad", "good", "seconds", "milliseconds", "synthetic"])("half of %s is bad", (key) => {
    const found = signal(key);
    const badWhen = { thresholdSeconds: key === "milliseconds" ? 0.25 : 1 };
    expect(
      values([half], key, {
        [bad(found, badWhen, scope, "10m")]: 300,
        [total(found, scope, "10m")]: 600,
      }),
    ).toBe("");
  });

  test.each(["bad", "good", "seconds", "milliseconds", "synthetic"])(
    "nothing of %s is bad when there is nothing",
    (key) => {
      const found = signal(key);
      const badWhen = { thresholdSeconds: key === "milliseconds" ? 0.25 : 1 };
      const queries = [bad(found, badWhen, scope, "10m"), total(found, scope, "10m")];
      expect(values([silence], key, Object.fromEntries(queries.map((query) => [query, 0])))).toBe("");
      expect(values([], key, Object.fromEntries(queries.map((query) => [query, undefined])))).toBe("");
    },
  );

  test("probes count by their samples, minutes of saturation by the clock", () => {
    const phases = [
      { minutes: 20, events: 1, bad: 0 },
      { minutes: 10, events: 1, bad: 1 },
    ];
    for (const key of ["up", "blackbox"]) {
      const found = signal(key);
      expect(values(phases, key, { [bad(found, {}, scope, "20m")]: 10, [total(found, scope, "20m")]: 21 })).toBe("");
    }
    expect(
      values(phases, "pool", {
        [bad(pool, { limit: 0.9 }, scope, "20m")]: 10,
        [total(pool, scope, "20m")]: 21,
        [bad(pool, { limit: 0.99 }, scope, "20m")]: 0,
        [saturation(pool, scope)]: 0.99,
      }),
    ).toBe("");
  });

  test("over more than a day minutes of saturation are looked at every fifth, and still are minutes", () => {
    const phases = [
      { minutes: 20, events: 1, bad: 0 },
      { minutes: 11, events: 1, bad: 1 },
    ];
    expect(
      values(phases, "pool", { [bad(pool, { limit: 0.9 }, scope, "3d")]: 15, [total(pool, scope, "3d")]: 35 }, 30),
    ).toBe("");
  });

  test("ratios and quantiles of nothing are 0 or nothing, never NaN", () => {
    const seconds = signal<LatencySignal>("seconds");
    expect(
      values([silence], "bad", {
        [failureRatio(events, scope, "10m")]: 0,
        [statusClassRate(events, scope, "10m", "4xx")]: 0,
      }),
    ).toBe("");
    expect(values([], "bad", { [failureRatio(events, scope, "10m")]: undefined })).toBe("");
    expect(
      values([half], "bad", {
        [failureRatio(events, scope, "10m")]: 0.5,
        [statusClassRate(events, scope, "10m", "5xx")]: 0.5,
      }),
    ).toBe("");
    expect(values([silence], "seconds", { [latencyQuantile(seconds, scope, 0.99, "10m")]: undefined })).toBe("");
  });

  test("a quantile is in seconds, whatever the histogram counts in", () => {
    const milliseconds = signal<LatencySignal>("milliseconds");
    // All in the first bucket, up to 50 ms: the half of it by interpolation.
    expect(
      values([{ minutes: 30, events: 60, bad: 0 }], "milliseconds", {
        [latencyQuantile(milliseconds, scope, 0.5, "10m")]: 0.025,
      }),
    ).toBe("");
  });

  test("a counter that had no event yet is 0 while others of its metric are there", () => {
    const refused: EventsSignal = {
      kind: "events",
      description: "Refused",
      total: { metric: "http_requests_total", where: { code: "429" } },
    };
    expect(values([half], "bad", { [eventCount(refused, scope, "10m")]: 0 })).toBe("");
    expect(values([], "bad", { [eventCount(refused, scope, "10m")]: undefined })).toBe("");
  });

  test("nothing is bad, or all is, while there is no series of the bad or the good ones", () => {
    const one = (metric: string) => [{ series: named({ metric }, scope, { code: "200" }), values: "0+60x30" }];
    const check = (series: ReturnType<typeof one>, query: string, value: number) =>
      testRules("groups: []\n", [{ name: query, series, firing: {}, values: { 29: { [query]: value } } }]);
    expect(check(one("http_requests_total"), bad(events, {}, scope, "10m"), 0)).toBe("");
    expect(check(one("http_requests_total"), failureRatio(events, scope, "10m"), 0)).toBe("");
    expect(check(one("jobs_started_total"), bad(signal("good"), {}, scope, "10m"), 600)).toBe("");
  });

  test("a bucket is found as Prometheus 2 and as Prometheus 3 write it", () => {
    const seconds = signal<LatencySignal>("seconds");
    for (const le of ["1", "1.0"]) {
      const series = [
        { series: named({ metric: "work_duration_seconds_bucket" }, scope, { le }), values: "0+15x30" },
        { series: named({ metric: "work_duration_seconds_count" }, scope), values: "0+60x30" },
      ];
      const query = bad(seconds, { thresholdSeconds: 1 }, scope, "10m");
      expect(testRules("groups: []\n", [{ name: le, series, firing: {}, values: { 29: { [query]: 450 } } }])).toBe("");
    }
    const without = [{ series: named({ metric: "work_duration_seconds_count" }, scope), values: "0+60x30" }];
    const query = bad(seconds, { thresholdSeconds: 1 }, scope, "10m");
    expect(
      testRules("groups: []\n", [
        { name: "no bucket", series: without, firing: {}, values: { 29: { [query]: undefined } } },
      ]),
    ).toBe("");
  });

  test("the best probe counts", () => {
    const synthetic = signal<ProbeSignal>("synthetic");
    const one = (probe: string, good: number) => [
      { series: named({ metric: "probe_all_success_sum" }, scope, { probe }), values: `0+${good}x30` },
      { series: named({ metric: "probe_all_success_count" }, scope, { probe }), values: "0+2x30" },
    ];
    const query = probeSuccess(synthetic, scope);
    const best = (series: ReturnType<typeof one>, value: number) =>
      testRules("groups: []\n", [{ name: "best", series, firing: {}, values: { 29: { [query]: value } } }]);
    expect(best([...one("Paris", 0), ...one("Oslo", 1)], 0.5)).toBe("");
    expect(best([...one("Paris", 0), ...one("Oslo", 0)], 0)).toBe("");
  });

  test("a deployment is seen while its commit is new", () => {
    const deployments = everyKind.telemetry?.deployments;
    if (deployments === undefined) throw new Error("no deployments");
    const series = [
      { series: named({ metric: "build_info" }, scope, { revision: "old" }), values: "1x20 _x20" },
      { series: named({ metric: "build_info" }, scope, { revision: "new" }), values: "_x19 1x20" },
    ];
    const fresh = `count(${newVersions(deployments, scope)})`;
    expect(
      testRules("groups: []\n", [
        { name: "deployed", series, firing: {}, values: { 22: { [fresh]: 1 }, 30: { [fresh]: undefined } } },
      ]),
    ).toBe("");
  });
});
