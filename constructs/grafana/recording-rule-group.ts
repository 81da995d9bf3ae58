import { Construct } from "constructs";
import type { RecordingRule } from "../../objectives/alert-rule";
import { LABEL, ruleUid } from "../../objectives/names";
import { literal } from "../literal";
import { instantQuery, lastNumber } from "./query-model";
import { RuleGroup } from "./resources/rule-group";
import { checkRuleGroup } from "./rule-group-limits";

export interface RecordingRuleGroupProps {
  /** Unique in the folder. Another name is another group. */
  readonly name: string;
  /** Uid of the folder, as a reference. */
  readonly folderUid: string;
  readonly service: string;
  readonly stage: string;
  /** In the order of their evaluation; at least one, at most 100. */
  readonly rules: readonly RecordingRule[];
  /** Uid of the data source that is asked and written to; it must take remote writes. */
  readonly dataSourceUid: string;
  /** How often the rules are evaluated: a multiple of 10. Seconds. */
  readonly intervalSeconds: number;
}

/**
 * Series that Grafana records itself (Grafana ≥ 11.2 with recording rules enabled). They never share a group with alerts:
 * the provider refuses what only alerts have, and Grafana a group of both.
 */
export class RecordingRuleGroup extends Construct {
  /** @throws Error if Grafana would refuse the group */
  constructor(scope: Construct, id: string, props: RecordingRuleGroupProps) {
    super(scope, id);
    const { service, stage, dataSourceUid } = props;
    const rules = props.rules.map((rule) => {
      const name = titleOf(rule);
      return {
        name,
        uid: ruleUid(service, stage, name),
        labels: Object.fromEntries(Object.entries(rule.labels).map(([label, value]) => [label, literal(value)])),
        data: [instantQuery(dataSourceUid, rule.query), lastNumber()],
        record: [{ metric: rule.metric, from: "B", targetDatasourceUid: dataSourceUid }] as const,
      };
    });
    checkRuleGroup(props.name, props.intervalSeconds, rules);
    new RuleGroup(this, "Default", {
      name: props.name,
      folderUid: props.folderUid,
      intervalSeconds: props.intervalSeconds,
      rule: rules.map((rule) => ({ ...rule, name: literal(rule.name) })),
    });
  }
}

/** Names are unique in a folder, metrics are not: what tells them apart is in their labels. */
function titleOf({ metric, labels }: RecordingRule): string {
  const own = Object.entries(labels).filter(([label]) => label !== LABEL.service && label !== LABEL.stage);
  return [metric, ...own.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value)].join(" ");
}
