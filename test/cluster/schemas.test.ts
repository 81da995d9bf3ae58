import { stringify } from "yaml";
import { Cluster, describeWithCluster } from "../support/cluster";
import { installDefinitions } from "../support/definitions";
import { Schemas } from "../support/schemas";

const labels = { app: "web" };
const template = {
  metadata: { labels },
  spec: { containers: [{ name: "web", image: "web", resources: { limits: { cpu: 1, memory: "64Mi" } } }] },
};

function rollout(step: object): string {
  return stringify({
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Rollout",
    metadata: { name: "web" },
    spec: { selector: { matchLabels: labels }, template, strategy: { canary: { steps: [step] } } },
  });
}

function deployment(spec: object): string {
  const all = { selector: { matchLabels: labels }, template, ...spec };
  return stringify({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" }, spec: all });
}

describeWithCluster("manifests against the schemas of a real API server", ["kubeconform"], () => {
  let cluster: Cluster;
  let schemas: Schemas;
  beforeAll(async () => {
    cluster = await Cluster.start();
    await installDefinitions(cluster, "argo-rollouts");
    await installDefinitions(cluster, "gateway-api");
    await installDefinitions(cluster, "kyverno");
    schemas = await Schemas.of(cluster);
  }, 120_000);
  afterAll(() => cluster?.stop());

  test("what is right passes", async () => {
    const summary = await schemas.kubeconform(`${deployment({ replicas: 2 })}---\n${rollout({ setWeight: 5 })}`);
    expect(summary).toContain("2 resources found parsing stdin - Valid: 2, Invalid: 0, Errors: 0, Skipped: 0");
  });

  test("a misspelled field is refused", async () => {
    await expect(schemas.kubeconform(deployment({ replica: 2 }))).rejects.toThrow(/replica' not allowed/);
  });

  test("a misspelled canary step is refused", async () => {
    await expect(schemas.kubeconform(rollout({ setWieght: 5 }))).rejects.toThrow(/setWieght' not allowed/);
  });

  test("a wrong type is refused", async () => {
    await expect(schemas.kubeconform(rollout({ setWeight: "5" }))).rejects.toThrow(/setWeight/);
  });

  test("a kind that the server doesn't have is refused", async () => {
    const unknown = stringify({ apiVersion: "example.org/v1", kind: "Canary", metadata: { name: "web" } });
    await expect(schemas.kubeconform(unknown)).rejects.toThrow(/could not find schema for Canary/);
  });
});
