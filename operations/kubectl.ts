import { type ClusterApi, type ClusterKind, type ClusterObject, ClusterProblem, type Selected } from "./cluster-api";
import { clusterProblem, type KubectlProps, runKubectl } from "./kubectl-run";

/** Talks to one cluster by the `kubectl` program. */
export class Kubectl implements ClusterApi {
  constructor(private readonly props: KubectlProps) {}

  async find(kind: ClusterKind, name: string, namespace?: string): Promise<ClusterObject | undefined> {
    const found = await runKubectl(this.props, [
      "get",
      kind,
      name,
      ...inNamespace(namespace),
      "--ignore-not-found",
      "--output=json",
    ]);
    return found.trim() === "" ? undefined : this.parsed<ClusterObject>(found);
  }

  async list(kind: ClusterKind, { namespace, name }: Selected = {}): Promise<readonly ClusterObject[]> {
    const where = kind === "namespace" ? [] : namespace === undefined ? ["--all-namespaces"] : inNamespace(namespace);
    const named = name === undefined ? [] : [`--field-selector=metadata.name=${name}`];
    const found = await runKubectl(this.props, ["get", kind, ...where, ...named, "--output=json"]);
    return this.parsed<{ readonly items: readonly ClusterObject[] }>(found).items;
  }

  async annotateNamespace(name: string, annotations: Readonly<Record<string, string>>): Promise<void> {
    const pairs = Object.entries(annotations).map(([key, value]) => `${key}=${value}`);
    await runKubectl(this.props, ["annotate", "namespace", name, "--overwrite", ...pairs]);
  }

  async scale(deployment: string, namespace: string, replicas: number): Promise<void> {
    await runKubectl(this.props, [
      "scale",
      "deployment",
      deployment,
      ...inNamespace(namespace),
      `--replicas=${replicas}`,
    ]);
  }

  async deleteNamespace(name: string, uid: string): Promise<void> {
    // The verb has no preconditions; a raw request has: https://kubernetes.io/docs/reference/using-api/api-concepts/
    const body = { apiVersion: "v1", kind: "DeleteOptions", preconditions: { uid }, propagationPolicy: "Background" };
    try {
      await runKubectl(
        this.props,
        ["delete", `--raw=/api/v1/namespaces/${name}`, "--filename=-"],
        JSON.stringify(body),
      );
    } catch (error) {
      if (!(error instanceof ClusterProblem && error.kind === "not found")) throw error;
    }
  }

  private parsed<T>(text: string): T {
    try {
      return JSON.parse(text) as T;
    } catch {
      throw clusterProblem(this.props, "other", `kubectl printed no JSON: ${text}`);
    }
  }
}

function inNamespace(namespace: string | undefined): readonly string[] {
  return namespace === undefined ? [] : [`--namespace=${namespace}`];
}
