import { formatProblem } from "../../declaration/problem";
import type { Service } from "../../declaration/service";
import { objectiveProblems } from "../../objectives/objective-problems";
import { fleet } from "../../services/fleet";
import { relay as declared } from "../../services/relay";
import { type Changes, changed } from "../declaration/change";
import { everyKind, recordedBy } from "./observed";

const relay: Service = declared;

function problems(changes: Changes, source: Record<string, unknown> = {}, service = relay): readonly string[] {
  return objectiveProblems(changed(service, changes), recordedBy(undefined, source)).map(formatProblem);
}

const ALERT = {
  summary: "Something",
  action: "Do something",
  owner: "maintainers",
  severity: "warning",
  forMinutes: 5,
  runbook: "error-budget",
};

test("the services of the fleet have none", () => {
  for (const { service } of fleet.services) expect(objectiveProblems(service, fleet.organization)).toEqual([]);
  expect(objectiveProblems(everyKind, recordedBy())).toEqual([]);
});

test("a service without metrics has none", () => {
  const { telemetry: _, ...silent } = relay;
  expect(objectiveProblems(silent, recordedBy())).toEqual([]);
});

describe("a target is refused", () => {
  test("when a total outage could not burn the budget fast enough for a page", () => {
    expect(problems({ "objectives.availability.target": 0.9 })).toEqual([
      `service "relay": objectives.availability.target
  came:     0.9 over 30 days
  expected: more than 0.9306: the page speaks from a burn rate of 14.4, and with a budget of 10 % a total outage burns no faster than 10
  to do:    promise more, or over fewer days; if it is no promise worth a page, declare a threshold alert instead
  source:   https://sre.google/workbook/alerting-on-slos/`,
    ]);
    expect(problems({ "objectives.availability.target": 0.931 })).toEqual([]);
    expect(problems({ "objectives.availability.windowDays": 90, "objectives.availability.target": 0.97 })).toHaveLength(
      1,
    );
    expect(problems({ "objectives.availability.windowDays": 90, "objectives.availability.target": 0.98 })).toEqual([]);
  });

  test("when the budget is gone before the rules are evaluated once", () => {
    expect(problems({ "objectives.errors.target": 0.99999 })).toEqual([
      `service "relay": objectives.errors.target
  came:     0.99999 over 7 days: a total outage of 6.048 s spends the whole budget
  expected: a budget of at least 60 s: rules are evaluated so often, and the budget would be gone before anybody is told
  to do:    promise less, or over more days
  source:   https://sre.google/workbook/alerting-on-slos/`,
    ]);
    expect(problems({ "objectives.errors.target": 0.9999 })).toEqual([]);
  });
});

describe("a threshold is refused", () => {
  test("when it is no bucket of the histogram, naming the neighbours", () => {
    expect(problems({ "objectives.light-latency.thresholdSeconds": 0.06 })).toEqual([
      `service "relay": objectives.light-latency.thresholdSeconds
  came:     0.06, which is no bucket of http_request_duration_seconds
  expected: an upper bound of one of its buckets; the nearest: 0.05 and 0.1
  to do:    write one of these, or give the histogram a bucket of 0.06 s first: between two bounds nobody can count
  source:   https://prometheus.io/docs/practices/histograms/#apdex-score`,
    ]);
    expect(problems({ "objectives.light-latency.thresholdSeconds": 30 })[0]).toContain("the nearest: 5\n");
    expect(problems({ "objectives.light-latency.thresholdSeconds": 0.001 })[0]).toContain("the nearest: 0.005\n");
  });

  test("but none of a native histogram, nor one that only binary numbers tell from a bucket", () => {
    expect(problems({ "objectives.native.thresholdSeconds": 0.123 }, {}, everyKind)).toEqual([]);
    const changes = {
      "telemetry.signals.milliseconds.buckets": [0.1 + 0.2],
      "objectives.milliseconds.thresholdSeconds": 0.3,
    };
    expect(problems(changes, {}, everyKind)).toEqual([]);
  });

  test("of an alert when no quantile is ever said to be so high", () => {
    expect(problems({ "alerts.LightEndpointLatencyHigh.aboveSeconds": 5 })).toEqual([
      `service "relay": alerts.LightEndpointLatencyHigh.aboveSeconds
  came:     5, though the highest bucket of http_request_duration_seconds ends at 5
  expected: less than 5: a quantile is never said to be higher, and the alert would never speak
  to do:    write less, or give the histogram higher buckets
  source:   https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile`,
    ]);
  });
});

