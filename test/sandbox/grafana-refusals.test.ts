import {
  type Attributes,
  board,
  furnished,
  group,
  mail,
  night,
  recording,
  rule,
  stage,
  tree,
  withRule,
} from "./grafana-fixture";
import { type Held, Workbench } from "./workbench";

describe("what the Grafana provider refuses before it asks", () => {
  test.each<[string, string, Attributes, string]>([
    ["a folder's uid with a space", "grafana_folder", { title: "T", uid: "a b" }, "expected a uid"],
    ["a folder's uid of 41 characters", "grafana_folder", { title: "T", uid: "x".repeat(41) }, "expected a uid"],
    [
      "a data source's settings that aren't JSON",
      "grafana_data_source",
      { name: "M", type: "p", json_data_encoded: "{" },
      "expected a JSON object",
    ],
    [
      "headers among settings",
      "grafana_data_source",
      { name: "M", type: "p", json_data_encoded: '{"httpHeaderName1":"X"}' },
      "Use the http_headers attribute",
    ],
    ["a dashboard without a title", "grafana_dashboard", { config_json: "{}" }, "expected a dashboard with a title"],
    [
      "a dashboard's uid of 41 characters",
      "grafana_dashboard",
      { config_json: `{"title":"T","uid":"${"x".repeat(41)}"}` },
      "expected a uid",
    ],
    [
      "an alert without a condition",
      "grafana_rule_group",
      withRule({ condition: null }),
      'The provider says: "condition" is required.',
    ],
    [
      "a condition that is no stage",
      "grafana_rule_group",
      withRule({ condition: "Z" }),
      "expected the ref_id of a stage: A",
    ],
    [
      "two stages of one name",
      "grafana_rule_group",
      withRule({ data: [stage, stage] }),
      "expected a ref_id of each stage's own",
    ],
    [
      "a query over no time",
      "grafana_rule_group",
      withRule({ data: [{ ...stage, relative_time_range: [{ from: 0, to: 0 }] }] }),
      "expected a range that begins before it ends",
    ],
    [
      "a model that isn't JSON",
      "grafana_rule_group",
      withRule({ data: [{ ...stage, model: "x" }] }),
      "expected a JSON object",
    ],
    ["a rule's uid of 41 characters", "grafana_rule_group", withRule({ uid: "x".repeat(41) }), "expected a uid"],
    [
      "a dashboard without a panel",
      "grafana_rule_group",
      withRule({ annotations: { __dashboardUid__: "b" } }),
      "expected both of __dashboardUid__ and __panelId__, or neither",
    ],
    [
      "a panel by its name",
      "grafana_rule_group",
      withRule({ annotations: { __dashboardUid__: "b", __panelId__: "x" } }),
      "expected __panelId__ as a number",
    ],
    ["a duration that is none", "grafana_rule_group", withRule({ for: "soon" }), "expected a duration"],
    [
      "two rules of one uid",
      "grafana_rule_group",
      { ...group, rule: [rule, { ...rule, name: "Other" }] },
      "expected a uid of each rule's own",
    ],
    [
      "two rules of one name",
      "grafana_rule_group",
      { ...group, rule: [rule, { ...rule, uid: "other" }] },
      "expected a name of each rule's own",
    ],
    [
      "alerts and recordings in one group",
      "grafana_rule_group",
      { ...group, rule: [rule, recording] },
      "expected rules that all alert, or all record",
    ],
    [
      "a recording that waits",
      "grafana_rule_group",
      { ...group, rule: [{ ...recording, for: "5m" }] },
      'conflicting fields "record" and "for"',
    ],
    [
      "a recording with a state",
      "grafana_rule_group",
      { ...group, rule: [{ ...recording, no_data_state: "NoData" }] },
      'conflicting fields "record" and "no_data_state"',
    ],
    [
      "an interval of 15 s",
      "grafana_rule_group",
      { ...group, interval_seconds: 15 },
      "expected a multiple of the scheduler's 10 seconds",
    ],
    [
      "a contact point without a receiver",
      "grafana_contact_point",
      { name: "x" },
      "expected at least one of email, slack, pagerduty, webhook",
    ],
    [
      "an e-mail to nobody",
      "grafana_contact_point",
      { name: "x", email: [{ addresses: [] }] },
      "expected at least one address",
    ],
    [
      "a matcher of another language",
      "grafana_notification_policy",
      { ...tree, policy: [{ matcher: [{ label: "a", match: "==", value: "b" }] }] },
      "expected one of =, !=, =~, !~",
    ],
    [
      "a wait that is no duration",
      "grafana_notification_policy",
      { ...tree, policy: [{ group_wait: "a while" }] },
      "expected a duration",
    ],
    [
      "quiet hours over midnight",
      "grafana_mute_timing",
      { name: "n", intervals: [{ times: [{ start: "22:00", end: "07:00" }] }] },
      "expected an end after the start",
    ],
    [
      "a day of no week",
      "grafana_mute_timing",
      { name: "n", intervals: [{ weekdays: ["mon"] }] },
      "expected a weekday or a range of them",
    ],
    [
      "a place without a time zone",
      "grafana_mute_timing",
      { name: "n", intervals: [{ location: "Mars/Olympus" }] },
      "IANA time zone database",
    ],
  ])("%s", (_, type, attributes, message) => {
    expect(new Workbench().refusals(type, attributes).join("\n")).toContain(message);
  });

  test.each<[string, string, Attributes]>([
    ["an alert", "grafana_rule_group", group],
    ["a recording", "grafana_rule_group", { ...group, rule: [recording] }],
    [
      "an expression over no time",
      "grafana_rule_group",
      withRule({ data: [{ ...stage, datasource_uid: "__expr__", relative_time_range: [{ from: 0, to: 0 }] }] }),
    ],
    [
      "a tree",
      "grafana_notification_policy",
      { ...tree, policy: [{ group_wait: "1m30s", matcher: [{ label: "a", match: "=~", value: "b" }] }] },
    ],
    [
      "a whole day",
      "grafana_mute_timing",
      { name: "n", intervals: [{ times: [{ start: "00:00", end: "24:00" }], weekdays: ["monday:friday"] }] },
    ],
  ])("but not %s", (_, type, attributes) => {
    expect(new Workbench().refusals(type, attributes)).toEqual([]);
  });
});

