import { type ApiClient, type ApiObject, ApiRefusal, type WatchEvent } from "./api-client";
import { type Fate, podStatus } from "./pod-status";

export interface PlayedKubeletOptions {
  /** Whose pods are played; of other namespaces none. @default - all */
  readonly namespaces?: (name: string) => boolean;
  /**
   * What becomes of a pod. Asked at each change of the pod, and of all pods by `look()`; an answer other than the last one is carried out.
   *
   * @default - a Job's pods complete, all others get ready
   */
  readonly fate?: (pod: ApiObject) => Fate;
}

/** A Job's pods complete, all others get ready. */
export function ordinaryFate(pod: ApiObject): Fate {
  return pod.metadata.ownerReferences?.some(({ kind }) => kind === "Job") ? "completes" : "ready";
}

const NODE = "played";
const PODS = "/api/v1/pods";

/**
 * Plays what a cluster without machines lacks: binds pods to a node, says that their containers run (or crash, or complete), and lets deleted pods go. No
 * container is ever started.
 */
export class PlayedKubelet {
  static async start(api: ApiClient, options: PlayedKubeletOptions): Promise<PlayedKubelet> {
    await makeNode(api);
    const kubelet = new PlayedKubelet(api, options);
    const version = await kubelet.look();
    kubelet.#watching = kubelet.#watch(version).catch((error) => kubelet.#note(error));
    return kubelet;
  }

  readonly #stopped = new AbortController();
  /** By pod's uid: what was last made of it. */
  readonly #played = new Map<string, Fate>();
  readonly #queues = new Map<string, Promise<void>>();
  #addresses = 0;
  #watching: Promise<void> = Promise.resolve();
  #failure: unknown;

  private constructor(
    private readonly api: ApiClient,
    private readonly options: PlayedKubeletOptions,
  ) {}

  /** Looks at all pods now, e.g. when what `fate` answers has changed. @returns the version of the list */
  async look(): Promise<string> {
    const list = await this.api.get(PODS);
    await Promise.all(list.items.map((pod: ApiObject) => this.#queue(pod)));
    return list.metadata.resourceVersion ?? "";
  }

  /** From now on pods stay as they are. @throws the first thing that went wrong while it played */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.all([this.#watching, ...this.#queues.values()]);
    if (this.#failure !== undefined) throw this.#failure;
  }

  #note(error: unknown): void {
    this.#failure ??= error;
  }

  async #watch(version: string): Promise<void> {
    let from = version;
    const { signal } = this.#stopped;
    try {
      // The server ends a watch after some minutes.
      for (; !signal.aborted; from = await this.look()) {
        await this.api.watch(`${PODS}?watch=true&resourceVersion=${from}`, (event) => this.#see(event), signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  #see({ type, object }: WatchEvent): void {
    if (type === "ADDED" || type === "MODIFIED") void this.#queue(object);
  }

  /** One pod's changes one after another: two at once would answer an old state. */
  #queue(pod: ApiObject): Promise<void> {
    const uid = pod.metadata.uid ?? "";
    const next = (this.#queues.get(uid) ?? Promise.resolve())
      .then(() => this.#play(pod))
      .catch((error) => {
        if (!this.#stopped.signal.aborted && !isLate(error)) this.#note(error);
      });
    this.#queues.set(uid, next);
    return next;
  }

  async #play(pod: ApiObject): Promise<void> {
    const { name, namespace = "", uid = "" } = pod.metadata;
    if (this.#stopped.signal.aborted || this.options.namespaces?.(namespace) === false) return;
    const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
    if (pod.metadata.deletionTimestamp !== undefined) {
      await this.api.delete(path, { gracePeriodSeconds: 0, preconditions: { uid } });
      return;
    }
    const fate = (this.options.fate ?? ordinaryFate)(pod);
    if (this.#played.get(uid) === fate || ["Succeeded", "Failed"].includes(pod.status?.phase)) return;
    if (pod.spec.nodeName === undefined && fate !== "pending") await this.#bind(path, pod);
    const status = podStatus(pod, fate, pod.status?.podIP ?? this.#nextAddress());
    await this.api.patch(`${path}/status`, { metadata: { uid }, status }, "strategic");
    this.#played.set(uid, fate);
  }

  async #bind(path: string, { metadata: { name, uid } }: ApiObject): Promise<void> {
    const target = { apiVersion: "v1", kind: "Node", name: NODE };
    try {
      await this.api.create(`${path}/binding`, { metadata: { name, uid }, target });
    } catch (error) {
      // Bound already; this was an older state of it.
      if (!(error instanceof ApiRefusal && error.status === 409)) throw error;
    }
  }

  #nextAddress(): string {
    this.#addresses += 1;
    return `10.1.${Math.floor(this.#addresses / 250)}.${(this.#addresses % 250) + 1}`;
  }
}

/** A pod may be gone, or another by that name there, by the time it is played. */
function isLate(error: unknown): boolean {
  return error instanceof ApiRefusal && (error.status === 404 || error.status === 409);
}

async function makeNode(api: ApiClient): Promise<void> {
  if ((await api.find(`/api/v1/nodes/${NODE}`)) !== undefined) return;
  const capacity = { cpu: "64", memory: "256Gi", pods: "1000" };
  await api.create("/api/v1/nodes", { metadata: { name: NODE, labels: { "kubernetes.io/os": "linux" } } });
  const conditions = [{ type: "Ready", status: "True", reason: "Played", lastHeartbeatTime: new Date().toISOString() }];
  await api.patch(`/api/v1/nodes/${NODE}/status`, { status: { capacity, allocatable: capacity, conditions } });
  // A new node is tainted until its lifecycle controller has seen it; that one doesn't run here.
  await api.patch(`/api/v1/nodes/${NODE}`, { spec: { taints: null } });
}
