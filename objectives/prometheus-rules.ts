import type { Organization } from "../declaration/organization";
import type { Service } from "../declaration/service";
import type { AlertRule, RecordingRule } from "./alert-rule";
import { duration } from "./duration";
import { LABEL, NOT_NOTIFIED } from "./names";
import { observedStage } from "./observed-stage";
import { checkedPromql } from "./promql";
import { stageRules } from "./stage-rules";
import { EVALUATION_SECONDS } from "./windows";
import { yamlText } from "./yaml-text";

/** One rule as Prometheus reads it. */
type Rule = {
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
} & (
  | { readonly record: string }
  | { readonly alert: string; readonly for?: string; readonly annotations: Readonly<Record<string, string>> }
);

/** Rules that are evaluated one after the other, so that alerts read what was recorded at the same moment. */
export interface RuleGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly Rule[];
}

/** The name of the alert that says of another that nothing is known: what Grafana calls NoData. */
export const WITHOUT_DATA = "AlertWithoutData";
const WITHOUT_DATA_FOR_SECONDS = 900;

/**
 * The rules of a service in some stages, as groups of a Prometheus rule file: one for each objective, and one for the declared alerts of each stage.
 * Recording rules are always among them, whoever records for Grafana. Prometheus knows no state without data, so what Grafana would say of it is
 * said by rules: alerts that fire without data have that in their expression, and of the others `AlertWithoutData` tells.
 */
export function ruleGroups(
  service: Service,
  organization: Organization,
  stages: readonly string[] = Object.keys(service.telemetry?.stages ?? {}),
): readonly RuleGroup[] {
  return stages.flatMap((stage) => stageGroups(service, organization, stage)).filter(({ rules }) => rules.length > 0);
}

/** A rule file (`groups:`). `command` makes it again. */
export function prometheusRuleFile(groups: readonly RuleGroup[], command: string): string {
  return `${header(command)}${yamlText({ groups })}`;
}

/** A `PrometheusRule` of the Prometheus operator for one service. `command` makes it again. */
export function prometheusRuleResource(service: string, groups: readonly RuleGroup[], command: string): string {
  const resource = {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: {
      name: `gatehouse-${service}`,
      labels: { "app.kubernetes.io/managed-by": "gatehouse", [LABEL.service]: service },
    },
    spec: { groups },
  };
  return `${header(command)}${yamlText(resource)}`;
}

function stageGroups(service: Service, organization: Organization, stage: string): readonly RuleGroup[] {
  const { recordings, alerts } = stageRules(service, stage, organization, true);
  const { notify } = observedStage(service, stage, organization).scope;
  const context: Context = { service: service.name, stage, notify, files: filesOf(service, organization) };
  const group = (name: string, rules: readonly Rule[]): RuleGroup => ({
    name: `gatehouse/${service.name}/${stage}/${name}`,
    interval: duration(EVALUATION_SECONDS),
    rules,
  });
  const objectives = Object.keys(service.objectives ?? {}).map((key) =>
    group(`objectives/${key}`, [
      ...recordings.filter(({ labels }) => labels[LABEL.objective] === key).map(recordingRule),
      ...alerts
        .filter(({ origin }) => "objective" in origin && origin.objective === key)
        .map((rule) => alertRule(rule, context)),
    ]),
  );
  const declared = alerts.filter(({ origin }) => "alert" in origin);
  return [
    ...objectives,
    group(
      "alerts",
      declared.flatMap((rule) => withoutData(rule, context)),
    ),
  ];
}

interface Context {
  readonly service: string;
  readonly stage: string;
  readonly notify: boolean;
  /** Address of the repository's files, without a slash at the end. */
  readonly files: string;
}

function recordingRule({ metric, query, labels }: RecordingRule): Rule {
  return { record: metric, expr: query, labels };
}

function alertRule(rule: AlertRule, context: Context): Rule {
  const { operator, threshold } = rule.comparison;
  return {
    alert: rule.name,
    expr: checkedPromql(`(${rule.query}) ${operator === "above" ? ">" : "<"} ${threshold}`),
    ...(rule.forSeconds > 0 && { for: duration(rule.forSeconds) }),
    labels: labelsOf(rule, context),
    annotations: {
      summary: untemplated(rule.summary),
      action: untemplated(rule.action),
      runbook_url: `${context.files}/${rule.runbook}`,
    },
  };
}

/** A declared alert, and what becomes of it when its query has no value. Queries of objectives always have one. */
function withoutData(rule: AlertRule, context: Context): readonly Rule[] {
  const fires = alertRule(rule, context);
  const absent = `absent(${rule.query})`;
  if (rule.noData === "Alerting") return [{ ...fires, expr: checkedPromql(`${fires.expr} or ${absent}`) }];
  return [
    fires,
    {
      alert: WITHOUT_DATA,
      expr: checkedPromql(absent),
      for: duration(Math.max(rule.forSeconds, WITHOUT_DATA_FOR_SECONDS)),
      labels: {
        ...labelsOf({ ...rule, severity: rule.severity === "info" ? "info" : "warning" }, context),
        rulename: rule.name,
      },
      annotations: {
        summary: `${context.service} ${context.stage}: ${rule.name} can't be judged: its query has no value`,
        action: "See whether the service runs and is scraped, and whether a metric or label was renamed",
        runbook_url: `${context.files}/${rule.runbook}`,
      },
    },
  ];
}

function labelsOf(rule: AlertRule, { service, stage, notify }: Context): Record<string, string> {
  return {
    [LABEL.service]: service,
    [LABEL.stage]: stage,
    [LABEL.severity]: rule.severity,
    [LABEL.team]: rule.team,
    ...("objective" in rule.origin && { [LABEL.objective]: rule.origin.objective }),
    ...(!notify && { [NOT_NOTIFIED.label]: NOT_NOTIFIED.value }),
  };
}

function filesOf(service: Service, organization: Organization): string {
  return `https://github.com/${organization.github.login}/${service.name}/blob/HEAD`;
}

/** Prometheus takes annotations for Go templates. https://prometheus.io/docs/prometheus/latest/configuration/template_examples/ */
function untemplated(text: string): string {
  return text.replaceAll("{{", '{{"{{"}}');
}

function header(command: string): string {
  return `# Made by Gatehouse from the declarations in services/: change those, not this.\n# Make it again: ${command}\n`;
}
