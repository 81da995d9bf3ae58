import { TerraformStack } from "cdktf";
import type { Organization } from "../../declaration/organization";
import type { Service } from "../../declaration/service";
import { stageRules } from "../../objectives/stage-rules";
import { relay } from "../../services/relay";
import { ObservabilityStage } from "../../stacks/observability-stage";
import { type Changes, changed } from "../declaration/change";
import { minimalOrganization } from "../declaration/fixture";
import { resources, type SynthesizedStack, stackNamed, stacksOf } from "./synthesized-fleet";

type Attributes = Readonly<Record<string, unknown>>;

const organization: Organization = {
  ...minimalOrganization,
  grafana: {
    dataSources: {
      metrics: {
        kind: "prometheus",
        name: "Metrics",
        url: "http://prometheus:9090",
        retentionDays: 90,
        scrapeSeconds: 15,
        recordedBy: "grafana",
      },
    },
    contactPoints: { mail: { kind: "email", addresses: ["a@example.com"] } },
    routes: { "relay-maintainers": { page: "mail" } },
    fallback: "mail",
  },
};

function observed(stage: string, service: Changes = {}, others: Changes = {}): SynthesizedStack {
  const stacks = stacksOf((app) => {
    const props = {
      service: changed(relay as Service, service),
      stage,
      organization: changed(organization, others),
    };
    new ObservabilityStage(new TerraformStack(app, "relay"), props);
  });
  return stackNamed(stacks, "relay");
}

const production = observed("production");

function rulesOf(stack: SynthesizedStack): readonly Attributes[] {
  return Object.values(resources(stack, "grafana_rule_group")).flatMap(({ rule }) => rule as unknown as Attributes[]);
}

describe("what relay has of Grafana in a stage", () => {
  test("a folder, and all else in it", () => {
    expect(resources(production, "grafana_folder")["grafana-folder"]).toMatchObject({
      uid: "relay_production",
      title: "relay production",
    });
    const folder = "${grafana_folder.grafana-folder.uid}";
    expect(resources(production, "grafana_dashboard").dashboard?.folder).toBe(folder);
    for (const group of Object.values(resources(production, "grafana_rule_group"))) {
      expect(group.folder_uid).toBe(folder);
      expect(group.interval_seconds).toBe(60);
    }
  });

  test("alerts of objectives, alerts by threshold and recordings are groups of their own", () => {
    const names = (id: string) =>
      ((resources(production, "grafana_rule_group")[id]?.rule ?? []) as unknown as Attributes[]).map(
        ({ name }) => name,
      );
    expect(Object.keys(resources(production, "grafana_rule_group"))).toEqual([
      "alerts-objectives",
      "alerts-thresholds",
      ...Object.keys(relay.objectives).map((objective) => `recordings-${objective}`),
    ]);
    const { alerts, recordings } = stageRules(relay, "production", organization);
    expect(names("alerts-thresholds")).toEqual(Object.keys(relay.alerts));
    expect([...names("alerts-objectives"), ...names("alerts-thresholds")]).toEqual(alerts.map(({ name }) => name));
    const recorded = Object.keys(relay.objectives).flatMap((objective) => names(`recordings-${objective}`));
    expect(recorded).toHaveLength(recordings.length);
  });

  test("every rule has a uid of its own", () => {
    const uids = rulesOf(production).map(({ uid }) => uid as string);
    expect(new Set(uids).size).toBe(uids.length);
    expect(uids.filter((uid) => !/^[A-Za-z0-9_-]{1,40}$/.test(uid))).toEqual([]);
  });

  test("every alert links to a runbook in its repository, and to a panel of the dashboard", () => {
    const alerts = rulesOf(production).filter((rule) => !("record" in rule)) as { annotations: Attributes }[];
    for (const { annotations } of alerts) {
      expect(annotations.runbook_url).toMatch(
        /^https:\/\/github\.com\/example\/relay\/blob\/HEAD\/docs\/runbooks\/.+\.md$/,
      );
    }
    const { panels } = JSON.parse(String(resources(production, "grafana_dashboard").dashboard?.config_json));
    const ids = (panels as { id: number }[]).map(({ id }) => String(id));
    for (const { annotations } of alerts) {
      expect(annotations.__dashboardUid__).toBe("relay_production_signals");
      expect(ids).toContain(annotations.__panelId__);
    }
  });

  test("rules ask the data source that the service names", () => {
    for (const { data } of rulesOf(production) as { data: Attributes[] }[]) {
      expect(data[0]?.datasource_uid).toBe("gatehouse_metrics");
    }
  });

  test("a stage that notifies nobody has the same alerts, which say so", () => {
    const notify = (stack: SynthesizedStack) =>
      rulesOf(stack)
        .filter((rule) => !("record" in rule))
        .map(({ labels }) => (labels as Attributes).notify);
    expect(new Set(notify(production))).toEqual(new Set([undefined]));
    expect(new Set(notify(observed("staging")))).toEqual(new Set(["no"]));
    expect(notify(observed("staging"))).toHaveLength(notify(production).length);
  });

  test("nothing is recorded by Grafana where somebody else does it, or nobody", () => {
    for (const recordedBy of ["rule-file", undefined]) {
      const stack = observed("production", {}, { "grafana.dataSources.metrics.recordedBy": recordedBy });
      expect(Object.keys(resources(stack, "grafana_rule_group"))).toEqual(["alerts-objectives", "alerts-thresholds"]);
    }
  });

  test("a service without a dashboard, objectives or alerts has only what it declares", () => {
    const stack = observed("production", { dashboard: undefined, objectives: undefined });
    expect(resources(stack, "grafana_dashboard")).toEqual({});
    expect(Object.keys(resources(stack, "grafana_rule_group"))).toEqual(["alerts-thresholds"]);
    expect(JSON.stringify(stack.json)).not.toContain("__dashboardUid__");
  });

  test("a stage without telemetry is refused", () => {
    expect(() => observed("preview")).toThrow('service "relay" has no metrics of stage "preview"');
  });

  test("a data source that the organization doesn't have is refused", () => {
    expect(() => observed("production", { "telemetry.dataSource": "elsewhere" })).toThrow(
      'service "relay": data source "elsewhere" is not',
    );
  });
});
