import type { ServiceValues } from "../../constructs/helm/service-values";
import type { AnalysisMetric } from "../../objectives/analysis-metric";
import { DIGEST, EVERYTHING, SHAPES } from "../charts/sample-values";
import type { ApiObject, WatchEvent } from "../support/api-client";
import type { Cluster } from "../support/cluster";
import { release } from "../support/helm";
import { until } from "../support/until";

/** An image of the service, by a digest of one digit. */
export const image = (digit: number) => `${EVERYTHING.image.repository}@sha256:${String(digit).repeat(64)}`;

/** Long enough that a test is done before. Seconds. */
export const LONG = 3600;

/** Conditions as the objectives write them; asked every second. */
function metric(name: string, more: Partial<AnalysisMetric>): AnalysisMetric {
  return {
    name: "availability",
    query: `${name}{version="{{args.canary-hash}}"} / ${name}{version="{{args.stable-hash}}"}`,
    successCondition: "len(result) == 1 && result[0] >= 0.99 && result[0] <= 1",
    failureCondition: "len(result) == 1 && result[0] < 0.99 && !isInf(result[0])",
    interval: "1s",
    failureLimit: 0,
    inconclusiveLimit: 3,
    consecutiveErrorLimit: 0,
    ...more,
  };
}

/** Values of a service whose canary is judged by the Prometheus at that address. */
export function canaryValues(address: string, observeSeconds: number): ServiceValues {
  return {
    ...SHAPES["a canary behind ingress-nginx"],
    container: { ...EVERYTHING.container, metrics: { port: 9464, path: "/metrics" } },
    replicas: { least: 1, most: 1, cpuPercent: 70 },
    canary: { steps: [5, 25, 50, 100], observeSeconds },
    analysis: {
      prometheus: { address, authorization: { secret: "metrics", key: "header" } },
      watch: [metric("watched", { failureLimit: 2, inconclusiveLimit: 2_147_483_647 })],
      step: [metric("stepped", { count: 4, consecutiveSuccessLimit: 1 })],
      gate: [metric("gated", { count: 1, query: "gated" })],
    },
    image: { ...EVERYTHING.image, digest: DIGEST },
  };
}

/** One installed release, in a namespace of its own. */
export class CanaryStage {
  /** Installs the values, and waits until their version is healthy. */
  static async install(cluster: Cluster, namespace: string, values: ServiceValues): Promise<CanaryStage> {
    await cluster.createNamespace(namespace, { "pod-security.kubernetes.io/enforce": "restricted" });
    await cluster.kubectl(["create", "serviceaccount", "shop"], { namespace });
    await cluster.kubectl(["create", "secret", "generic", "metrics", "--from-literal=header=Bearer of-a-test"], {
      namespace,
    });
    const stage = new CanaryStage(cluster, namespace, values);
    await stage.upgrade();
    stage.#watching = stage.#watch();
    await stage.becomes("Healthy");
    return stage;
  }

  /** The shares of the traffic that the canary was given, from 0 on, as the ingress controller reads them. */
  readonly weights: string[] = [];
  readonly #stopped = new AbortController();
  #watching: Promise<void> = Promise.resolve();

  private constructor(
    private readonly cluster: Cluster,
    private readonly namespace: string,
    private readonly values: ServiceValues,
  ) {}

  get path(): string {
    return `/apis/argoproj.io/v1alpha1/namespaces/${this.namespace}/rollouts/shop`;
  }

  /** Helm, as Terraform runs it when the declaration has changed. */
  async upgrade(change: Partial<ServiceValues> = {}): Promise<void> {
    await release(this.cluster, this.namespace, { ...this.values, ...change });
  }

  /** What the release train sends. */
  async release(of: string, commit: string): Promise<void> {
    await this.cluster.admin.patch(
      this.path,
      [
        { op: "test", path: "/spec/template/spec/containers/0/name", value: "shop" },
        { op: "replace", path: "/spec/template/spec/containers/0/image", value: of },
        { op: "add", path: "/spec/template/metadata/annotations/gatehouse.dev~1commit", value: commit },
      ],
      "json",
    );
  }

