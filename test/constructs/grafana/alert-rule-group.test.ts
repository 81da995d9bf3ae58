import { AlertRuleGroup, type AlertRuleGroupProps } from "../../../constructs/grafana/alert-rule-group";
import type { AlertRule } from "../../../objectives/alert-rule";
import { resourceOf } from "../synthesized";
import { budgetBurn, serviceDown } from "./rules";

type Attributes = Readonly<Record<string, unknown>>;

function groupWith(changes: Partial<AlertRuleGroupProps> = {}): Attributes {
  return resourceOf(
    (stack) =>
      void new AlertRuleGroup(stack, "alerts", {
        name: "alerts",
        folderUid: "relay_production",
        service: "relay",
        stage: "production",
        rules: [serviceDown, budgetBurn],
        dataSourceUid: "gatehouse_metrics",
        intervalSeconds: 60,
        repositoryUrl: "https://github.com/acme/relay/blob/HEAD",
        panels: { dashboardUid: "relay_production_signals", ids: new Map([["health", 7]]) },
        notify: true,
        ...changes,
      }),
    "grafana_rule_group",
  );
}

function ruleWith(change: Partial<AlertRule>, changes: Partial<AlertRuleGroupProps> = {}): Attributes {
  const { rule } = groupWith({ ...changes, rules: [{ ...serviceDown, ...change }] });
  return (rule as Attributes[])[0] ?? {};
}

function models(rule: Attributes): readonly unknown[] {
  return (rule.data as { model: string }[]).map(({ model }) => JSON.parse(model));
}