describe("a window is refused when it is longer than samples are kept", () => {
  test("of an objective", () => {
    expect(problems({}, { retentionDays: 15 }).map((each) => each.split("\n")[0])).toEqual([
      'service "relay": objectives.availability.windowDays',
      'service "relay": objectives.light-latency.windowDays',
      'service "relay": objectives.webhook-latency.windowDays',
    ]);
    expect(problems({}, { retentionDays: 15 })[0]).toBe(`service "relay": objectives.availability.windowDays
  came:     30 days
  expected: at most what the data source "metrics" keeps: 15 days
  to do:    write less, or raise the store's retention to 30 days and say so in grafana.dataSources`);
  });

  test("of an alert that compares with earlier days", () => {
    const drop = { ...ALERT, kind: "traffic-drop", signal: "requests", drop: 0.4, daysAgo: [7, 30], minimumEvents: 10 };
    expect(problems({ "alerts.TrafficDrop": drop }, { retentionDays: 30 })).toEqual([
      `service "relay": alerts.TrafficDrop.daysAgo[1]
  came:     the hour of 30 days ago
  expected: at most what the data source "metrics" keeps: 30 days
  to do:    write less, or raise the store's retention to 31 days and say so in grafana.dataSources`,
    ]);
    expect(problems({ "alerts.TrafficDrop": drop }, { retentionDays: 31 })).toEqual([]);
  });

  test("of a dashboard and its panels", () => {
    const paths = problems(
      { "dashboard.hours": 720, "dashboard.panels.rate-limited.hours": 2160 },
      { retentionDays: 30 },
    );
    expect(paths.map((each) => each.split("\n")[0])).toEqual(['service "relay": dashboard.panels.rate-limited.hours']);
    expect(problems({ "dashboard.hours": 721 }, { retentionDays: 30 })[0]).toContain(
      "dashboard.hours\n  came:     721 hours",
    );
  });
});

describe("PromQL of an alert is refused", () => {
  const query = (text: string) => problems({ "alerts.Own": { ...ALERT, kind: "query", query: text, above: 1 } });

  test("when it does not parse", () => {
    expect(query("sum(rate(x[5m])")).toEqual([
      `service "relay": alerts.Own.query
  came:     "sum(rate(x[5m])": it does not parse: something is missing at character 16, its end
  expected: PromQL that Prometheus takes
  to do:    correct it
  source:   https://prometheus.io/docs/prometheus/latest/querying/basics/`,
    ]);
  });

  test("when Prometheus would refuse its types", () => {
    expect(query("rate(x)")[0]).toContain("rate takes a range vector, and x is an instant vector");
  });

  test("when it gives no number", () => {
    expect(query("x[5m]")[0]).toContain('came:     "x[5m]", which gives a range vector');
    expect(query("x[5m]")[0]).toContain("to do:    put it into a function such as rate(…) or max_over_time(…)");
    expect(query('"text"')[0]).toContain("which gives a string");
  });

  test("when health has no value", () => {
    expect(query("up == 0")).toEqual([
      `service "relay": alerts.Own.query
  came:     "up == 0", which has a value only while something is wrong
  expected: the value itself: without one it can't be told whether all is well or nothing is measured
  to do:    leave the comparison to above or below, or add: or vector(0)`,
    ]);
    expect(query("up == bool 0")).toEqual([]);
    expect(query("count(up == 0) or vector(0)")).toEqual([]);
  });

  test("when it has Grafana's variables", () => {
    expect(query("rate(x[$__rate_interval])")[0]).toContain(
      "expected: a duration such as 5m: only dashboards have Grafana's variables",
    );
  });
});

