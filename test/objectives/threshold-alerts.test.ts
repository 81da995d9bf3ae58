import type { Alert } from "../../declaration/alerts";
import type { Service } from "../../declaration/service";
import { prometheusRuleFile, ruleGroups } from "../../objectives/prometheus-rules";
import { relay } from "../../services/relay";
import { describeWith } from "../support/programs";
import { everyKind, recordedBy } from "./observed";
import { type Scenario, testRules } from "./promtool";
import { type InputSeries, named, type Phase, sampleSeries } from "./sample-series";

const where = { service: "relay", env: "production" };
const signals = (relay as Service).telemetry?.signals ?? {};

/** Only the declared alerts, without those that tell of missing data. */
function fileOf(service: Service, alerts: Readonly<Record<string, Alert>>): string {
  const only: Service = { ...service, objectives: {}, alerts };
  const groups = ruleGroups(only, recordedBy(), ["production"]);
  return prometheusRuleFile(groups, "npx gatehouse slo export relay --format prometheus");
}

function alertOf(name: string): Readonly<Record<string, Alert>> {
  const alert = (relay as Service).alerts?.[name];
  if (alert === undefined) throw new Error(`relay has no alert ${name}`);
  return { [name]: alert };
}

/** Series of one of relay's signals. */
function of(signal: string, phases: readonly Phase[]): readonly InputSeries[] {
  const found = signals[signal];
  if (found === undefined) throw new Error(`relay has no signal ${signal}`);
  return sampleSeries(found, { thresholdSeconds: 0.05 }, where, phases);
}

const WITHOUT_DATA = "AlertWithoutData";

