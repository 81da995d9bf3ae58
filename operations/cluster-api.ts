import { Failure } from "./failure";

/** An object of a cluster, as far as it is read here. */
export interface ClusterObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    /** Set from when on its deletion was asked for. */
    readonly deletionTimestamp?: string;
  };
  // biome-ignore lint/suspicious/noExplicitAny: its shape is its kind's; who reads it checks what comes
  readonly spec?: any;
}

/** A kind of object, as kubectl takes it. */
export type ClusterKind = "namespace" | "deployment";

export interface Selected {
  /** @default - of all namespaces, or of none for kinds without */
  readonly namespace?: string;
  /** Name that they have. @default - any */
  readonly name?: string;
}

/** What Gatehouse's verbs ask of a cluster. Every refusal is a `ClusterProblem`. */
export interface ClusterApi {
  /** Undefined when it is not there. */
  find(kind: ClusterKind, name: string, namespace?: string): Promise<ClusterObject | undefined>;
  list(kind: ClusterKind, selected?: Selected): Promise<readonly ClusterObject[]>;
  annotateNamespace(name: string, annotations: Readonly<Record<string, string>>): Promise<void>;
  /** How many pods the Deployment is to have. */
  scale(deployment: string, namespace: string, replicas: number): Promise<void>;
  /** Asks for the deletion of this very namespace, by its uid, and waits for nothing. One that is gone already is fine. */
  deleteNamespace(name: string, uid: string): Promise<void>;
}

export type ClusterProblemKind = "not found" | "forbidden" | "unreachable" | "other";

/** A cluster did not do what was asked of it. */
export class ClusterProblem extends Failure {
  constructor(
    readonly kind: ClusterProblemKind,
    message: string,
  ) {
    super(message);
  }
}
