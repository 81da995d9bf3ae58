import { RecordingRuleGroup, type RecordingRuleGroupProps } from "../../../constructs/grafana/recording-rule-group";
import type { RecordingRule } from "../../../objectives/alert-rule";
import { resourceOf } from "../synthesized";

type Attributes = Readonly<Record<string, unknown>>;

function recording(objective: string): RecordingRule {
  return {
    metric: "slo:sli_error:ratio_rate5m",
    query: "sum(a) / sum(b)",
    labels: { service: "relay", stage: "production", objective },
  };
}

function rulesWith(changes: Partial<RecordingRuleGroupProps> = {}): readonly Attributes[] {
  const { rule } = resourceOf(
    (stack) =>
      void new RecordingRuleGroup(stack, "recordings", {
        name: "recordings",
        folderUid: "f",
        service: "relay",
        stage: "production",
        rules: [recording("availability"), recording("errors")],
        dataSourceUid: "gatehouse_metrics",
        intervalSeconds: 60,
        ...changes,
      }),
    "grafana_rule_group",
  );
  return rule as Attributes[];
}

describe("RecordingRuleGroup", () => {
  it("records the number under the metric's name, back into the data source it came from", () => {
    const [rule] = rulesWith();
    expect(rule).toMatchObject({
      labels: { service: "relay", stage: "production", objective: "availability" },
      record: [{ metric: "slo:sli_error:ratio_rate5m", from: "B", target_datasource_uid: "gatehouse_metrics" }],
    });
    const stages = (rule?.data ?? []) as readonly { ref_id: string; model: string }[];
    expect(stages.map(({ ref_id }) => ref_id)).toEqual(["A", "B"]);
    expect(JSON.parse(stages[0]?.model ?? "")).toMatchObject({ expr: "sum(a) / sum(b)", instant: true });
    expect(JSON.parse(stages[1]?.model ?? "")).toMatchObject({ type: "reduce", settings: { mode: "dropNN" } });
  });

  it("has nothing that only alerts have: the provider refuses it", () => {
    for (const rule of rulesWith()) {
      for (const name of ["condition", "for", "no_data_state", "exec_err_state", "annotations"]) {
        expect(rule).not.toHaveProperty(name);
      }
    }
  });

  it("tells rules of one metric apart by their labels", () => {
    const rules = rulesWith();
    expect(rules.map(({ name }) => name)).toEqual([
      "slo:sli_error:ratio_rate5m availability",
      "slo:sli_error:ratio_rate5m errors",
    ]);
    expect(new Set(rules.map(({ uid }) => uid)).size).toBe(2);
  });

  it("refuses the same recording twice", () => {
    expect(() => rulesWith({ rules: [recording("errors"), recording("errors")] })).toThrow(
      'rule group "recordings": came two rules named "slo:sli_error:ratio_rate5m errors", expected names of their own; rename one of them',
    );
  });
});