describeWith(["promtool"], "relay's alerts, as Prometheus evaluates them", () => {
  function check(name: string, scenarios: readonly Scenario[]): void {
    expect(testRules(fileOf(relay as Service, alertOf(name)), scenarios)).toBe("");
  }

  test.each(["LightEndpointLatencyHigh", "ActionsErrorRateHigh"])(
    "%s fires after five bad minutes, not with little traffic, and ends",
    (name) => {
      const signal = name === "LightEndpointLatencyHigh" ? "light" : "requests";
      const phases = (events: number, bad: number) =>
        of(signal, [
          { minutes: 30, events, bad: 0 },
          { minutes: 20, events, bad },
          { minutes: 20, events, bad: 0 },
        ]);
      check(name, [
        { name: "bad", series: phases(100, 0.5), firing: { 29: [], 34: [], 38: [name], 49: [name], 60: [] } },
        { name: "healthy", series: phases(100, 0), firing: { 29: [], 49: [] } },
        { name: "slightly bad", series: phases(100, 0.009), firing: { 38: [], 49: [] } },
        { name: "little traffic", series: phases(5, 1), firing: { 38: [], 49: [] } },
        { name: "no traffic", series: phases(0, 0), firing: { 38: [], 49: [] } },
        { name: "no series", series: [], firing: { 10: [], 16: [WITHOUT_DATA] } },
      ]);
    },
  );

  test("WebhookExecuteLatencyHigh fires when more than 5 % of webhooks are slow", () => {
    const name = "WebhookExecuteLatencyHigh";
    const webhook = signals.webhook;
    if (webhook === undefined) throw new Error("relay has no webhooks");
    const phases = (bad: number) =>
      sampleSeries(webhook, { thresholdSeconds: 1.2 }, where, [{ minutes: 30, events: 100, bad }]);
    check(name, [
      { name: "slow", series: phases(0.06), firing: { 4: [], 12: [name] } },
      { name: "nearly slow", series: phases(0.04), firing: { 12: [], 29: [] } },
    ]);
  });

  test("HighErrorStreak fires after three minutes of more than 10 %, sooner than the other", () => {
    const name = "HighErrorStreak";
    const series = (bad: number) =>
      of("requests", [
        { minutes: 10, events: 100, bad: 0 },
        { minutes: 20, events: 100, bad },
      ]);
    check(name, [
      { name: "a streak", series: series(0.5), firing: { 9: [], 16: [name] } },
      { name: "below it", series: series(0.09), firing: { 16: [], 29: [] } },
    ]);
  });

  test("RateLimitBreaches fires after ten minutes of refusals, and a counter without refusals is none missing", () => {
    const name = "RateLimitBreaches";
    const others = [{ series: named({ metric: "http_requests_total" }, where, { code: "200" }), values: "0+100x60" }];
    check(name, [
      {
        name: "refusals",
        series: [...others, ...of("rate-limited", [{ minutes: 60, events: 3, bad: 1 }])],
        firing: { 5: [], 14: [name] },
      },
      { name: "none so far", series: others, firing: { 20: [], 59: [] } },
      {
        name: "a short burst",
        series: [
          ...others,
          ...of("rate-limited", [
            { minutes: 5, events: 3, bad: 1 },
            { minutes: 40, events: 0, bad: 0 },
          ]),
        ],
        firing: { 9: [], 14: [], 40: [] },
      },
    ]);
  });

  test.each([
    ["ServiceDown", "health", 1],
    ["RedisDown", "redis", 5],
  ] as const)("%s fires when nothing answers, or can be asked", (name, signal, minutes) => {
    const probes = (bad: number) =>
      of(signal, [
        { minutes: 10, events: 1, bad: 0 },
        { minutes: 20, events: 1, bad },
        { minutes: 10, events: 1, bad: 0 },
      ]);
    check(name, [
      { name: "down", series: probes(1), firing: { 9: [], [10 + minutes]: [name], 29: [name], 31: [] } },
      { name: "up", series: probes(0), firing: { 9: [], 39: [] } },
      {
        name: "one of two is down",
        series: [
          ...probes(1),
          {
            series: named(
              {
                metric: signal === "redis" ? "up" : "probe_success",
                where: { job: signal === "redis" ? "redis" : "blackbox" },
              },
              where,
              { instance: "b" },
            ),
            values: "1x40",
          },
        ],
        firing: { 20: [], 29: [] },
      },
      { name: "nobody asks", series: [], firing: { 7: [name] } },
      {
        name: "nobody asks any more",
        series: of(signal, [
          { minutes: 10, events: 1, bad: 0 },
          { minutes: 20, events: -1, bad: 0 },
        ]),
        firing: { 9: [], 22: [name] },
      },
    ]);
  });

  test("DatabaseConnectionPoolExhausted fires for the fullest pool, and not for a pool without capacity", () => {
    const name = "DatabaseConnectionPoolExhausted";
    const pool = (used: string, capacity: string, instance = "a") => [
      { series: named({ metric: "db_pool_connections_in_use" }, where, { instance }), values: used },
      { series: named({ metric: "db_pool_connections_max" }, where, { instance }), values: capacity },
    ];
    check(name, [
      {
        name: "full",
        series: pool("10x9 19x20 10x20", "20x50"),
        firing: { 9: [], 14: [], 16: [name], 29: [name], 32: [] },
      },
      { name: "at the limit", series: pool("18x30", "20x30"), firing: { 20: [] } },
      { name: "one of two", series: [...pool("1x30", "20x30"), ...pool("20x30", "20x30", "b")], firing: { 8: [name] } },
      {
        name: "labels that don't pair",
        series: [
          { series: named({ metric: "db_pool_connections_in_use" }, where, { state: "active" }), values: "19x30" },
          { series: named({ metric: "db_pool_connections_max" }, where), values: "20x30" },
        ],
        firing: { 8: [name] },
      },
      { name: "no capacity", series: pool("0x30", "0x30"), firing: { 10: [], 16: [WITHOUT_DATA] } },
    ]);
  });
});

const COMMON = {
  summary: "s",
  action: "a",
  owner: "maintainers",
  severity: "warning",
  forMinutes: 0,
  runbook: "error-budget",
} as const;
const DAY = 24 * 60;

