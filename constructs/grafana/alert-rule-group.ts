import { Construct } from "constructs";
import type { AlertRule } from "../../objectives/alert-rule";
import { LABEL, NOT_NOTIFIED, ruleUid } from "../../objectives/names";
import { literal } from "../literal";
import { alertText } from "./alert-text";
import { goDuration } from "./go-duration";
import { instantQuery, lastNumber, threshold } from "./query-model";
import { RuleGroup, type RuleGroupRule } from "./resources/rule-group";
import { checkRuleGroup } from "./rule-group-limits";

export interface AlertRuleGroupProps {
  /** Unique in the folder. Another name is another group. */
  readonly name: string;
  /** Uid of the folder, as a reference. */
  readonly folderUid: string;
  readonly service: string;
  readonly stage: string;
  /** In the order of their evaluation; at least one, at most 100. */
  readonly rules: readonly AlertRule[];
  /** Uid of the data source that is asked. */
  readonly dataSourceUid: string;
  /** How often the rules are evaluated: a multiple of 10. Seconds. */
  readonly intervalSeconds: number;
  /** Where a browser shows the files of the service's repository, without a slash at the end. */
  readonly repositoryUrl: string;
  /** Panels that alerts link to, by the signal they show, the board's first one first. @default - alerts link to no panel */
  readonly panels?: { readonly dashboardUid: string; readonly ids: ReadonlyMap<string, number> } | undefined;
  /** Whether people are told. Otherwise a label says so, by which the notification policies are silent. */
  readonly notify: boolean;
}

/**
 * Alerts that Grafana evaluates itself: a query for a value, the value as a number, and its threshold. The comparison is no
 * part of the query, or a healthy service would read as no data.
 */
export class AlertRuleGroup extends Construct {
  /** @throws Error if Grafana would refuse the group */
  constructor(scope: Construct, id: string, props: AlertRuleGroupProps) {
    super(scope, id);
    const rules = props.rules.map((rule) => grafanaRule(rule, props));
    checkRuleGroup(props.name, props.intervalSeconds, rules);
    new RuleGroup(this, "Default", {
      name: props.name,
      folderUid: props.folderUid,
      intervalSeconds: props.intervalSeconds,
      rule: rules.map((rule) => ({ ...rule, name: literal(rule.name) })),
    });
  }
}

function grafanaRule(rule: AlertRule, props: AlertRuleGroupProps): RuleGroupRule & { readonly uid: string } {
  return {
    name: rule.name,
    uid: ruleUid(props.service, props.stage, rule.name),
    condition: "C",
    for: goDuration(rule.forSeconds),
    noDataState: rule.noData,
    // A query that can't be answered is as little good news as one without an answer.
    execErrState: rule.noData === "Alerting" ? "Alerting" : "Error",
    labels: labelsOf(rule, props),
    annotations: annotationsOf(rule, props),
    data: [
      instantQuery(props.dataSourceUid, rule.query),
      lastNumber(),
      threshold(rule.comparison.operator, rule.comparison.threshold),
    ],
  };
}

function labelsOf(rule: AlertRule, { service, stage, notify }: AlertRuleGroupProps): Record<string, string> {
  return {
    [LABEL.service]: service,
    [LABEL.stage]: stage,
    [LABEL.severity]: rule.severity,
    [LABEL.team]: rule.team,
    ...("objective" in rule.origin && { [LABEL.objective]: rule.origin.objective }),
    ...(!notify && { [NOT_NOTIFIED.label]: NOT_NOTIFIED.value }),
  };
}

function annotationsOf(rule: AlertRule, { repositoryUrl, panels }: AlertRuleGroupProps): Record<string, string> {
  // Of what no panel shows the first one is near enough: the link opens the whole board, and the alert is marked there.
  const panel = panels?.ids.get(rule.signal ?? "") ?? panels?.ids.values().next().value;
  return {
    summary: alertText(rule.summary),
    description: alertText(rule.action),
    runbook_url: alertText(`${repositoryUrl}/${encodeURI(rule.runbook)}`),
    // Grafana takes both or neither (`SetDashboardAndPanelFromAnnotations` in pkg/services/ngalert/models/alert_rule.go).
    ...(panels !== undefined &&
      panel !== undefined && { __dashboardUid__: panels.dashboardUid, __panelId__: String(panel) }),
  };
}