  rollout(): Promise<ApiObject> {
    return this.cluster.admin.get(this.path);
  }

  /** The image and the commit that the Rollout is to have. */
  async wanted(): Promise<{ readonly image: string; readonly commit: string }> {
    const { template } = (await this.rollout()).spec;
    return { image: template.spec.containers[0].image, commit: template.metadata.annotations["gatehouse.dev/commit"] };
  }

  /** Empty until the controller has seen the newest change. */
  async status(): Promise<ApiObject["status"]> {
    const { metadata, status = {} } = await this.rollout();
    return status.observedGeneration === String(metadata.generation) ? status : {};
  }

  /** Waits until it is so. */
  async becomes(phase: string, also: (status: ApiObject["status"]) => boolean = () => true): Promise<void> {
    let last: ApiObject["status"];
    const isSo = async () => {
      last = await this.status();
      return last.phase === phase && also(last);
    };
    await until(`the Rollout of ${this.namespace} is ${phase}`, isSo, 90, () => JSON.stringify(last, null, 2));
  }

  /** Waits until the canary has the share. */
  async hasWeight(weight: number): Promise<void> {
    const what = `the canary of ${this.namespace} has ${weight} %`;
    await until(
      what,
      () => this.weights.at(-1) === String(weight),
      60,
      () => `it had ${this.weights.join(", ")}`,
    );
  }

  /** Names of the pods that run the image, none that is about to end. */
  async pods(of: string): Promise<readonly string[]> {
    const pods = await this.cluster.admin.list(`/api/v1/namespaces/${this.namespace}/pods`);
    return pods
      .filter(({ spec, metadata }) => spec.containers[0].image === of && metadata.deletionTimestamp === undefined)
      .map(({ metadata }) => metadata.name)
      .sort();
  }

  /** The phases of the analyses of steps, or of those that watch all the time. */
  async analyses(of: "Step" | "Background"): Promise<readonly string[]> {
    const runs = await this.cluster.admin.list(`/apis/argoproj.io/v1alpha1/namespaces/${this.namespace}/analysisruns`);
    const wanted = runs.filter(({ metadata }) => metadata.labels?.["rollout-type"] === of);
    return wanted.map(({ status }) => status?.phase ?? "Pending");
  }

  /** Waits until no analysis runs any more. @returns the different phases that they ended in */
  async analysesEnd(): Promise<readonly string[]> {
    return until(`the analyses of ${this.namespace} have ended`, async () => {
      const phases = [...(await this.analyses("Step")), ...(await this.analyses("Background"))];
      return !phases.some((phase) => phase === "Pending" || phase === "Running") && [...new Set(phases)];
    });
  }

  /** Which pods a Service sends to: the hash of their template. */
  async sendsTo(service: string): Promise<string> {
    const { spec } = await this.cluster.admin.get(`/api/v1/namespaces/${this.namespace}/services/${service}`);
    return spec.selector["rollouts-pod-template-hash"];
  }

  /** Goes on where the Rollout waits for a person. */
  async promote(): Promise<void> {
    await this.cluster.run("kubectl-argo-rollouts", ["promote", "shop", "--namespace", this.namespace]);
  }

  /** Looks at nothing any more. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#watching;
  }

  /** A share may last for less than it takes to ask again. */
  async #watch(): Promise<void> {
    const path = `/apis/networking.k8s.io/v1/namespaces/${this.namespace}/ingresses?watch=true`;
    const see = ({ object: { metadata } }: WatchEvent) => {
      const weight = metadata.annotations?.["nginx.ingress.kubernetes.io/canary-weight"];
      if (weight !== undefined && weight !== (this.weights.at(-1) ?? "0")) this.weights.push(weight);
    };
    await this.cluster.admin.watch(path, see, this.#stopped.signal).catch((error) => {
      if (!this.#stopped.signal.aborted) throw error;
    });
  }
}