describeWith(["promtool"], "other alerts, as Prometheus evaluates them", () => {
  const scope = everyKind.telemetry?.stages.production?.where ?? {};
  const series = (values: string) => [
    { series: named({ metric: "http_requests_total" }, scope, { code: "200" }), values },
  ];
  const perHour = (hours: number, perMinute: number, from: number) => `${from}+${perMinute}x${hours * 60 - 1}`;

  test("TrafficDrop compares with the mean of the same hour of earlier days, and only of days with data", () => {
    const alerts = {
      TrafficDrop: {
        ...COMMON,
        kind: "traffic-drop",
        signal: "bad",
        drop: 0.4,
        daysAgo: [1, 2, 7],
        minimumEvents: 100,
      },
    } as const;
    const file = fileOf(everyKind, alerts).replaceAll("interval: 1m", "interval: 30m");
    const scenarios: readonly Scenario[] = [
      // Two days of 10 a minute, then 5: a drop of half. Seven days ago there was nothing yet.
      {
        name: "a drop",
        series: series(`${perHour(48, 10, 0)} ${perHour(6, 5, 28_800)}`),
        firing: { [2 * DAY - 30]: [], [2 * DAY + 120]: ["TrafficDrop"] },
      },
      {
        name: "a third less",
        series: series(`${perHour(48, 9, 0)} ${perHour(6, 6, 25_920)}`),
        firing: { [2 * DAY + 120]: [] },
      },
      {
        name: "a quiet service",
        series: series(`${perHour(48, 1, 0)} ${perHour(6, 0, 2880)}`),
        firing: { [2 * DAY + 120]: [] },
      },
      {
        name: "nothing is counted any more",
        series: series(`${perHour(48, 10, 0)} _x360`),
        firing: { [2 * DAY + 120]: ["TrafficDrop"] },
      },
      { name: "the first day", series: series(perHour(6, 10, 0)), firing: { 300: [] } },
      { name: "no series ever", series: [], firing: { 120: [WITHOUT_DATA] } },
    ];
    expect(testRules(file, scenarios, 30)).toBe("");
  });

  test("a query's value nearest to firing counts, in its stage only", () => {
    const alerts = {
      QueueLong: { ...COMMON, kind: "query", query: "queue_length", above: 10 },
      DiskFull: { ...COMMON, kind: "query", query: "disk_free / disk_size # of each", below: 0.1 },
      Late: { ...COMMON, kind: "query", query: "time() - 0", above: 600 },
    } as const;
    const stage = (metric: string, labels: Record<string, string> = {}) => named({ metric }, scope, labels);
    const scenarios: readonly Scenario[] = [
      {
        name: "both",
        series: [
          { series: stage("queue_length", { queue: "a" }), values: "1x20" },
          { series: stage("queue_length", { queue: "b" }), values: "1x4 20x20" },
          { series: stage("disk_free", { disk: "a" }), values: "50x4 5x20" },
          { series: stage("disk_size", { disk: "a" }), values: "100x30" },
          { series: stage("disk_free", { disk: "b" }), values: "50x30" },
          { series: stage("disk_size", { disk: "b" }), values: "100x30" },
        ],
        firing: { 4: [], 6: ["DiskFull", "QueueLong"], 12: ["DiskFull", "Late", "QueueLong"] },
      },
      {
        name: "another stage",
        series: [
          { series: 'queue_length{service="every-kind",env="staging"}', values: "99x20" },
          { series: stage("queue_length"), values: "1x20" },
          { series: stage("disk_free"), values: "50x20" },
          { series: stage("disk_size"), values: "100x20" },
        ],
        firing: { 5: [] },
      },
    ];
    expect(testRules(fileOf(everyKind, alerts), scenarios)).toBe("");
  });

  test("a service whose labels need escaping has working rules", () => {
    const hostile = 'a"b\\c}d{日本';
    const service: Service = {
      ...everyKind,
      telemetry: {
        ...everyKind.telemetry,
        stages: { production: { where: { service: hostile }, notify: true } },
      } as NonNullable<Service["telemetry"]>,
    };
    const alerts = {
      Failing: { ...COMMON, kind: "failures-above", signal: "bad", above: 0.1, overMinutes: 5, minimumEvents: 10 },
      Long: { ...COMMON, kind: "query", query: "queue_length", above: 10 },
    } as const;
    const bad = everyKind.telemetry?.signals.bad;
    if (bad === undefined) throw new Error("no signal");
    const scenario: Scenario = {
      name: "failing",
      series: [
        ...sampleSeries(bad, {}, { service: hostile }, [{ minutes: 20, events: 100, bad: 0.5 }]),
        { series: named({ metric: "queue_length" }, { service: hostile }), values: "20x20" },
      ],
      firing: { 10: ["Failing", "Long"] },
    };
    expect(testRules(fileOf(service, alerts), [scenario])).toBe("");
  });
});
