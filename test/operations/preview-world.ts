import { KUBERNETES, MANAGED_BY, NAMESPACE_KIND, PREVIEW_STAGE } from "../../declaration/cluster-names";
import type { Fleet } from "../../declaration/fleet";
import type { Clock } from "../../operations/clock";
import {
  type ClusterApi,
  type ClusterKind,
  type ClusterObject,
  ClusterProblem,
  type Selected,
} from "../../operations/cluster-api";
import type { ResourceChange } from "../../operations/plan-changes";
import { annotated } from "../../operations/preview-record";
import type { PreviewTarget } from "../../operations/preview-target";
import type { PreviewContent, PreviewStacks } from "../../operations/preview-terraform";
import { fleet } from "../../services/fleet";
import { type Changes, changed } from "../declaration/change";

export const NOON = Date.parse("2026-03-01T12:00:00Z");
export const HOUR = 3_600_000;

/** summit alone of the fleet, with changes. */
export function summitFleet(changes: Changes = {}): Fleet {
  const services = fleet.services.filter(({ service }) => service.name === "summit");
  return { ...fleet, services: services.map((entry) => ({ ...entry, service: changed(entry.service, changes) })) };
}

/** A clock that stands still but for what is slept. */
export class PlayedClock implements Clock {
  constructor(public time = NOON) {}
  now(): number {
    return this.time;
  }
  async sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    this.time += milliseconds;
  }
  random(): number {
    return 0;
  }
}

/** Labels and annotations as a preview of summit has them, made an hour ago. */
export function previewMetadata(pullRequest: number, annotations: Record<string, string | undefined> = {}) {
  const all: Record<string, string | undefined> = {
    [KUBERNETES.createdAt]: annotated(NOON - HOUR),
    [KUBERNETES.expiresAt]: annotated(NOON + 71 * HOUR),
    [KUBERNETES.usedAt]: annotated(NOON - HOUR / 6),
    [KUBERNETES.readySeconds]: "74",
    ...annotations,
  };
  return {
    name: `pr-${pullRequest}`,
    labels: {
      [MANAGED_BY.label]: MANAGED_BY.value,
      [KUBERNETES.service]: "summit",
      [KUBERNETES.stage]: PREVIEW_STAGE,
      [KUBERNETES.kind]: NAMESPACE_KIND.preview,
      [KUBERNETES.pullRequest]: String(pullRequest),
    } as Record<string, string>,
    annotations: Object.fromEntries(
      Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  };
}

/** A cluster in memory, as far as the verbs ask one. */
export class PlayedCluster implements ClusterApi {
  readonly namespaces = new Map<string, ClusterObject>();
  /** Pods that Deployments ask for, by `namespace/name`. */
  readonly replicas = new Map<string, number>();
  /** What was asked for that changes something. */
  readonly changes: string[] = [];
  /** Asked for anything, it is away. */
  away = false;
  /** How often a deleted namespace is still there when it is looked for. */
  lingers = 0;
  #uids = 0;

  add(metadata: Omit<ClusterObject["metadata"], "uid">, replicas?: number): void {
    this.#uids += 1;
    this.namespaces.set(metadata.name, { metadata: { uid: `uid-${this.#uids}`, ...metadata } });
    if (replicas !== undefined) this.replicas.set(`${metadata.name}/summit`, replicas);
  }

  remove(namespace: string): void {
    this.namespaces.delete(namespace);
    this.replicas.delete(`${namespace}/summit`);
  }

  async find(kind: ClusterKind, name: string, namespace = ""): Promise<ClusterObject | undefined> {
    this.#answer();
    if (kind === "deployment") return this.#deployment(`${namespace}/${name}`);
    const found = this.namespaces.get(name);
    if (found?.metadata.deletionTimestamp !== undefined && this.lingers-- <= 0) {
      this.remove(name);
      return undefined;
    }
    return found;
  }

  async list(kind: ClusterKind, { name }: Selected = {}): Promise<readonly ClusterObject[]> {
    this.#answer();
    if (kind === "namespace") return [...this.namespaces.values()];
    return [...this.replicas.keys()]
      .filter((key) => key.endsWith(`/${name}`))
      .map((key) => this.#deployment(key))
      .filter((one) => one !== undefined);
  }

  async annotateNamespace(name: string, annotations: Readonly<Record<string, string>>): Promise<void> {
    this.#answer();
    const { metadata } = this.namespaces.get(name) as ClusterObject;
    this.namespaces.set(name, { metadata: { ...metadata, annotations: { ...metadata.annotations, ...annotations } } });
    this.changes.push(`annotate ${name} ${Object.keys(annotations).join(",")}`);
  }

  async scale(deployment: string, namespace: string, replicas: number): Promise<void> {
    this.#answer();
    this.replicas.set(`${namespace}/${deployment}`, replicas);
    this.changes.push(`scale ${namespace}/${deployment} to ${replicas}`);
  }

  async deleteNamespace(name: string, uid: string): Promise<void> {
    this.#answer();
    const found = this.namespaces.get(name);
    if (found?.metadata.uid !== uid) throw new ClusterProblem("other", `precondition failed: ${name} has another uid`);
    this.namespaces.set(name, { metadata: { ...found.metadata, deletionTimestamp: annotated(NOON) } });
    this.changes.push(`delete ${name}`);
  }

  #deployment(key: string): ClusterObject | undefined {
    const replicas = this.replicas.get(key);
    const [namespace = "", name = ""] = key.split("/");
    return replicas === undefined ? undefined : { metadata: { name, namespace, uid: key }, spec: { replicas } };
  }

  #answer(): void {
    if (this.away) throw new ClusterProblem("unreachable", "the cluster is away");
  }
}

/** Stands for Terraform: keeps in mind what it has made, and makes it in a played cluster. */
export class PlayedStacks implements PreviewStacks {
  /** Names of the stacks whose state holds something. */
  readonly states = new Set<string>();
  readonly calls: string[] = [];
  /** What the next calls throw. */
  failures: Error[] = [];

  constructor(private readonly cluster: PlayedCluster) {}

  async deploy(target: PreviewTarget, content: PreviewContent, mayCreate: boolean): Promise<readonly ResourceChange[]> {
    this.calls.push(`deploy ${target.stack} ${content.digest.slice(0, 12)}${mayCreate ? " new" : ""}`);
    this.#fail();
    this.states.add(target.stack);
    const before = this.cluster.namespaces.get(target.namespace)?.metadata.annotations;
    const times = {
      [KUBERNETES.createdAt]: before?.[KUBERNETES.createdAt] ?? annotated(content.createdAt),
      [KUBERNETES.usedAt]: before?.[KUBERNETES.usedAt],
      [KUBERNETES.readySeconds]: before?.[KUBERNETES.readySeconds],
      [KUBERNETES.expiresAt]: annotated(content.expiresAt),
    };
    const replicas = this.cluster.replicas.get(`${target.namespace}/summit`) ?? 1;
    this.cluster.add(previewMetadata(target.pullRequest, times), replicas);
    return [];
  }

  async destroy(target: PreviewTarget): Promise<void> {
    this.calls.push(`destroy ${target.stack}`);
    this.#fail();
    if (this.states.delete(target.stack)) this.cluster.remove(target.namespace);
  }

  #fail(): void {
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
  }
}
