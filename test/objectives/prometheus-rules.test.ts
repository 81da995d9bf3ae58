import { parse } from "yaml";
import type { Service } from "../../declaration/service";
import {
  prometheusRuleFile,
  prometheusRuleResource,
  type RuleGroup,
  ruleGroups,
} from "../../objectives/prometheus-rules";
import { fleet } from "../../services/fleet";
import { relay as declared } from "../../services/relay";
import { changed } from "../declaration/change";
import { describeWith } from "../support/programs";
import { everyKind, recordedBy } from "./observed";
import { checkRules } from "./promtool";

const relay: Service = declared;
const COMMAND = "npx gatehouse slo export relay --format prometheus";

describe("a rule file", () => {
  const file = prometheusRuleFile(ruleGroups(relay, recordedBy()), COMMAND);
  const { groups } = parse(file) as { readonly groups: readonly RuleGroup[] };
  const rules = groups.flatMap((group) => group.rules);
  const alerts = rules.flatMap((rule) => ("alert" in rule ? [rule] : []));

  test("begins with what made it and how to make it again", () => {
    expect(file.split("\n").slice(0, 3)).toEqual([
      "# Made by Gatehouse from the declarations in services/: change those, not this.",
      `# Make it again: ${COMMAND}`,
      "groups:",
    ]);
  });

  test("is the same bytes for the same declaration", () => {
    expect(prometheusRuleFile(ruleGroups(relay, recordedBy()), COMMAND)).toBe(file);
    expect(prometheusRuleFile(ruleGroups(relay, recordedBy("grafana")), COMMAND)).toBe(file);
  });

  test("has a group for each objective and one for the declared alerts, in each stage", () => {
    expect(groups.map(({ name }) => name)).toEqual(
      ["staging", "production"].flatMap((stage) =>
        [
          "objectives/availability",
          "objectives/errors",
          "objectives/light-latency",
          "objectives/webhook-latency",
          "alerts",
        ].map((part) => `gatehouse/relay/${stage}/${part}`),
      ),
    );
    expect(ruleGroups(relay, recordedBy(), ["production"])).toEqual(groups.slice(5));
  });

  test("has groups of different names, even for an objective named alerts", () => {
    const service = changed(relay, { "objectives.alerts": relay.objectives?.errors });
    const names = ruleGroups(service, recordedBy()).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test("labels every alert with service, stage, severity and team, and those of a stage that tells nobody as such", () => {
    const staging = alerts.find(({ alert, labels }) => alert === "ErrorsBudgetBurnPage" && labels.stage === "staging");
    const production = alerts.find(
      ({ alert, labels }) => alert === "ErrorsBudgetBurnPage" && labels.stage === "production",
    );
    expect(production?.labels).toEqual({
      service: "relay",
      stage: "production",
      severity: "page",
      team: "relay-maintainers",
      objective: "errors",
    });
    expect(staging?.labels).toEqual({ ...production?.labels, stage: "staging", severity: "warning", notify: "no" });
  });

  test("reads alike by YAML 1.1, as Kubernetes does: a label that says no is no false", () => {
    expect(parse(file, { version: "1.1" })).toEqual(parse(file));
    expect(file).toContain('notify: "no"');
  });

  test("links every alert to its runbook, and says what to do", () => {
    for (const { annotations } of alerts) {
      expect(annotations.summary).not.toBe("");
      expect(annotations.action).not.toBe("");
      expect(annotations.runbook_url).toMatch(
        /^https:\/\/github\.com\/openclaw\/relay\/blob\/HEAD\/docs\/runbooks\/[a-z-]+\.md$/,
      );
    }
  });

  test("says of every declared alert what becomes of it without data", () => {
    const down = alerts.find(({ alert }) => alert === "ServiceDown");
    expect(down?.expr).toMatch(/^\(sgn\(.*\)\) < 1 or absent\(sgn\(.*\)\)$/);
    const told = alerts.filter(({ alert }) => alert === "AlertWithoutData").map(({ labels }) => labels.rulename);
    expect(new Set(told)).toEqual(
      new Set([
        "LightEndpointLatencyHigh",
        "WebhookExecuteLatencyHigh",
        "ActionsErrorRateHigh",
        "HighErrorStreak",
        "RateLimitBreaches",
        "DatabaseConnectionPoolExhausted",
      ]),
    );
  });

  test("keeps text of a declaration from being run as a template", () => {
    const service = changed(relay, { "alerts.ServiceDown.summary": "{{ .Value }} is {{down}}" });
    const text = prometheusRuleFile(ruleGroups(service, recordedBy(), ["production"]), COMMAND);
    expect(text).toContain('{{"{{"}} .Value }} is {{"{{"}}down}}');
  });
});

describe("a PrometheusRule", () => {
  test("holds the same groups for the operator", () => {
    const groups = ruleGroups(relay, recordedBy());
    const text = prometheusRuleResource("relay", groups, COMMAND);
    expect(text.startsWith("# Made by Gatehouse")).toBe(true);
    expect(parse(text)).toEqual({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: {
        name: "gatehouse-relay",
        labels: { "app.kubernetes.io/managed-by": "gatehouse", service: "relay" },
      },
      spec: { groups: JSON.parse(JSON.stringify(groups)) },
    });
  });
});

describeWith(["promtool"], "promtool", () => {
  test.each(
    [...fleet.services.map(({ service }) => service), everyKind].map((service) => [service.name, service] as const),
  )("takes every rule of %s", (_, service) => {
    const groups = ruleGroups(service, { ...recordedBy(), github: fleet.organization.github });
    const count = groups.flatMap(({ rules }) => rules).length;
    const { status, output } = checkRules(prometheusRuleFile(groups, COMMAND));
    expect(output).toContain(`SUCCESS: ${count} rules found`);
    expect(status).toBe(0);
  });

  test("takes text that looks like a template, and texts in any script", () => {
    const service = changed(relay, {
      "alerts.ServiceDown.summary": '{{ .Nothing | nonsense }} "down" \\ 日本',
      "telemetry.stages.production.where": { service: 're"lay}\\{日本' },
    });
    expect(checkRules(prometheusRuleFile(ruleGroups(service, recordedBy(), ["production"]), COMMAND)).output).toContain(
      "SUCCESS",
    );
  });
});