describe("AlertRuleGroup", () => {
  it("keeps the order of its rules, and gives each a uid of its own", () => {
    const { rule, ...group } = groupWith();
    expect(group).toEqual({ name: "alerts", folder_uid: "relay_production", interval_seconds: 60 });
    expect((rule as Attributes[]).map(({ name, uid }) => [name, uid])).toEqual([
      ["ServiceDown", "relay_production_ServiceDown"],
      ["AvailabilityBudgetBurnTicket", expect.stringMatching(/^relay_production_Availability.*$/)],
    ]);
    expect((rule as { uid: string }[]).every(({ uid }) => uid.length <= 40)).toBe(true);
  });

  it("asks for the value, makes a number of it, and compares that: a healthy service is no lack of data", () => {
    const rule = ruleWith({});
    expect(rule.condition).toBe("C");
    expect(rule.data).toMatchObject([
      { ref_id: "A", datasource_uid: "gatehouse_metrics", relative_time_range: [{ from: 600, to: 0 }] },
      { ref_id: "B", datasource_uid: "__expr__", relative_time_range: [{ from: 0, to: 0 }] },
      { ref_id: "C", datasource_uid: "__expr__", relative_time_range: [{ from: 0, to: 0 }] },
    ]);
    expect(models(rule)).toEqual([
      {
        datasource: { type: "prometheus", uid: "gatehouse_metrics" },
        editorMode: "code",
        expr: 'min(probe_success{job="blackbox"})',
        instant: true,
        range: false,
        refId: "A",
      },
      {
        datasource: { type: "__expr__", uid: "__expr__" },
        expression: "A",
        reducer: "last",
        refId: "B",
        settings: { mode: "dropNN" },
        type: "reduce",
      },
      {
        conditions: [{ evaluator: { params: [1], type: "lt" } }],
        datasource: { type: "__expr__", uid: "__expr__" },
        expression: "B",
        refId: "C",
        type: "threshold",
      },
    ]);
  });

  it("compares upwards for what is above", () => {
    expect(models(ruleWith({ comparison: { operator: "above", threshold: 0.006 } }))[2]).toMatchObject({
      conditions: [{ evaluator: { params: [0.006], type: "gt" } }],
    });
  });

  it("writes models with sorted keys, without what Grafana fills in", () => {
    for (const { model } of ruleWith({}).data as { model: string }[]) {
      const keys = Object.keys(JSON.parse(model));
      expect(keys).toEqual([...keys].sort());
      expect(model).not.toMatch(/intervalMs|maxDataPoints/);
    }
  });

  it.each([
    [0, "0s"],
    [60, "1m0s"],
    [300, "5m0s"],
    [5400, "1h30m0s"],
    [45, "45s"],
  ])("writes a duration of %s s as the provider reads it back: %s", (forSeconds, written) => {
    expect(ruleWith({ forSeconds }).for).toBe(written);
  });

  it("never takes silence or an error for health", () => {
    expect(ruleWith({ noData: "Alerting" })).toMatchObject({ no_data_state: "Alerting", exec_err_state: "Alerting" });
    expect(ruleWith({ noData: "NoData" })).toMatchObject({ no_data_state: "NoData", exec_err_state: "Error" });
  });

  it("labels an alert with what routes it, and with its objective", () => {
    const [down, burn] = groupWith().rule as Attributes[];
    const common = { service: "relay", stage: "production", team: "relay-maintainers" };
    expect(down?.labels).toEqual({ ...common, severity: "page" });
    expect(burn?.labels).toEqual({ ...common, severity: "warning", objective: "availability" });
  });

  it("labels the alerts of a stage that notifies nobody, and still evaluates them", () => {
    const rule = ruleWith({}, { notify: false });
    expect(rule.labels).toMatchObject({ notify: "no" });
    expect(rule).not.toHaveProperty("is_paused");
  });

  it("says what is wrong and what to do, and where the runbook is", () => {
    expect(ruleWith({}).annotations).toMatchObject({
      summary: "The service does not answer",
      description: "Roll back the newest deployment",
      runbook_url: "https://github.com/acme/relay/blob/HEAD/docs/runbooks/service-down.md",
    });
  });

  it("links to the panel of its signal, else to the first, else to none: a dashboard without a panel is refused by Grafana", () => {
    const panels = (...ids: [string, number][]) => ({
      panels: { dashboardUid: "relay_production_signals", ids: new Map(ids) },
    });
    const linked = (signal: string | undefined) =>
      ruleWith({ signal }, panels(["requests", 1], ["health", 7])).annotations as Attributes;
    expect(linked("health")).toMatchObject({ __dashboardUid__: "relay_production_signals", __panelId__: "7" });
    for (const signal of ["redis", undefined]) {
      expect(linked(signal)).toMatchObject({ __dashboardUid__: "relay_production_signals", __panelId__: "1" });
    }
    for (const { annotations } of [ruleWith({}, { panels: undefined }), ruleWith({}, panels())]) {
      expect(annotations).not.toHaveProperty("__dashboardUid__");
      expect(annotations).not.toHaveProperty("__panelId__");
    }
  });

  it("runs no template that stands in a declaration's text: neither Grafana's nor Terraform's", () => {
    const { annotations } = ruleWith({ summary: "{{ $labels.x }} ${upper(y)} %{ if z }", action: "{{{" });
    expect(annotations).toMatchObject({
      summary: '{{"{{"}} $labels.x }} $${upper(y)} %%{ if z }',
      description: '{{"{{"}}{',
    });
    const [query] = ruleWith({ query: 'a{b=~"x${1}"} %{c="d"}' }).data as { model: string }[];
    expect(query?.model).toContain("x$${1}");
    expect(query?.model).toContain("%%{c=");
  });

  it.each<[string, Partial<AlertRuleGroupProps>, string]>([
    [
      "an interval between the scheduler's",
      { intervalSeconds: 45 },
      'rule group "alerts": came an interval of 45 s, expected a multiple of 10 s; choose such an interval',
    ],
    [
      "a group without rules",
      { rules: [] },
      'rule group "alerts": came no rule, expected at least one; leave the group out instead',
    ],
    [
      "two rules of one name",
      { rules: [serviceDown, serviceDown] },
      'rule group "alerts": came two rules named "ServiceDown", expected names of their own; rename one of them',
    ],
    [
      "more rules than Grafana takes",
      { rules: Array.from({ length: 101 }, (_, i) => ({ ...serviceDown, name: `A${i}` })) },
      'rule group "alerts": came 101 rules, expected at most 100; split the service or drop alerts that nobody acts on',
    ],
    [
      "a name that Grafana finds too long",
      { rules: [{ ...serviceDown, name: "x".repeat(191) }] },
      "expected at most 190 characters; shorten the name",
    ],
  ])("refuses %s", (_, changes, message) => {
    expect(() => groupWith(changes)).toThrow(message);
  });
});
