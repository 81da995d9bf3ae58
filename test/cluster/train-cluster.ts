import type { ApiObject } from "../support/api-client";
import { Cluster } from "../support/cluster";
import { installDefinitions } from "../support/definitions";
import { ordinaryFate } from "../support/played-kubelet";
import type { Fate } from "../support/pod-status";
import { startRollouts } from "../support/rollouts";
import { PlayedMetrics } from "./played-metrics";
import { image, type StageOptions, TrainStage } from "./train-stage";

/** What came of a deployment, as far as tests read it. */
export interface TrainRecord {
  readonly verdict: string;
  readonly why: string;
  readonly wentTo: string;
  readonly steps: readonly { readonly weight: number | null; readonly phase: string }[];
  readonly analyses: readonly { readonly phase: string; readonly metrics: readonly object[] }[];
}

/** Pods of the eighth digest never get well. */
const fate = (pod: ApiObject): Fate => (pod.spec.containers[0].image === image(8) ? "crashes" : ordinaryFate(pod));

/** A cluster with the real Rollouts controller and a metrics store that is played; in it one stage after another, each in a namespace of its own. */
export class TrainCluster {
  static async start(): Promise<TrainCluster> {
    const metrics = new PlayedMetrics();
    const [cluster] = await Promise.all([Cluster.start(), metrics.start()]);
    await installDefinitions(cluster, "argo-rollouts");
    await Promise.all([startRollouts(cluster), cluster.playKubelet({ fate })]);
    return new TrainCluster(cluster, metrics);
  }

  readonly #stages: TrainStage[] = [];

  private constructor(
    readonly cluster: Cluster,
    readonly metrics: PlayedMetrics,
  ) {}

  /** The stage that was made last. */
  get stage(): TrainStage {
    const stage = this.#stages.at(-1);
    if (stage === undefined) throw new Error("no stage was made");
    return stage;
  }

  async make(options?: StageOptions): Promise<TrainStage> {
    const namespace = `summit-${this.#stages.length + 1}`;
    this.#stages.push(await TrainStage.make(this.cluster, this.metrics, namespace, options));
    return this.stage;
  }

  /** What a template's query yields in the newest stage; undefined: no series. */
  measure(template: "gate" | "step", value: number | undefined): void {
    const query = `${this.stage.namespace}/summit-${template}`;
    if (value === undefined) this.metrics.values.delete(query);
    else this.metrics.values.set(query, value);
  }

  record(): TrainRecord {
    return this.stage.bench.json("evidence/prod.json");
  }

  async stop(): Promise<void> {
    for (const { bench } of this.#stages) bench.dispose();
    this.metrics.stop();
    await this.cluster.stop();
  }
}
