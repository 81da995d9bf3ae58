import type { Service } from "../../declaration/service";
import { RECORDED } from "../../objectives/names";
import { promqlProblem, resultType } from "../../objectives/promql";
import { stageRules } from "../../objectives/stage-rules";
import { relay as declared } from "../../services/relay";
import { everyKind, recordedBy } from "./observed";

const relay: Service = declared;

describe("the rules of a stage", () => {
  const { alerts, recordings } = stageRules(relay, "production", recordedBy());

  test("are three for each objective, then each declared alert under its name", () => {
    expect(alerts.map(({ name }) => name)).toEqual([
      "AvailabilityBudgetBurnPage",
      "AvailabilityBudgetBurnTicket",
      "AvailabilityAbsent",
      "ErrorsBudgetBurnPage",
      "ErrorsBudgetBurnTicket",
      "ErrorsAbsent",
      "LightLatencyBudgetBurnPage",
      "LightLatencyBudgetBurnTicket",
      "LightLatencyAbsent",
      "WebhookLatencyBudgetBurnPage",
      "WebhookLatencyBudgetBurnTicket",
      "WebhookLatencyAbsent",
      "LightEndpointLatencyHigh",
      "WebhookExecuteLatencyHigh",
      "ActionsErrorRateHigh",
      "HighErrorStreak",
      "RateLimitBreaches",
      "ServiceDown",
      "DatabaseConnectionPoolExhausted",
      "RedisDown",
    ]);
  });

  test("say what they follow from, who is told, and what to do", () => {
    expect(alerts[0]).toMatchObject({
      origin: { objective: "availability" },
      signal: "health",
      comparison: { operator: "above", threshold: 1 },
      forSeconds: 0,
      severity: "page",
      team: "relay-maintainers",
      summary:
        "relay production: the error budget of availability (99.9 % over 30 days) burns fast: 2 % of it in 1h or 5 % of it in 6h",
      runbook: "docs/runbooks/error-budget.md",
      noData: "NoData",
    });
    expect(alerts[1]).toMatchObject({ severity: "warning", comparison: { operator: "above", threshold: 1 } });
    expect(alerts[2]).toMatchObject({ severity: "critical", forSeconds: 300, noData: "Alerting" });
    expect(alerts.find(({ name }) => name === "DatabaseConnectionPoolExhausted")).toMatchObject({
      origin: { alert: "DatabaseConnectionPoolExhausted" },
      signal: "database",
      team: "platform",
      severity: "critical",
      forSeconds: 300,
      runbook: "docs/runbooks/database-connection-pool-exhausted.md",
      comparison: { operator: "above", threshold: 0.9 },
      noData: "NoData",
    });
    expect(alerts.find(({ name }) => name === "ServiceDown")).toMatchObject({
      comparison: { operator: "below", threshold: 1 },
      severity: "page",
      noData: "Alerting",
    });
  });

  test("have the severities, limits and durations that the alerts are known for (REL-5)", () => {
    const known = alerts
      .filter(({ origin }) => "alert" in origin)
      .map(({ name, severity, comparison, forSeconds }) => [name, severity, comparison.threshold, forSeconds / 60]);
    expect(known).toEqual([
      ["LightEndpointLatencyHigh", "warning", 0.05, 5],
      ["WebhookExecuteLatencyHigh", "warning", 1.2, 5],
      ["ActionsErrorRateHigh", "critical", 0.01, 5],
      ["HighErrorStreak", "page", 0.1, 3],
      ["RateLimitBreaches", "info", 0, 10],
      ["ServiceDown", "page", 1, 1],
      ["DatabaseConnectionPoolExhausted", "critical", 0.9, 5],
      ["RedisDown", "critical", 1, 5],
    ]);
  });

  test("are no louder than the stage may be", () => {
    const quiet = stageRules(relay, "staging", recordedBy()).alerts;
    expect(new Set(quiet.map(({ severity }) => severity))).toEqual(new Set(["warning", "info"]));
    expect(quiet.map(({ name }) => name)).toEqual(alerts.map(({ name }) => name));
  });

  test("ask for series of their stage only", () => {
    for (const { query } of alerts) {
      const selectors = query.match(/[a-z_:]+\{[^}]*\}/g) ?? [];
      expect(selectors.length).toBeGreaterThan(0);
      for (const selector of selectors) expect(selector).toContain('service="relay",env="production"');
    }
  });

  test("record nothing where nobody would, and ask the raw series", () => {
    expect(recordings).toEqual([]);
    expect(alerts.some(({ query }) => query.includes("slo:"))).toBe(false);
  });

  test("are told apart from those of a stage without metrics", () => {
    expect(() => stageRules(relay, "preview", recordedBy())).toThrow(
      'service "relay" has no metrics of stage "preview"; name one of the stages in telemetry.stages: "staging", "production"',
    );
    const { telemetry: _, ...silent } = relay;
    expect(() => stageRules(silent, "production", recordedBy())).toThrow('service "relay" has no telemetry');
  });
});

