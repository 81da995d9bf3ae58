import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Workspace } from "../sandbox/terraform";
import { Cluster, describeWithCluster } from "../support/cluster";
import { LivePlugin } from "../support/live-plugin";

const CHART = "apiVersion: v2\nname: web\nversion: 1.0.0\n";
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels:
      release: {{ .Release.Name }}
  template:
    metadata:
      labels:
        release: {{ .Release.Name }}
        app: {{ .Values.app }}
    spec:
      containers:
        - name: web
          image: registry.example/web@sha256:${"0".repeat(64)}
`;

describeWithCluster("Terraform with releases of the real helm", ["terraform", "helm"], () => {
  let cluster: Cluster;
  let plugin: LivePlugin;
  let workspace: Workspace;
  const chart = mkdtempSync(join(tmpdir(), "chart-"));

  beforeAll(async () => {
    mkdirSync(join(chart, "templates"));
    writeFileSync(join(chart, "Chart.yaml"), CHART);
    writeFileSync(join(chart, "templates", "deployment.yaml"), DEPLOYMENT);
    [cluster, workspace] = await Promise.all([Cluster.start(), Workspace.open()]);
    await cluster.playKubelet({ fate: ({ metadata }) => (metadata.labels?.app === "broken" ? "crashes" : "ready") });
    plugin = await LivePlugin.start({ kubeconfig: cluster.kubeconfig });
    workspace.environment = plugin.environment;
    declare({ app: "web", replicas: 2 });
    await workspace.succeed("init", "-input=false");
    await workspace.apply();
  });
  afterAll(async () => {
    rmSync(chart, { recursive: true });
    await plugin?.stop();
    await workspace?.end();
    await cluster?.stop();
  });

  /** One release in a namespace of its own. */
  function declare(values: object, more: object = {}): void {
    workspace.write({
      terraform: {
        required_providers: { kubernetes: { source: "hashicorp/kubernetes" }, helm: { source: "hashicorp/helm" } },
      },
      provider: { kubernetes: [{ config_context: "test" }], helm: [{ kubernetes: { config_context: "test" } }] },
      resource: {
        kubernetes_namespace_v1: { web: { metadata: { name: "web" } } },
        helm_release: {
          web: {
            name: "web",
            namespace: "${kubernetes_namespace_v1.web.metadata[0].name}",
            chart,
            version: "1.0.0",
            values: [JSON.stringify(values)],
            atomic: true,
            cleanup_on_fail: true,
            wait: true,
            timeout: 8,
            max_history: 2,
            ...more,
          },
        },
      },
    });
  }

  const deployment = () => cluster.admin.find("/apis/apps/v1/namespaces/web/deployments/web");
  const revisions = async () =>
    JSON.parse(await cluster.run("helm", ["history", "web", "--namespace=web", "--output=json"]));

  test("a release is there when its pods are ready, and planned once", async () => {
    expect((await deployment())?.status).toMatchObject({ readyReplicas: 2 });
    expect(await workspace.actions()).toEqual({});
  });

  test("another value is an upgrade, of which helm keeps as many as declared", async () => {
    for (const replicas of [1, 3]) {
      declare({ app: "web", replicas });
      expect(await workspace.actions()).toEqual({ "helm_release.web": "update" });
      await workspace.apply();
    }
    expect((await deployment())?.spec.replicas).toBe(3);
    expect(await revisions()).toEqual([
      expect.objectContaining({ revision: 2, status: "superseded" }),
      expect.objectContaining({ revision: 3, status: "deployed" }),
    ]);
    expect(await workspace.actions()).toEqual({});
  });

  test("an upgrade that doesn't get ready is rolled back, and tried again by the next plan", async () => {
    declare({ app: "broken", replicas: 1 });
    const { code, output } = await workspace.run(["apply", "-auto-approve"]);
    expect(code).toBe(1);
    expect(output).toContain("helm_release can't be applied");
    expect(output).toMatch(/rolled back due to\s+atomic/);
    expect((await deployment())?.spec.replicas).toBe(3);
    expect(await workspace.actions()).toEqual({ "helm_release.web": "update" });
  });

  test("a release that was uninstalled by hand is made again", async () => {
    declare({ app: "web", replicas: 3 });
    await cluster.run("helm", ["uninstall", "web", "--namespace=web"]);
    expect(await workspace.actions()).toEqual({ "helm_release.web": "create" });
    await workspace.apply();
    expect((await deployment())?.spec.replicas).toBe(3);
  });

  test("values that the chart can't be rendered with end the plan, where the release is linted", async () => {
    declare({ app: "web", replicas: 3 }, { lint: true });
    expect(await workspace.actions()).toEqual({ "helm_release.web": "update" });
    declare({ app: { not: "a text" }, replicas: "{{" }, { lint: true });
    writeFileSync(join(chart, "values.schema.json"), JSON.stringify({ properties: { app: { type: "string" } } }));
    const { code, output } = await workspace.run(["plan"]);
    rmSync(join(chart, "values.schema.json"));
    expect(code).toBe(1);
    expect(output).toContain("helm_release can't be planned");
    expect(output).toMatch(/app.*string/s);
  });

  test("an attribute that the live plugin doesn't know is refused, not passed over", async () => {
    declare({ app: "web", replicas: 3 }, { verify: true });
    const { output } = await workspace.run(["apply", "-auto-approve"]);
    expect(output).toContain("the live plugin doesn't know what verify means to helm");
  });

  test("a destroy leaves nothing, also where half of it is gone", async () => {
    declare({ app: "web", replicas: 3 });
    await cluster.run("helm", ["uninstall", "web", "--namespace=web"]);
    await workspace.succeed("destroy", "-auto-approve", "-refresh=false");
    expect(await cluster.admin.find("/api/v1/namespaces/web")).toBeUndefined();
  });
});
