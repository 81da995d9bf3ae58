import { AlertRuleGroup } from "../../constructs/grafana/alert-rule-group";
import { RecordingRuleGroup } from "../../constructs/grafana/recording-rule-group";
import { ServiceFolder } from "../../constructs/grafana/service-folder";
import { SignalsDashboard } from "../../constructs/grafana/signals-dashboard";
import type { Grafana } from "../../declaration/grafana";
import { dataSourceUid } from "../../objectives/names";
import { Notifications } from "../../stacks/notifications";
import { budgetBurn, serviceDown } from "../constructs/grafana/rules";
import { synthesized } from "../constructs/synthesized";
import { describeWithTerraform } from "../support/programs";
import { Workspace } from "./terraform";

type Attributes = Readonly<Record<string, unknown>>;

const grafana: Grafana = {
  dataSources: {
    metrics: {
      kind: "prometheus",
      name: "Metrics",
      url: "http://prometheus:9090",
      retentionDays: 90,
      scrapeSeconds: 15,
    },
  },
  contactPoints: {
    mail: { kind: "email", addresses: ["platform@example.com"] },
    hook: { kind: "webhook", url: "https://hooks.example.com/alerts" },
    pager: { kind: "existing", name: "PagerDuty" },
  },
  routes: { "relay-maintainers": { page: "pager", warning: "hook" }, platform: { critical: "hook" } },
  fallback: "mail",
  quietHours: {
    nights: { severities: ["warning"], times: [{ start: "22:00", end: "24:00" }], location: "Europe/Berlin" },
  },
};

/** All of the plane in one stack, as Terraform reads it. */
function plane(changes: Partial<Grafana> = {}) {
  const { resource, import: imports } = synthesized((stack) => {
    new Notifications(stack, { grafana: { ...grafana, ...changes } });
    const { folderUid } = new ServiceFolder(stack, "folder", { uid: "relay_production", title: "relay ${production}" });
    const json =
      '{"panels":[{"id":7,"title":"a","expr":"$__rate_interval ${x}"}],"title":"relay","uid":"relay_signals"}';
    new SignalsDashboard(stack, "dashboard", { folderUid, json });
    const common = { folderUid, service: "relay", stage: "production", intervalSeconds: 60 };
    const asked = { ...common, dataSourceUid: dataSourceUid("metrics") };
    new AlertRuleGroup(stack, "alerts", {
      ...asked,
      name: "alerts",
      rules: [{ ...serviceDown, summary: "{{ $x }} ${y} %{z}" }, budgetBurn],
      repositoryUrl: "https://github.com/acme/relay/blob/HEAD",
      panels: { dashboardUid: "relay_signals", ids: new Map([["health", 7]]) },
      notify: true,
    });
    const metric = "slo:sli_error:ratio_rate5m";
    const rules = [{ metric, query: "a / b", labels: { objective: "availability" } }];
    new RecordingRuleGroup(stack, "recordings", { ...asked, name: "recordings", rules });
  });
  // Otherwise the organization's stack comes first; here one stack holds both sides.
  const group = Object.values(resource.grafana_rule_group ?? {});
  for (const each of group) Object.assign(each, { depends_on: ["grafana_data_source.data-source-metrics"] });
  return { resource, import: imports };
}

let workspace: Workspace;

afterEach(() => workspace.end());