describe("what Grafana refuses", () => {
  test.each<[string, string, Attributes, string]>([
    [
      "rules in a folder that doesn't exist",
      "grafana_rule_group",
      { ...group, folder_uid: "nowhere" },
      "refers to a grafana_folder that doesn't exist",
    ],
    [
      "rules on a data source that doesn't exist",
      "grafana_rule_group",
      withRule({ data: [{ ...stage, datasource_uid: "nothing" }] }),
      "refers to a grafana_data_source that doesn't exist",
    ],
    [
      "a dashboard in a folder that doesn't exist",
      "grafana_dashboard",
      { ...board, folder: "nowhere" },
      "refers to a grafana_folder that doesn't exist",
    ],
    [
      "a fallback that doesn't exist",
      "grafana_notification_policy",
      { ...tree, contact_point: "nobody" },
      "refers to a grafana_contact_point that doesn't exist",
    ],
    [
      "a route to what doesn't exist",
      "grafana_notification_policy",
      { ...tree, policy: [{ policy: [{ contact_point: "nobody" }] }] },
      "refers to a grafana_contact_point that doesn't exist",
    ],
    [
      "quiet hours that don't exist",
      "grafana_notification_policy",
      { ...tree, policy: [{ mute_timings: ["noon"] }] },
      "refers to a grafana_mute_timing that doesn't exist",
    ],
    ["a folder of the same title", "grafana_folder", { title: "relay", uid: "other" }, "can't be created"],
    [
      "a data source of the same name",
      "grafana_data_source",
      { name: "Metrics", type: "prometheus", uid: "other" },
      "can't be created",
    ],
    ["a contact point of the same name", "grafana_contact_point", mail, "can't be created"],
    ["a mute timing of the same name", "grafana_mute_timing", night, "can't be created"],
  ])("%s", (_, type, attributes, message) => {
    expect(() => furnished().make(type, attributes)).toThrow(message);
  });

  test("a dashboard in the place of another, a group in the place of another", () => {
    const bench = furnished();
    bench.make("grafana_dashboard", board);
    expect(() => bench.make("grafana_dashboard", board)).toThrow("can't be created");
    bench.make("grafana_rule_group", group);
    expect(() => bench.make("grafana_rule_group", group)).toThrow("can't be created");
  });

  test("a rule's uid or name that another group has", () => {
    const bench = furnished();
    bench.make("grafana_rule_group", group);
    const other = (change: Attributes) => ({ ...withRule(change), name: "other" });
    const refusal = (change: Attributes) => {
      try {
        bench.make("grafana_rule_group", other(change));
      } catch (error) {
        return (error as { detail?: string }).detail;
      }
      return undefined;
    };
    expect(refusal({ name: "Other" })).toContain("has a rule with the uid down already");
    expect(refusal({ uid: "other" })).toContain("rule title under the same organisation and folder should be unique");
    expect(refusal({ name: "Other", uid: "other" })).toBeUndefined();
  });

  test("to delete a contact point that a policy or a rule names", () => {
    const bench = furnished();
    const held: Held = { type: "grafana_contact_point", id: "1:mail", state: { name: "mail" } };
    const policies = bench.make("grafana_notification_policy", { ...tree, policy: [{ contact_point: "mail" }] });
    expect(() => bench.destroy(held)).toThrow("can't be applied");
    bench.destroy(policies);
    const rules = bench.make("grafana_rule_group", withRule({ notification_settings: [{ contact_point: "mail" }] }));
    expect(() => bench.destroy(held)).toThrow("can't be applied");
    bench.destroy(rules);
    bench.destroy(held);
    expect(bench.world.list("grafana_contact_point")).toEqual([]);
  });

  test("to delete a folder that is to be kept while something is in it", () => {
    const bench = furnished();
    const config = { title: "kept", uid: "kept", prevent_destroy_if_not_empty: true };
    const folder = bench.make("grafana_folder", config);
    const inside = bench.make("grafana_dashboard", { ...board, folder: "kept" });
    expect(() => bench.destroy(folder)).toThrow("can't be applied");
    bench.destroy(inside);
    bench.destroy(folder);
    expect(bench.world.get("grafana_folder", "kept")).toBeUndefined();
  });
});
