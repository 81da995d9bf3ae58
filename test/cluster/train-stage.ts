import { readFileSync } from "node:fs";
import type { Service } from "../../declaration/service";
import { organization } from "../../services/organization";
import { summit } from "../../services/summit";
import { trainFiles } from "../../workflows/cluster/train-files";
import type { ApiObject } from "../support/api-client";
import type { Cluster } from "../support/cluster";
import { until } from "../support/until";
import { SigningBench } from "../workflows/cluster/signing-bench";
import { type Environment, type Meanwhile, type Outcome, TrainBench } from "../workflows/cluster/train-bench";
import type { PlayedMetrics } from "./played-metrics";
import { deployer, objects } from "./train-objects";

export const digest = (digit: number) => `sha256:${String(digit).repeat(64)}`;
export const commit = (digit: number) => String(digit).repeat(40);
export const image = (digit: number) => `ghcr.io/openclaw/summit@${digest(digit)}`;

export interface StageOptions {
  /** @default "rollout" */
  readonly workload?: "rollout" | "deployment";
  /** Whether there is a real registry for its images, and a key that signs them: the bench is a `SigningBench`. @default false */
  readonly signed?: boolean;
  /** How long a promotion may take. Minutes. @default - as summit declares it */
  readonly withinMinutes?: number;
}

/** One namespace with summit in it, as a stage of a train has it; and a bench with the train's scripts for it. */
export class TrainStage {
  static async make(
    cluster: Cluster,
    metrics: PlayedMetrics,
    namespace: string,
    { workload = "rollout", signed = false, withinMinutes }: StageOptions = {},
  ): Promise<TrainStage> {
    const service = serviceIn(namespace, workload, withinMinutes);
    const bench = signed
      ? await SigningBench.start(service)
      : Object.assign(new TrainBench(trainFiles(service, organization)), { repository: "ghcr.io/openclaw/summit" });
    await cluster.createNamespace(namespace);
    const first = `${bench.repository}@${digest(1)}`;
    await cluster.apply([...deployer(namespace, workload), ...objects(namespace, metrics.url, workload, first)]);
    const stage = new TrainStage(
      bench,
      cluster,
      namespace,
      workload,
      await cluster.serviceAccountToken(namespace, "deployer"),
    );
    await stage.is("Healthy");
    return stage;
  }

  private readonly kubeconfig: string;

  private constructor(
    readonly bench: TrainBench,
    readonly cluster: Cluster,
    readonly namespace: string,
    readonly workload: "rollout" | "deployment",
    token: string,
  ) {
    this.kubeconfig = readFileSync(cluster.kubeconfigFor(token, "default"), "utf8");
  }

  get path(): string {
    return this.workload === "rollout"
      ? `/apis/argoproj.io/v1alpha1/namespaces/${this.namespace}/rollouts/summit`
      : `/apis/apps/v1/namespaces/${this.namespace}/deployments/summit`;
  }

  get(): Promise<ApiObject> {
    return this.cluster.admin.get(this.path);
  }

  async image(): Promise<string> {
    return (await this.get()).spec.template.spec.containers[0].image;
  }

  async knownGood(): Promise<string | undefined> {
    return (await this.get()).metadata.annotations?.["gatehouse.dev/known-good"];
  }

  /** Images of the pods that run. */
  async running(): Promise<readonly string[]> {
    const pods = await this.cluster.admin.list(`/api/v1/namespaces/${this.namespace}/pods`);
    return [...new Set(pods.map(({ spec }) => spec.containers[0].image as string))];
  }

  async is(phase: string): Promise<void> {
    await until(`${this.namespace} is ${phase}`, async () => {
      const { metadata, status } = await this.get();
      if (this.workload === "deployment") return status?.availableReplicas === 2;
      return status?.observedGeneration === String(metadata.generation) && status?.phase === phase;
    });
  }

  run(script: string, env: Environment, meanwhile?: Meanwhile): Promise<Outcome> {
    const common = { STAGE: "prod", REASON: "merged: feat: more", KUBE_CREDENTIALS: this.kubeconfig };
    return this.bench.run(script, { ...common, ...env }, meanwhile);
  }

  deploy(digit: number, env: Environment = {}, meanwhile?: Meanwhile): Promise<Outcome> {
    const common = { ACTION: "release", DIGEST: digest(digit), COMMIT: commit(digit) };
    return this.run("train-deploy.sh", { ...common, ...env }, meanwhile);
  }

  gate(digit = 2): Promise<Outcome> {
    return this.run("train-gate.sh", { DIGEST: digest(digit) });
  }
}

/** Summit, of which both stages are in one namespace here. */
function serviceIn(namespace: string, workload: "rollout" | "deployment", withinMinutes?: number): Service {
  const service: Service = summit;
  const { cluster } = service;
  if (cluster?.train === undefined) throw new Error("summit has no release train");
  const stages = Object.entries(cluster.stages).map(([name, stage]) => [name, { ...stage, namespace, workload }]);
  const train = withinMinutes === undefined ? cluster.train : { ...cluster.train, withinMinutes };
  return { ...service, cluster: { ...cluster, train, stages: Object.fromEntries(stages) } };
}