describeWithTerraform("Grafana's plane on real Terraform", () => {
  beforeEach(async () => {
    workspace = await Workspace.open();
    workspace.sandbox.create("grafana_contact_point", {
      name: "PagerDuty",
      pagerduty: [{ integration_key: "secret" }],
    });
    workspace.write(plane());
    await workspace.succeed("init", "-input=false");
    await workspace.succeed("validate");
    await workspace.apply();
  });

  const rulesNow = () => workspace.sandbox.world.get("grafana_rule_group", "1:relay_production:alerts")?.attributes;

  test("is applied, and then there is nothing to plan", async () => {
    expect(await workspace.actions()).toEqual({});
    const tree = workspace.sandbox.world.get("grafana_notification_policy", "1:policy");
    expect(tree?.attributes).toMatchObject({
      contact_point: "mail",
      policy: [
        { mute_timings: ["Gatehouse always"] },
        { policy: [{ contact_point: "hook" }] },
        { policy: [{ contact_point: "PagerDuty" }, { contact_point: "hook", mute_timings: ["nights"] }] },
      ],
    });
  });

  test("says in Grafana what the declaration says, whatever looks like a template", () => {
    const [rule] = (rulesNow()?.rule ?? []) as { annotations: Attributes }[];
    expect(rule?.annotations.summary).toBe('{{"{{"}} $x }} ${y} %{z}');
    expect(workspace.sandbox.world.get("grafana_folder", "relay_production")?.attributes.title).toBe(
      "relay ${production}",
    );
    const board = workspace.sandbox.world.get("grafana_dashboard", "1:relay_signals")?.attributes;
    expect(JSON.parse(String(board?.config_json))).toMatchObject({ panels: [{ expr: "$__rate_interval ${x}" }] });
  });

  test("sees a threshold that somebody raised, and puts it back", async () => {
    workspace.sandbox.world.edit("grafana_rule_group", "1:relay_production:alerts", (group) => ({
      ...group,
      rule: (group.rule as { data: { model: string }[] }[]).map((rule) => ({
        ...rule,
        data: rule.data.map((stage) => ({ ...stage, model: stage.model.replace("[0.006]", "[0.6]") })),
      })),
    }));
    expect(await workspace.actions()).toEqual({ "grafana_rule_group.alerts": "update" });
    await workspace.apply();
    expect(await workspace.actions()).toEqual({});
  });

  test("sees a route that somebody deleted, and a mute timing that somebody widened", async () => {
    workspace.sandbox.world.edit("grafana_notification_policy", "1:policy", (tree) => ({
      ...tree,
      policy: (tree.policy as unknown[]).slice(0, 2),
    }));
    workspace.sandbox.world.edit("grafana_mute_timing", "1:nights", (timing) => ({
      ...timing,
      intervals: [{ times: [{ start: "00:00", end: "24:00" }] }],
    }));
    expect(await workspace.actions()).toEqual({
      "grafana_mute_timing.quiet-hours-nights": "update",
      "grafana_notification_policy.notification-policy": "update",
    });
  });

  test("puts another contact point in the place of one in use", async () => {
    const { mail, ...others } = grafana.contactPoints;
    if (mail === undefined) throw new Error("the fixture has no contact point mail");
    workspace.write(plane({ contactPoints: { ...others, post: mail }, fallback: "post" }));
    await workspace.apply();
    expect(await workspace.actions()).toEqual({});
    expect(workspace.sandbox.world.list("grafana_contact_point").map(({ attributes }) => attributes.name)).toEqual([
      "PagerDuty",
      "hook",
      "post",
    ]);
  });

  test("ends quiet hours that are declared no more", async () => {
    workspace.write(plane({ quietHours: {} }));
    await workspace.apply();
    expect(await workspace.actions()).toEqual({});
    expect(workspace.sandbox.world.get("grafana_mute_timing", "1:nights")).toBeUndefined();
  });
});

describeWithTerraform("an organization whose Grafana has policies already", () => {
  test("shows in the first plan what of them would go", async () => {
    workspace = await Workspace.open();
    workspace.sandbox.create("grafana_contact_point", {
      name: "PagerDuty",
      pagerduty: [{ integration_key: "secret" }],
    });
    workspace.sandbox.create("grafana_notification_policy", {
      contact_point: "grafana-default-email",
      group_by: ["alertname"],
      policy: [{ contact_point: "PagerDuty", matcher: [{ label: "made", match: "=", value: "by hand" }] }],
    });
    workspace.write(plane());
    await workspace.succeed("init", "-input=false");
    const { resource_changes: changes } = await workspace.plan();
    const tree = changes?.find(({ address }) => address === "grafana_notification_policy.notification-policy");
    expect(tree?.change.actions).toEqual(["update"]);
    expect(JSON.stringify(tree?.change.before)).toContain("by hand");
  });
});
