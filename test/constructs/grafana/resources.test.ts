import { Fn, TerraformOutput, Token } from "cdktf";
import { ContactPoint } from "../../../constructs/grafana/resources/contact-point";
import { Dashboard } from "../../../constructs/grafana/resources/dashboard";
import { DataSource } from "../../../constructs/grafana/resources/data-source";
import { Folder } from "../../../constructs/grafana/resources/folder";
import { MuteTiming } from "../../../constructs/grafana/resources/mute-timing";
import { NotificationPolicy } from "../../../constructs/grafana/resources/notification-policy";
import { RuleGroup } from "../../../constructs/grafana/resources/rule-group";
import { GRAFANA_SCHEMAS } from "../../../sandbox/schema/grafana";
import type { Block } from "../../../sandbox/schema/schema";
import { resourceOf, synthesized } from "../synthesized";

/** Names in a configuration that a schema doesn't have. */
function unknownNames(block: Block, config: object): readonly string[] {
  return Object.entries(config).flatMap(([name, value]) => {
    const nested = block.blocks[name];
    if (nested === undefined) return name in block.attributes ? [] : [name];
    return (value as object[]).flatMap((each) => unknownNames(nested.block, each).map((inner) => `${name}.${inner}`));
  });
}

describe("a typed resource of Grafana", () => {
  const data = { refId: "A", datasourceUid: "p", model: "{}", queryType: "", relativeTimeRange: [{ from: 1, to: 0 }] };
  const settings = {
    contactPoint: "c",
    groupBy: ["a"],
    muteTimings: ["m"],
    activeTimings: ["t"],
    groupWait: "1s",
    groupInterval: "1m",
    repeatInterval: "1h",
  };
  const receiver = { disableResolveMessage: true, settings: { someKey: "kept" } };
  const policy = { ...settings, continue: true, matcher: [{ label: "l", match: "=", value: "v" }] } as const;

  it.each<[string, (stack: never) => unknown, object]>([
    [
      "grafana_folder",
      (stack) =>
        new Folder(stack, "x", {
          title: "T",
          uid: "u",
          parentFolderUid: "p",
          preventDestroyIfNotEmpty: true,
          orgId: "1",
        }),
      { title: "T", uid: "u", parent_folder_uid: "p", prevent_destroy_if_not_empty: true, org_id: "1" },
    ],
    [
      "grafana_data_source",
      (stack) =>
        new DataSource(stack, "x", {
          name: "n",
          type: "prometheus",
          accessMode: "proxy",
          basicAuthEnabled: false,
          basicAuthUsername: "",
          databaseName: "",
          httpHeaders: { "X-Some": "h" },
          isDefault: false,
          jsonDataEncoded: "{}",
          secureJsonDataEncoded: "{}",
          privateDataSourceConnectNetworkId: "",
        }),
      { access_mode: "proxy", json_data_encoded: "{}", http_headers: { "X-Some": "h" }, is_default: false },
    ],
    [
      "grafana_dashboard",
      (stack) => new Dashboard(stack, "x", { configJson: "{}", folder: "f", message: "m", overwrite: false }),
      { config_json: "{}", folder: "f", message: "m", overwrite: false },
    ],
    [
      "grafana_rule_group",
      (stack) =>
        new RuleGroup(stack, "x", {
          name: "g",
          folderUid: "f",
          intervalSeconds: 60,
          disableProvenance: false,
          rule: [
            {
              name: "r",
              uid: "u",
              condition: "A",
              for: "5m0s",
              keepFiringFor: "1m0s",
              missingSeriesEvalsToResolve: 2,
              noDataState: "NoData",
              execErrState: "Error",
              isPaused: false,
              labels: { someLabel: "kept" },
              annotations: { __panelId__: "1", runbookUrl: "kept" },
              data: [{ ...data, relativeTimeRange: [{ from: 1, to: 0 }] }],
              notificationSettings: [settings],
              record: [{ metric: "m", from: "A", targetDatasourceUid: "p" }],
            },
          ],
        }),
      {
        rule: [
          {
            name: "r",
            uid: "u",
            condition: "A",
            for: "5m0s",
            keep_firing_for: "1m0s",
            missing_series_evals_to_resolve: 2,
            no_data_state: "NoData",
            exec_err_state: "Error",
            is_paused: false,
            labels: { someLabel: "kept" },
            annotations: { __panelId__: "1", runbookUrl: "kept" },
            data: [
              {
                ref_id: "A",
                datasource_uid: "p",
                model: "{}",
                query_type: "",
                relative_time_range: [{ from: 1, to: 0 }],
              },
            ],
            notification_settings: [
              {
                contact_point: "c",
                group_by: ["a"],
                mute_timings: ["m"],
                active_timings: ["t"],
                group_wait: "1s",
                group_interval: "1m",
                repeat_interval: "1h",
              },
            ],
            record: [{ metric: "m", from: "A", target_datasource_uid: "p" }],
          },
        ],
      },
    ],
    [
      "grafana_contact_point",
      (stack) =>
        new ContactPoint(stack, "x", {
          name: "c",
          email: [{ ...receiver, addresses: ["a@b.example"], singleEmail: true, subject: "s", message: "m" }],
          slack: [{ ...receiver, url: "u", recipient: "r", endpointUrl: "e", mentionUsers: "me" }],
          pagerduty: [{ ...receiver, integrationKey: "k", clientUrl: "u", details: { someKey: "kept" } }],
          webhook: [
            {
              ...receiver,
              url: "u",
              httpMethod: "POST",
              maxAlerts: 1,
              authorizationScheme: "Bearer",
              headers: { "X-Some": "kept" },
              basicAuthUser: "u",
              tlsConfig: { caCertificate: "kept" },
            },
          ],
        }),
      {
        email: [
          {
            disable_resolve_message: true,
            settings: { someKey: "kept" },
            addresses: ["a@b.example"],
            single_email: true,
            subject: "s",
            message: "m",
          },
        ],
        pagerduty: [
          {
            disable_resolve_message: true,
            settings: { someKey: "kept" },
            integration_key: "k",
            client_url: "u",
            details: { someKey: "kept" },
          },
        ],
      },
    ],
    [
      "grafana_notification_policy",
      (stack) =>
        new NotificationPolicy(stack, "x", {
          contactPoint: "c",
          groupBy: ["a"],
          groupWait: "1s",
          policy: [{ ...policy, policy: [{ ...policy, policy: [policy] }] }],
        }),
      { contact_point: "c", group_by: ["a"], group_wait: "1s" },
    ],
    [
      "grafana_mute_timing",
      (stack) =>
        new MuteTiming(stack, "x", {
          name: "m",
          intervals: [
            {
              times: [{ start: "00:00", end: "24:00" }],
              weekdays: ["monday"],
              daysOfMonth: ["1"],
              months: ["may"],
              years: ["2030"],
              location: "UTC",
            },
          ],
        }),
      {
        intervals: [
          {
            times: [{ start: "00:00", end: "24:00" }],
            weekdays: ["monday"],
            days_of_month: ["1"],
            months: ["may"],
            years: ["2030"],
            location: "UTC",
          },
        ],
      },
    ],
  ])("%s has Terraform's names for its own, and leaves maps of others' keys alone", (type, make, expected) => {
    const resource = resourceOf((stack) => void make(stack as never), type);
    expect(resource).toMatchObject(expected);
    const schema = GRAFANA_SCHEMAS[type];
    expect(schema && unknownNames(schema, resource)).toEqual([]);
  });

  it("leaves out what isn't set", () => {
    expect(
      resourceOf((stack) => void new Folder(stack, "x", { title: "T", uid: undefined }), "grafana_folder"),
    ).toEqual({
      title: "T",
    });
  });

  it("refers to others, and is referred to", () => {
    const stack = synthesized((scope) => {
      const folder = new Folder(scope, "f", { title: Fn.upper("t") });
      const dashboard = new Dashboard(scope, "d", { configJson: "{}", folder: folder.uid });
      const timing = new MuteTiming(scope, "m", { name: "m" });
      const point = new ContactPoint(scope, "c", { name: "c", webhook: [{ url: folder.url }] });
      const source = new DataSource(scope, "s", { name: "s", type: "prometheus", isDefault: Token.asAny(true) });
      new TerraformOutput(scope, "all", {
        value: [
          dashboard.uid,
          dashboard.url,
          dashboard.version,
          dashboard.dashboardId,
          timing.name,
          point.name,
          source.uid,
          folder.id,
        ],
      });
    });
    expect(stack.resource.grafana_dashboard?.d).toMatchObject({ folder: "${grafana_folder.f.uid}" });
    expect(stack.resource.grafana_folder?.f).toMatchObject({ title: '${upper("t")}' });
    expect(stack.resource.grafana_contact_point?.c).toMatchObject({ webhook: [{ url: "${grafana_folder.f.url}" }] });
    expect(stack.output.all?.value).toEqual([
      "${grafana_dashboard.d.uid}",
      "${grafana_dashboard.d.url}",
      "${grafana_dashboard.d.version}",
      "${grafana_dashboard.d.dashboard_id}",
      "${grafana_mute_timing.m.name}",
      "${grafana_contact_point.c.name}",
      "${grafana_data_source.s.uid}",
      "${grafana_folder.f.id}",
    ]);
  });

  it("takes what every resource takes", () => {
    const resource = resourceOf((stack) => {
      const first = new Folder(stack, "first", { title: "first" });
      new MuteTiming(stack, "x", { name: "m", dependsOn: [first], count: 2, lifecycle: { createBeforeDestroy: true } });
    }, "grafana_mute_timing");
    expect(resource).toEqual({
      name: "m",
      depends_on: ["grafana_folder.first"],
      count: 2,
      lifecycle: { create_before_destroy: true },
    });
  });
});
