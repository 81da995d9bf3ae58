import { literal } from "../literal";
import type { RuleGroupRuleData } from "./resources/rule-group";

/** What Grafana calls its own expressions where a data source is asked for. */
const EXPRESSION = "__expr__";

/** An instant query looks at one moment, but Grafana refuses a range that has no length (`isValid` in pkg/services/ngalert/models/alert_query.go). */
const QUERY_RANGE = { from: 600, to: 0 };

/** Stage A: the value of a query at the moment of the evaluation. */
export function instantQuery(dataSourceUid: string, query: string): RuleGroupRuleData {
  const model = {
    refId: "A",
    datasource: { type: "prometheus", uid: dataSourceUid },
    editorMode: "code",
    expr: query,
    instant: true,
    range: false,
  };
  return { refId: "A", datasourceUid: dataSourceUid, model: modelJson(model), relativeTimeRange: [QUERY_RANGE] };
}

/**
 * Stage B: that value as a number. What is not a number is dropped, so that it counts as no data: left alone, NaN is not
 * above any threshold, and a rule that can't tell would look healthy (`Execute` in pkg/expr/threshold.go).
 */
export function lastNumber(): RuleGroupRuleData {
  return expression("B", { type: "reduce", expression: "A", reducer: "last", settings: { mode: "dropNN" } });
}

/** Stage C: whether that number is above or below the threshold. */
export function threshold(operator: "above" | "below", value: number): RuleGroupRuleData {
  const evaluator = { type: operator === "above" ? "gt" : "lt", params: [value] };
  return expression("C", { type: "threshold", expression: "B", conditions: [{ evaluator }] });
}

function expression(refId: string, model: Readonly<Record<string, unknown>>): RuleGroupRuleData {
  const whole = { ...model, refId, datasource: { type: EXPRESSION, uid: EXPRESSION } };
  return { refId, datasourceUid: EXPRESSION, model: modelJson(whole), relativeTimeRange: [{ from: 0, to: 0 }] };
}

/**
 * JSON with sorted keys, as the provider reads it back. Neither `intervalMs` nor `maxDataPoints` is said: Grafana adds its
 * defaults, which the provider takes away again (`normalizeModelJSON` in internal/resources/grafana/resource_alerting_rule_group.go).
 */
function modelJson(model: Readonly<Record<string, unknown>>): string {
  return literal(JSON.stringify(sorted(model)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
