import type { AttributePath } from "../../protocol/attribute-path";
import { isUnknown } from "../../protocol/unknown";
import type { Attributes } from "../../protocol/value-codec";
import type { Inspection } from "../inspection";
import { durationSeconds } from "./duration";

/** What a rule that records must leave out: `unpackAlertRule` of the provider. */
const ALERTS_ONLY = ["for", "keep_firing_for", "no_data_state", "exec_err_state", "condition"];

const EXPRESSIONS = ["__expr__", "-100"];

function blocks(value: unknown): readonly Attributes[] {
  return Array.isArray(value) ? (value as readonly Attributes[]) : [];
}

function given(value: unknown): boolean {
  return value !== null && value !== undefined && value !== "" && !isUnknown(value);
}

export function records(rule: Attributes): boolean {
  return blocks(rule.record).length > 0;
}

export function isExpression(stage: Attributes): boolean {
  return EXPRESSIONS.includes(String(stage.datasource_uid));
}

/**
 * What the provider or Grafana refuse of the rules of a group.
 * Sources: resource_alerting_rule_group.go of the provider at v4.21.0; of github.com/grafana/grafana: `PreSave` in
 * pkg/services/ngalert/models/alert_query.go, `SetDashboardAndPanelFromAnnotations` and `ValidateAlertRule` in
 * pkg/services/ngalert/models/alert_rule.go.
 */
export function checkRules(config: Inspection): void {
  const rules = blocks(config.config.rule);
  if (rules.some(records) && !rules.every(records))
    config.refuse(["rule"], "both", "rules that all alert, or all record", "Make a group of each kind.");
  for (const name of ["name", "uid"]) {
    const values = rules.map((rule) => rule[name]).filter(given);
    const twice = values.find((value, i) => values.indexOf(value) !== i);
    if (twice !== undefined)
      config.refuse(["rule"], twice, `a ${name} of each rule's own`, `Rules of one group share no ${name}.`);
  }
  rules.forEach((rule, i) => {
    checkKind(config, rule, ["rule", i]);
    checkStages(config, rule, ["rule", i]);
    checkPanel(config, rule, ["rule", i]);
  });
}

function checkKind(config: Inspection, rule: Attributes, path: AttributePath): void {
  for (const name of ["for", "keep_firing_for"]) {
    if (given(rule[name]) && durationSeconds(rule[name]) === undefined)
      config.refuse([...path, name], rule[name], "a duration", 'Write e.g. "5m".');
  }
  if (!records(rule)) {
    if ((rule.condition ?? "") === "")
      config.refuse(
        [...path, "condition"],
        rule.condition,
        "the ref_id of a stage",
        'The provider says: "condition" is required.',
      );
    return;
  }
  for (const name of ALERTS_ONLY) {
    if (given(rule[name]) && durationSeconds(rule[name]) !== 0)
      config.refuse(
        [...path, name],
        rule[name],
        `nothing: conflicting fields "record" and "${name}"`,
        `Remove ${name}.`,
      );
  }
}

function checkStages(config: Inspection, rule: Attributes, path: AttributePath): void {
  const stages = blocks(rule.data);
  const ids = stages.map(({ ref_id: id }) => id);
  if (new Set(ids).size < ids.length)
    config.refuse([...path, "data"], ids, "a ref_id of each stage's own", "Name the stages A, B, C.");
  const decides = records(rule) ? blocks(rule.record)[0]?.from : rule.condition;
  if (given(decides) && !ids.includes(decides))
    config.refuse(path, decides, `the ref_id of a stage: ${ids.join(", ")}`, "Name one of them.");
  stages.forEach((stage, i) => {
    const { from, to } = blocks(stage.relative_time_range)[0] ?? {};
    if (!isExpression(stage) && typeof from === "number" && typeof to === "number" && from <= to)
      config.refuse([...path, "data", i], `${from}–${to} s`, "a range that begins before it ends", "Raise from.");
  });
}

function checkPanel(config: Inspection, rule: Attributes, path: AttributePath): void {
  const annotations = (isUnknown(rule.annotations) ? {} : (rule.annotations ?? {})) as Attributes;
  const [dashboard, panel] = [annotations.__dashboardUid__, annotations.__panelId__];
  if ((dashboard === undefined) !== (panel === undefined))
    config.refuse(
      [...path, "annotations"],
      dashboard ?? panel,
      "both of __dashboardUid__ and __panelId__, or neither",
      "Set both.",
    );
  if (typeof panel === "string" && !/^\d+$/.test(panel))
    config.refuse([...path, "annotations"], panel, "__panelId__ as a number", "Take the panel's id.");
}
