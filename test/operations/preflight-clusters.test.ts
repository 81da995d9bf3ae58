import { clusterFindings } from "../../operations/preflight-cluster";
import type { Finding } from "../../operations/preflight-finding";
import { ClusterReader } from "../../operations/preflight-kubectl";
import { REMOVED } from "../declaration/change";
import { type FleetChanges, summitFleet } from "../declaration/fixture";
import { World, type WorldProps } from "./preflight-world";

let world: World;
beforeEach(async () => {
  world = await World.of({});
});
afterEach(() => world.close());

function named(findings: readonly Finding[], what: string): Finding | undefined {
  return findings.find((finding) => finding.what === what);
}

describe("clusters", () => {
  const version = (minor: string) => ({ version: { stdout: { serverVersion: { major: "1", minor } } } });
  const DEFINITION = "get customresourcedefinitions.apiextensions.k8s.io";

  async function findings(kubectl: WorldProps["kubectl"], changes: FleetChanges = {}, others = {}) {
    await world.close();
    world = await World.of(kubectl === undefined ? {} : { kubectl });
    const environment = { ...world.environment, ...others };
    const { organization, services } = summitFleet(changes);
    const [entry] = services;
    if (entry === undefined) throw new Error("a fleet without a service");
    return clusterFindings(organization, entry.service, ({ context }) => new ClusterReader({ context, environment }));
  }

  test("the cluster is reached by its context, in the declared version", async () => {
    const found = await findings(version("33"));
    expect(named(found, "cluster: eu-1")).toMatchObject({ sight: "ok", said: "reached; version 1.33, as declared" });
    expect(world.commands[0]).toBe("version --output=json --context=eu-1 --request-timeout=20s");
  });

  test("a version with a + is the distribution's own; another one has failed", async () => {
    expect(named(await findings(version("33+")), "cluster: eu-1")?.sight).toBe("ok");
    expect(named(await findings(version("31")), "cluster: eu-1")).toMatchObject({
      sight: "failed",
      said: "version 1.31; 1.33 is declared",
    });
  });

  test.each([
    [
      "a cluster that is away",
      { version: { exitCode: 1, stderr: "Unable to connect to the server: dial tcp\u001b[2J" } },
      /Unable to connect.*\\u001b/,
    ],
    ["no JSON", { version: { stdout: "hello" } }, /JSON/],
    ["no version", { version: { stdout: { serverVersion: 5 } } }, /the server says no version/],
    ["nothing", {}, /kubectl said nothing/],
  ])("%s could not be seen", async (_what, kubectl, why) => {
    expect(named(await findings(kubectl), "cluster: eu-1")).toMatchObject({
      sight: "unseen",
      said: expect.stringMatching(why),
    });
  });

  test("without kubectl, or without a kubeconfig, nothing was seen", async () => {
    expect(named(await findings(undefined), "cluster: eu-1")?.said).toContain('there is no "kubectl" on PATH');
    expect(named(await findings({}, {}, { KUBE_CONFIG_PATH: "" }), "cluster: eu-1")?.said).toContain(
      "KUBE_CONFIG_PATH is not set",
    );
  });

  test("custom resources that the service's objects are of must be there", async () => {
    const found = await findings({
      ...version("33"),
      [`${DEFINITION} rollouts.argoproj.io`]: { stdout: { kind: "CustomResourceDefinition" } },
    });
    expect(named(found, "cluster eu-1: rollouts.argoproj.io")?.sight).toBe("ok");
    expect(named(found, "cluster eu-1: analysistemplates.argoproj.io")).toMatchObject({
      sight: "failed",
      todo: "deploy the stack cluster-eu-1",
    });
    expect(named(found, "cluster eu-1: httproutes.gateway.networking.k8s.io")).toMatchObject({
      sight: "failed",
      todo: "install the Gateway API",
    });
    expect(named(found, "cluster eu-1: policies.kyverno.io")?.sight).toBe("failed");
  });

  test("a cluster without rollouts needs no Argo Rollouts", async () => {
    const found = await findings(version("33"), {
      service: {
        "cluster.stages.stage.workload": "deployment",
        "cluster.stages.prod.workload": "deployment",
        "cluster.stages.prod.canary": REMOVED,
      },
    });
    expect(found.map(({ what }) => what).join()).not.toContain("argoproj");
  });

  const labels = (own: Readonly<Record<string, string>>) => ({ stdout: { metadata: { labels: own } } });

  test("a namespace is free, or the service's own; somebody else's has failed", async () => {
    const ours = { "app.kubernetes.io/managed-by": "gatehouse", "gatehouse.dev/service": "summit" };
    const found = await findings({ ...version("33"), "get namespaces summit-stage": labels(ours) });
    expect(named(found, "namespace: summit-prod")).toMatchObject({ sight: "ok", said: "free" });
    expect(named(found, "namespace: summit-stage")).toMatchObject({ sight: "ok", said: "ours" });
    const others = await findings({
      ...version("33"),
      "get namespaces summit-prod": labels({ ...ours, "gatehouse.dev/service": "maestro" }),
      "get namespaces summit-stage": labels({ "gatehouse.dev/service": "summit" }),
    });
    expect(named(others, "namespace: summit-prod")).toMatchObject({
      sight: "failed",
      said: "belongs to the service maestro",
    });
    expect(named(others, "namespace: summit-stage")?.sight).toBe("failed");
  });

  test("nothing but get and version is ever run", async () => {
    await findings(version("33"));
    expect(new Set(world.commands.map((command) => command.split(" ")[0]))).toEqual(new Set(["version", "get"]));
  });
});