describe("a window is refused when it is shorter than four scrapes", () => {
  test("of an alert", () => {
    expect(problems({}, { scrapeSeconds: 60 })).toEqual([
      `service "relay": alerts.HighErrorStreak.overMinutes
  came:     3
  expected: at least 4, four scrapes of 60 s: in less there may be no two samples to compare
  to do:    write 4 or more, or scrape more often
  source:   https://prometheus.io/docs/prometheus/latest/querying/functions/#rate`,
    ]);
  });

  test("of a gate", () => {
    expect(problems({ "objectives.errors.gateMinutes": 1 }, { scrapeSeconds: 30 })[0]).toContain(
      'service "relay": objectives.errors.gateMinutes\n  came:     1\n  expected: at least 2',
    );
  });
});

describe("a label that the data source lacks is refused", () => {
  const labels = ["service", "env", "code", "route", "class", "job", "revision"];

  test("nowhere when it is there", () => {
    expect(problems({}, { labels })).toEqual([]);
  });

  test.each([
    ["telemetry.stages.production.where.zone", { "telemetry.stages.production.where.zone": "a" }],
    ["telemetry.signals.requests.total.where.zone", { "telemetry.signals.requests.total.where": { zone: "a" } }],
    ["telemetry.signals.requests.bad.where.zone", { "telemetry.signals.requests.bad.where": { zone: "a" } }],
    ["telemetry.signals.requests.status", { "telemetry.signals.requests.status": "zone" }],
    ["telemetry.signals.light.where.zone", { "telemetry.signals.light.where.zone": { not: "a" } }],
    ["telemetry.signals.health.where.zone", { "telemetry.signals.health.where.zone": "a" }],
    ["telemetry.signals.database.used.where.zone", { "telemetry.signals.database.used.where": { zone: "a" } }],
    ["telemetry.signals.database.capacity.where.zone", { "telemetry.signals.database.capacity.where": { zone: "a" } }],
    ["telemetry.deployments.series.where.zone", { "telemetry.deployments.series.where": { zone: "a" } }],
    ["telemetry.deployments.sha", { "telemetry.deployments.sha": "zone" }],
    ["dashboard.panels.requests.by", { "dashboard.panels.requests.by": "zone" }],
    ["alerts.Own.query", { "alerts.Own": { ...ALERT, kind: "query", query: "sum by (zone) (x)", above: 1 } }],
  ])("at %s", (path, changes) => {
    expect(problems(changes, { labels }).map((each) => each.split("\n").slice(0, 2))).toEqual([
      [`service "relay": ${path}`, '  came:     the label "zone"'],
    ]);
  });

  test("with the nearest one that is there", () => {
    const [problem] = problems({ "telemetry.signals.requests.status": "rout" }, { labels });
    expect(problem).toContain('expected: one of the labels of the data source "metrics": "service", "env", "code"');
    expect(problem).toContain("add it to grafana.dataSources.metrics.labels if its series have it");
    expect(problem).toContain('did you mean "route"?');
  });

  test("unless the data source does not say which it has, or histograms have it by nature", () => {
    expect(problems({ "telemetry.signals.requests.status": "zone" })).toEqual([]);
    const query = {
      ...ALERT,
      kind: "query",
      query: "histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))",
      above: 1,
    };
    expect(problems({ "alerts.Own": query }, { labels })).toEqual([]);
  });
});

describe("two rules of one name are refused", () => {
  test("when an alert is named like one of an objective, in any case", () => {
    expect(problems({ "alerts.ErrorsBudgetBurnPAGE": { ...ALERT, kind: "down", signal: "health" } })).toEqual([
      `service "relay": alerts.ErrorsBudgetBurnPAGE
  came:     a rule named "ErrorsBudgetBurnPAGE", which objectives.errors has too
  expected: a name of its own, upper and lower case aside: rules of one name overwrite one another
  to do:    rename the alert`,
    ]);
  });

  test("when two alerts differ by case only", () => {
    expect(problems({ "alerts.Servicedown": { ...ALERT, kind: "down", signal: "health" } })[0]).toContain(
      'a rule named "Servicedown", which alerts.ServiceDown has too',
    );
  });

  test("when two objectives give one name", () => {
    const objective = relay.objectives?.["light-latency"];
    expect(problems({ "objectives.light_latency": objective })[0]).toContain(
      "rename the objective: its rules are named after it",
    );
  });
});
