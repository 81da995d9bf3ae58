import { describeWithTerraform } from "../support/programs";
import { Workspace } from "./terraform";

let workspace: Workspace;

afterEach(() => workspace.end());

describeWithTerraform("real Terraform with the stand-ins for kubernetes, helm and grafana", () => {
  beforeEach(async () => {
    workspace = await Workspace.open();
  });

  const cluster = {
    kubernetes_namespace_v1: { pos: { metadata: { name: "pos", labels: { team: "pos" } } } },
    kubernetes_secret_v1: {
      token: {
        metadata: { name: "token", namespace: "${kubernetes_namespace_v1.pos.metadata[0].name}" },
        data_wo: { key: "in clear" },
        data_wo_revision: 1,
      },
    },
    helm_release: {
      pos: {
        name: "pos",
        namespace: "${kubernetes_namespace_v1.pos.metadata[0].name}",
        chart: "service",
        repository: "https://charts.example.com",
        version: "1.2.3",
        timeout: 600,
        set: [{ name: "image.tag", value: "abc" }],
      },
    },
    grafana_data_source: { metrics: { name: "Metrics", type: "prometheus", uid: "p" } },
    grafana_folder: { pos: { title: "POS", uid: "pos" } },
    grafana_rule_group: {
      slo: {
        name: "slo",
        folder_uid: "${grafana_folder.pos.uid}",
        interval_seconds: 60,
        rule: [
          {
            uid: "down",
            name: "ServiceDown",
            condition: "A",
            data: [
              {
                ref_id: "A",
                datasource_uid: "${grafana_data_source.metrics.uid}",
                model: "{}",
                relative_time_range: { from: 600, to: 0 },
              },
            ],
          },
        ],
      },
    },
  };

  test("deploys, plans nothing, sees a tampered label and heals it, and destroys", async () => {
    await workspace.deploy(cluster);
    expect(await workspace.actions()).toEqual({});
    expect(await workspace.succeed("state", "pull")).not.toContain("in clear");
    workspace.sandbox.world.edit("kubernetes_namespace_v1", "pos", (attributes) => ({
      ...attributes,
      metadata: [{ ...(attributes.metadata as object[])[0], labels: {} }],
    }));
    expect(await workspace.actions()).toEqual({ "kubernetes_namespace_v1.pos": "update" });
    await workspace.apply();
    await workspace.succeed("destroy", "-auto-approve");
    expect(workspace.sandbox.world.list()).toEqual([]);
  });

  test("is refused a release into a namespace that doesn't exist", async () => {
    workspace.write({ resource: { helm_release: { pos: { ...cluster.helm_release.pos, namespace: "nowhere" } } } });
    await workspace.succeed("init", "-input=false");
    const { output } = await workspace.run(["apply", "-auto-approve"]);
    expect(output).toContain('namespaces "nowhere" not found');
  });
});
