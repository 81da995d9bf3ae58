import { canaryFindings } from "../../operations/phase-canary";
import { clusterFindings } from "../../operations/preflight-cluster";
import type { Finding } from "../../operations/preflight-finding";
import { ClusterReader } from "../../operations/preflight-kubectl";
import { summitFleet } from "../declaration/fixture";
import { Cluster, describeWithCluster } from "../support/cluster";
import { installDefinitions } from "../support/definitions";
import { startRollouts } from "../support/rollouts";
import { until } from "../support/until";

const image = (digit: number) => `registry.example/summit@sha256:${String(digit).repeat(64)}`;

function rollout(of: string): object {
  const labels = { app: "summit" };
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Rollout",
    metadata: { name: "summit", namespace: "summit-prod" },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: "summit", image: of }] } },
      strategy: { canary: { steps: [{ setWeight: 25 }, { pause: {} }] } },
    },
  };
}

describeWithCluster("phases in a real cluster", ["kubectl", "rollouts-controller"], () => {
  const fleet = summitFleet({ organization: { "clusters.eu-1.context": "test" } });
  const service = fleet.services[0]?.service;
  if (service === undefined) throw new Error("a fleet without a service");
  const { organization } = fleet;

  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.start({ users: [{ name: "nobody", token: "nobody-token" }] });
    await installDefinitions(cluster, "argo-rollouts");
  });
  afterAll(() => cluster?.stop());

  function readerOf(token?: string) {
    const environment = { ...process.env, ...cluster.environment(token) };
    return ({ context }: { readonly context: string }) => new ClusterReader({ context, environment });
  }

  function sights(findings: readonly Finding[]): readonly string[] {
    return findings.map(({ what, sight }) => `${what}: ${sight}`);
  }

  test("preflight sees version, definitions and namespaces, whosever they are", async () => {
    await cluster.createNamespace("summit-stage", {
      "app.kubernetes.io/managed-by": "gatehouse",
      "gatehouse.dev/service": "maestro",
    });
    const findings = await clusterFindings(organization, service, readerOf());
    expect(sights(findings)).toEqual([
      "cluster: eu-1: ok",
      "cluster eu-1: rollouts.argoproj.io: ok",
      "cluster eu-1: analysistemplates.argoproj.io: ok",
      "cluster eu-1: httproutes.gateway.networking.k8s.io: failed",
      "cluster eu-1: policies.kyverno.io: failed",
      "namespace: summit-stage: failed",
      "namespace: summit-prod: ok",
    ]);
  });

  test("who may not read them sees none: that is no failure, and not well", async () => {
    const findings = await clusterFindings(organization, service, readerOf("nobody-token"));
    expect(sights(findings.slice(1))).toEqual([
      "cluster eu-1: rollouts.argoproj.io: unseen",
      "cluster eu-1: analysistemplates.argoproj.io: unseen",
      "cluster eu-1: httproutes.gateway.networking.k8s.io: unseen",
      "cluster eu-1: policies.kyverno.io: unseen",
      "namespace: summit-stage: unseen",
      "namespace: summit-prod: unseen",
    ]);
    expect(findings[1]?.said).toContain("forbidden");
  });

  test("a real controller's canary is seen while it runs, also when it is aborted, and no longer when it is promoted", async () => {
    const look = async () => (await canaryFindings(organization, service, readerOf()))[0];
    const becomes = (what: string, said: RegExp) =>
      until(
        what,
        async () => {
          const finding = await look();
          return finding !== undefined && said.test(finding.said) ? finding : undefined;
        },
        60,
      );
    await cluster.createNamespace("summit-prod", {});
    expect(await look()).toMatchObject({ sight: "ok", said: "nothing of the service runs there" });
    await cluster.apply(rollout(image(1)));
    expect(await look()).toMatchObject({ sight: "unseen" });

    const controller = await startRollouts(cluster);
    await cluster.playKubelet({ namespaces: (name) => name === "summit-prod" });
    expect(await becomes("the first version is stable", /Healthy/)).toMatchObject({ sight: "ok" });

    await cluster.apply(rollout(image(2)));
    expect(await becomes("the canary waits", /Paused/)).toMatchObject({
      sight: "failed",
      said: expect.stringMatching(/^a canary runs: it is Paused, with the version \w+ beside \w+$/),
    });
    const status = "/apis/argoproj.io/v1alpha1/namespaces/summit-prod/rollouts/summit/status";
    await cluster.admin.patch(status, { status: { abort: true } }, "merge");
    expect(await becomes("the canary is aborted", /Degraded/)).toMatchObject({ sight: "failed" });
    await cluster.apply(rollout(image(1)));
    expect(await becomes("the old version is back", /Healthy/)).toMatchObject({ sight: "ok" });

    controller.kill();
    await cluster.apply(rollout(image(3)));
    expect(await look()).toMatchObject({
      sight: "unseen",
      said: "the controller has not looked at its newest version yet",
    });
  });
});
