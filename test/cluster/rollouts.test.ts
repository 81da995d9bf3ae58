import type { ApiObject } from "../support/api-client";
import { Cluster, describeWithCluster } from "../support/cluster";
import { installDefinitions } from "../support/definitions";
import { type RunningPrometheus, startPrometheus } from "../support/prometheus";
import { startRollouts } from "../support/rollouts";
import { until } from "../support/until";

const ROLLOUT = "/apis/argoproj.io/v1alpha1/namespaces/web/rollouts/web";

/** An image by its digest, which is all that a test has of it. */
const image = (digit: number) => `registry.example/web@sha256:${String(digit).repeat(64)}`;

function service(name: string): object {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace: "web" },
    spec: { selector: { app: "web" }, ports: [{ port: 80 }] },
  };
}

const INGRESS = {
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "web", namespace: "web" },
  spec: {
    ingressClassName: "nginx",
    rules: [
      {
        host: "web.example",
        http: {
          paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "stable", port: { number: 80 } } } }],
        },
      },
    ],
  },
};

/** Asks Prometheus for a ratio of errors that is always the same. */
function analysis(name: string, errorRatio: number, prometheus: RunningPrometheus): object {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AnalysisTemplate",
    metadata: { name, namespace: "web" },
    spec: {
      metrics: [
        {
          name: "errors",
          interval: "1s",
          count: 2,
          failureLimit: 0,
          successCondition: "result[0] < 0.05",
          provider: { prometheus: { address: prometheus.url, query: `vector(${errorRatio})` } },
        },
      ],
    },
  };
}

function rollout(of: string, templateName: string): object {
  const labels = { app: "web" };
  const gate = { analysis: { templates: [{ templateName }] } };
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Rollout",
    metadata: { name: "web", namespace: "web" },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: "web", image: of }] } },
      strategy: {
        canary: {
          stableService: "stable",
          canaryService: "canary",
          trafficRouting: { nginx: { stableIngress: "web" } },
          steps: [{ setWeight: 25 }, gate, { setWeight: 50 }, gate],
        },
      },
    },
  };
}

describeWithCluster("a canary under the real controller", ["rollouts-controller", "prometheus"], () => {
  let cluster: Cluster;
  let prometheus: RunningPrometheus;
  beforeAll(async () => {
    [cluster, prometheus] = await Promise.all([Cluster.start(), startPrometheus()]);
    await installDefinitions(cluster, "argo-rollouts");
    await Promise.all([startRollouts(cluster), cluster.playKubelet(), cluster.createNamespace("web")]);
    await cluster.apply([
      service("stable"),
      service("canary"),
      INGRESS,
      analysis("calm", 0.01, prometheus),
      analysis("burning", 0.5, prometheus),
      rollout(image(1), "calm"),
    ]);
    await until("the first version is there", async () => (await status()).phase === "Healthy");
  }, 120_000);
  afterAll(() => Promise.all([cluster?.stop(), prometheus?.stop()]));

  async function status(): Promise<ApiObject["status"]> {
    const { metadata, status = {} } = await cluster.admin.get(ROLLOUT);
    // Before the controller has seen a change, the status is about what was before it.
    return status.observedGeneration === String(metadata.generation) ? status : {};
  }

  /** Applies a Rollout, and waits for its phase. @returns the weights that the ingress controller was told meanwhile, from 0 on, in per cent */
  async function weightsUntil(phase: string, applied: object): Promise<readonly string[]> {
    const weights: string[] = [];
    const watching = new AbortController();
    // A weight may last for less than it takes to ask again: watch.
    const watched = cluster.admin.watch(
      "/apis/networking.k8s.io/v1/namespaces/web/ingresses?watch=true",
      ({ object: { metadata } }) => {
        const weight = metadata.annotations?.["nginx.ingress.kubernetes.io/canary-weight"];
        if (weight !== undefined && weight !== (weights.at(-1) ?? "0")) weights.push(weight);
      },
      watching.signal,
    );
    await cluster.apply(applied);
    await until(`the Rollout is ${phase}`, async () => (await status()).phase === phase);
    await until("the canary gets nothing any more", () => weights.length > 1 && weights.at(-1) === "0");
    watching.abort();
    await watched;
    return weights;
  }

  test("advances while the analysis passes", async () => {
    expect(await weightsUntil("Healthy", rollout(image(2), "calm"))).toEqual(["25", "50", "100", "0"]);
    const { currentPodHash, stableRS } = await status();
    expect(stableRS).toBe(currentPodHash);
  });

  test("is aborted when the analysis fails; the stable version keeps all its traffic and its pods", async () => {
    const { stableRS } = await status();
    expect(await weightsUntil("Degraded", rollout(image(3), "burning"))).toEqual(["25", "0"]);

    // The ingress is changed first, the status written after.
    await until("the status says so, too", async () => (await status()).canary?.weights?.canary?.weight === 0);
    const aborted = await status();
    expect(aborted.abort).toBe(true);
    expect(aborted.message).toContain('Metric "errors" assessed Failed');
    expect(aborted.stableRS).toBe(stableRS);
    expect(aborted.canary.weights).toMatchObject({ canary: { weight: 0 }, stable: { weight: 100 } });
    const pods = await cluster.admin.list(
      `/api/v1/namespaces/web/pods?labelSelector=rollouts-pod-template-hash%3D${stableRS}`,
    );
    expect(pods.map((pod) => pod.spec.containers[0].image)).toEqual([image(2), image(2)]);
  });
});