describe.each([["grafana"], ["rule-file"]] as const)("rules that are recorded by %s", (by) => {
  const { alerts, recordings } = stageRules(relay, "production", recordedBy(by));

  test("record rates of events and of bad events and their ratio, for each distinct window once", () => {
    const availability = recordings.filter(({ labels }) => labels.objective === "availability");
    expect(availability.map(({ labels }) => labels.window)).toEqual(
      ["5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d"].flatMap((window) => [window, window, window]),
    );
    expect(availability.slice(0, 3).map(({ metric }) => metric)).toEqual([
      RECORDED.total("5m"),
      RECORDED.bad("5m"),
      RECORDED.errorRatio("5m"),
    ]);
    expect(availability[0]?.labels).toEqual({
      service: "relay",
      stage: "production",
      objective: "availability",
      window: "5m",
    });
    const identities = recordings.map(({ metric, labels }) => JSON.stringify([metric, labels]));
    expect(new Set(identities).size).toBe(identities.length);
  });

  test("read only what was recorded before them", () => {
    const made = new Set<string>();
    for (const { metric, query } of recordings) {
      for (const read of query.match(/slo:[a-z_]+:[a-z_]*rate\w+/g) ?? []) expect(made).toContain(read);
      made.add(metric);
    }
  });

  test("make alerts on objectives ask nothing but what was recorded", () => {
    const made = new Set(recordings.map(({ metric }) => metric));
    for (const { query, origin } of alerts) {
      if (!("objective" in origin)) continue;
      const read = query.match(/[a-z_:]+[a-z0-9_]*(?=\{)/g) ?? [];
      expect(read.length).toBeGreaterThan(0);
      for (const metric of read) expect(made).toContain(metric);
    }
  });

  test("average rates over the period, not ratios", () => {
    const period = recordings.filter(({ labels }) => labels.window === "30d" && labels.objective === "availability");
    const identity = 'service="relay",stage="production",objective="availability"';
    expect(period.map(({ query }) => query)).toEqual([
      `avg_over_time(slo:sli_total:rate5m{${identity},window="5m"}[30d])`,
      `avg_over_time(slo:sli_bad:rate5m{${identity},window="5m"}[30d])`,
      `(slo:sli_bad:rate30d{${identity},window="30d"} / (slo:sli_total:rate30d{${identity},window="30d"} > 0)) or (slo:sli_total:rate30d{${identity},window="30d"} * 0)`,
    ]);
  });
});

describe("rules of every kind of signal", () => {
  test.each([undefined, "grafana"] as const)("are PromQL that gives an instant vector, recorded by %s", (by) => {
    const { alerts, recordings } = stageRules(everyKind, "production", recordedBy(by));
    for (const { query } of [...alerts, ...recordings]) {
      expect(promqlProblem(query)).toBeUndefined();
      expect(resultType(query)).toBe("vector");
    }
  });

  test("follow the scrape interval: no window is shorter than four scrapes", () => {
    const slow = recordedBy("grafana", { scrapeSeconds: 300 });
    const { alerts, recordings } = stageRules(everyKind, "production", slow);
    const windows = new Set(recordings.map(({ labels }) => labels.window));
    expect(windows).toContain("20m");
    expect(windows).not.toContain("5m");
    expect(alerts.find(({ name }) => name === "BadAbsent")?.query).toContain("slo:sli_total:rate20m");
    expect(alerts.find(({ name }) => name === "BadAbsent")?.query).toContain("[20m]");
  });
});
