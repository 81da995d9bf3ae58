import { type Attributes, furnished, group, night, stage, tree, withRule } from "./grafana-fixture";
import type { Held, Workbench } from "./workbench";

describe("what Grafana does on its own", () => {
  test("it goes back to its first policies when they are destroyed, and has them before they are declared", () => {
    const bench = furnished();
    const first = { contact_point: "grafana-default-email", group_by: ["grafana_folder", "alertname"] };
    expect(
      bench.standIn("grafana_notification_policy").import("grafana_notification_policy", "policy").state,
    ).toMatchObject(first);
    bench.destroy(bench.make("grafana_notification_policy", { ...tree, policy: [{ contact_point: "mail" }] }));
    expect(bench.world.get("grafana_notification_policy", "1:policy")?.attributes).toMatchObject({
      ...first,
      policy: [],
    });
  });

  test("a mute timing that goes is taken out of the policies", () => {
    const bench = furnished();
    const muted = { contact_point: "mail", mute_timings: ["night"] };
    bench.make("grafana_notification_policy", { ...tree, policy: [{ ...muted, policy: [muted] }] });
    bench.destroy({ type: "grafana_mute_timing", id: "1:night", state: night });
    expect(bench.world.get("grafana_notification_policy", "1:policy")?.attributes).toMatchObject({
      policy: [{ mute_timings: [], policy: [{ mute_timings: [] }] }],
    });
  });

  test("dashboards and rules go with a folder that isn't to be kept", () => {
    const bench = furnished();
    bench.make("grafana_rule_group", group);
    bench.destroy({ type: "grafana_folder", id: "relay", state: { uid: "relay" } });
    expect(bench.world.list("grafana_rule_group")).toEqual([]);
  });
});

describe("what counts as the same", () => {
  test.each<[string, Attributes, Attributes]>([
    ["a duration written otherwise", { for: "5m" }, { for: "300s" }],
    [
      "a model with what Grafana fills in",
      {},
      { data: [{ ...stage, model: '{"maxDataPoints":43200,"intervalMs":1000}' }] },
    ],
    ["a state that is said or meant", {}, { no_data_state: "NoData", exec_err_state: "Alerting" }],
  ])("%s", (_, before, after) => {
    const bench = furnished();
    const held = bench.make("grafana_rule_group", withRule(before));
    const standIn = bench.standIn("grafana_rule_group");
    const config = bench.config("grafana_rule_group", withRule(after));
    expect(standIn.plan("grafana_rule_group", config, held.state).planned).toEqual(held.state);
  });

  test("but not another threshold, another state or another duration", () => {
    const bench = furnished();
    const held = bench.make("grafana_rule_group", group);
    for (const change of [{ for: "1m" }, { no_data_state: "OK" }, { data: [{ ...stage, model: '{"a":1}' }] }]) {
      const config = bench.config("grafana_rule_group", withRule(change));
      expect(bench.standIn("grafana_rule_group").plan("grafana_rule_group", config, held.state).planned).not.toEqual(
        held.state,
      );
    }
  });

  test("a dashboard whose numbers are others, but not one with another uid: that is another dashboard", () => {
    const bench = furnished();
    const panels = (id: number) => `{"panels":[{"id":${id},"x":1}],"title":"T","uid":"board","version":${id}}`;
    const held = bench.make("grafana_dashboard", { config_json: panels(1) });
    const config = bench.config("grafana_dashboard", { config_json: panels(2) });
    expect(bench.standIn("grafana_dashboard").plan("grafana_dashboard", config, held.state).planned).toEqual(
      held.state,
    );
    expect(bench.replaces(held, { config_json: '{"title":"T","uid":"other"}' })).toEqual(["config_json"]);
  });
});

describe("a refresh of Grafana doesn't see", () => {
  function afterEdit(bench: Workbench, held: Held, change: Attributes): Attributes | undefined {
    bench.world.edit(held.type, held.id, (attributes) => ({ ...attributes, ...change }));
    return bench.refresh(held);
  }

  test("that all policies are gone, but that one is", () => {
    const bench = furnished();
    const policy = (value: string) => ({ contact_point: "mail", matcher: [{ label: "team", match: "=", value }] });
    const held = bench.make("grafana_notification_policy", { ...tree, policy: [policy("a"), policy("b")] });
    expect(afterEdit(bench, held, { policy: [] })).toEqual(held.state);
    const [first] = held.state.policy as unknown[];
    expect(afterEdit(bench, held, { policy: [first] })).toMatchObject({ policy: [first] });
    expect(afterEdit(bench, held, { policy: [first] })?.policy).toHaveLength(1);
  });

  test("another id of a panel, but another panel", () => {
    const bench = furnished();
    const held = bench.make("grafana_dashboard", { config_json: '{"panels":[{"id":1}],"title":"T","uid":"board"}' });
    expect(afterEdit(bench, held, { config_json: '{"panels":[{"id":2}],"title":"T","uid":"board"}' })).toEqual(
      held.state,
    );
    const other = '{"panels":[{"id":1,"x":2}],"title":"T","uid":"board"}';
    expect(afterEdit(bench, held, { config_json: other })).toMatchObject({ config_json: other });
  });

  test("another secret of a contact point, but another URL", () => {
    const bench = furnished();
    const webhook = { url: "https://a.example", authorization_credentials: "secret" };
    const held = bench.make("grafana_contact_point", { name: "hook", webhook: [webhook] });
    const [made] = held.state.webhook as Attributes[];
    expect(afterEdit(bench, held, { webhook: [{ ...made, authorization_credentials: "other" }] })).toEqual(held.state);
    expect(afterEdit(bench, held, { webhook: [{ ...made, url: "https://b.example" }] })).toMatchObject({
      webhook: [{ url: "https://b.example" }],
    });
  });
});
