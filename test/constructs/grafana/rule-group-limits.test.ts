import { checkRuleGroup } from "../../../constructs/grafana/rule-group-limits";

describe("the uids of a group's rules", () => {
  it("have at most 40 characters", () => {
    expect(() => checkRuleGroup("alerts", 60, [{ name: "a", uid: "x".repeat(41) }])).toThrow(
      `rule group "alerts": came the uid "${"x".repeat(41)}", expected 1 to 40 of A–Z, a–z, 0–9, - and _; use ruleUid()`,
    );
  });

  it("are not shared", () => {
    const rules = [
      { name: "a", uid: "u" },
      { name: "b", uid: "u" },
    ];
    expect(() => checkRuleGroup("alerts", 60, rules)).toThrow(
      'rule group "alerts": came the uid "u" for "a" and "b", expected one rule each; rename one rule',
    );
  });
});
