import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { ApiClient, type ApiObject } from "./api-client";
import { ChildProgram } from "./child-program";
import { ADMIN, ClusterFiles, type ClusterUser } from "./cluster-files";
import { apiServerReady, startApiServer, startControllerManager, startEtcd } from "./control-plane";
import { freePorts } from "./free-ports";
import { onPath } from "./on-path";
import { PlayedKubelet, type PlayedKubeletOptions } from "./played-kubelet";
import { until } from "./until";

/** What every cluster needs; `.ci/cluster` builds what Debian doesn't have. */
export const CLUSTER_PROGRAMS = ["etcd", "kube-apiserver", "kube-controller-manager", "kubectl"];

/** `describe`, or a skipped one whose title says which programs are missing: those of a cluster, or others that the tests run. */
export function describeWithCluster(title: string, programs: readonly string[], tests: () => void): void {
  const missing = [...CLUSTER_PROGRAMS, ...programs].filter((program) => onPath(program) === undefined);
  if (missing.length === 0) describe(title, tests);
  else describe.skip(`${title} (skipped: ${missing.join(", ")} not on the PATH; see .ci/cluster)`, tests);
}

export interface ClusterOptions {
  /** Users with tokens, beside the administrator; RBAC says what they may do. @default - none */
  readonly users?: readonly ClusterUser[];
}

export interface CommandOptions {
  /** Standard input. @default - empty */
  readonly input?: string;
  /** @default - the administrator's */
  readonly token?: string;
  /** @default - "default" */
  readonly namespace?: string;
}

/**
 * A real Kubernetes control plane on loopback, on free ports: etcd, API server (RBAC, pod security and the other default admission plugins), controller
 * manager. No kubelet: pods are made, and stay pending until `playKubelet`.
 */
export class Cluster {
  /** Takes 3 s, or 8 s on a busy machine. @throws Error with the log of the program that ended or did not get ready */
  static async start({ users = [] }: ClusterOptions = {}): Promise<Cluster> {
    const [etcd, peer, api] = (await freePorts(3)) as [number, number, number];
    const files = new ClusterFiles(`https://127.0.0.1:${api}`, [ADMIN, ...users]);
    const programs: ChildProgram[] = [];
    try {
      programs.push(startEtcd(files, etcd, peer));
      const server = startApiServer(files, etcd, api);
      programs.push(server);
      const admin = await apiServerReady(server, files, `https://127.0.0.1:${api}`);
      programs.push(startControllerManager(files));
      // Were another's etcd on its port, the API server would have asked that one.
      for (const program of programs) program.mustRun();
      return new Cluster(files, programs, admin, `https://127.0.0.1:${api}`);
    } catch (error) {
      await Promise.all(programs.map((program) => program.kill()));
      files.remove();
      throw error;
    }
  }

  readonly #clients = new Map<string, ApiClient>();
  readonly #kubelets: PlayedKubelet[] = [];

  private constructor(
    readonly files: ClusterFiles,
    private readonly programs: ChildProgram[],
    /** Talks to the API as its administrator. */
    readonly admin: ApiClient,
    readonly url: string,
  ) {}

  /** The administrator's kubeconfig file. */
  get kubeconfig(): string {
    return this.kubeconfigFor(ADMIN.token);
  }

  /** A kubeconfig file for a user's or a service account's token. */
  kubeconfigFor(token: string, namespace?: string): string {
    return this.files.kubeconfig(token, namespace);
  }

  /** Talks to the API with another token than the administrator's. */
  as(token: string): ApiClient {
    const client = this.#clients.get(token) ?? new ApiClient(this.url, token, this.#ca());
    this.#clients.set(token, client);
    return client;
  }

  /** A fresh token of a service account, valid for an hour. */
  async serviceAccountToken(namespace: string, name: string): Promise<string> {
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`;
    const request = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} };
    return (await this.admin.create<ApiObject>(path, request)).status.token;
  }

  /** Makes a namespace, and waits until pods can be made in it (for its default service account). */
  async createNamespace(name: string, labels: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.admin.create("/api/v1/namespaces", { metadata: { name, labels } });
    await until(`namespace ${name} has a service account`, () =>
      this.admin.find(`/api/v1/namespaces/${name}/serviceaccounts/default`),
    );
  }

  /** Runs kubectl; what it prints. @throws Error with what it complains about */
  kubectl(args: readonly string[], options: CommandOptions = {}): Promise<string> {
    return this.run("kubectl", args, options);
  }

  /**
   * Applies manifests server-side, as their only manager.
   *
   * @param manifests YAML of any number of objects, or one object, or several
   * @throws Error with the server's refusal
   */
  apply(manifests: string | object, options: Omit<CommandOptions, "input"> = {}): Promise<string> {
    const input = typeof manifests === "string" ? manifests : JSON.stringify(asOne(manifests));
    return this.kubectl(["apply", "--server-side", "--force-conflicts", "--filename=-"], { ...options, input });
  }

  /** Runs any client program (helm, kubectl-argo-rollouts) with `KUBECONFIG` set; what it prints. @throws Error with what it complains about */
  run(program: string, args: readonly string[], { input, token, namespace }: CommandOptions = {}): Promise<string> {
    const env = this.environment(token, namespace);
    return new Promise((resolve, reject) => {
      const child = spawn(program, args, { env });
      let printed = "";
      let complained = "";
      child.stdout.setEncoding("utf8").on("data", (chunk) => {
        printed += chunk;
      });
      child.stderr.setEncoding("utf8").on("data", (chunk) => {
        complained += chunk;
      });
      child.once("error", reject);
      child.once("close", (code) => {
        if (code === 0) resolve(printed);
        else reject(new Error(`${program} ${args.join(" ")} ended with ${code}\n${complained}${printed}`));
      });
      // A program that ends before it has read all is judged by its exit code.
      child.stdin.on("error", () => {});
      child.stdin.end(input ?? "");
    });
  }

  /** Variables for a client program: kubectl and helm read the first, Terraform's providers the second. */
  environment(token: string = ADMIN.token, namespace?: string): NodeJS.ProcessEnv {
    const kubeconfig = this.kubeconfigFor(token, namespace);
    const home = { HOME: this.files.directory, HELM_CACHE_HOME: `${this.files.directory}/helm-cache` };
    return { ...process.env, ...home, KUBECONFIG: kubeconfig, KUBE_CONFIG_PATH: kubeconfig };
  }

  /** Plays scheduler and kubelet from now on, for the pods there are too. */
  async playKubelet(options: PlayedKubeletOptions = {}): Promise<PlayedKubelet> {
    const kubelet = await PlayedKubelet.start(this.admin, options);
    this.#kubelets.push(kubelet);
    return kubelet;
  }

  /** Runs one more program of the cluster, which ends with it. @param environment added to the variables of `environment()` */
  startProgram(name: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProgram {
    const program = new ChildProgram(name, args, this.files.log(name), { ...this.environment(), ...environment });
    this.programs.push(program);
    return program;
  }

  /** Process ids of all that runs. */
  get pids(): readonly number[] {
    return this.programs.map(({ pid }) => pid).filter((pid) => pid !== undefined);
  }

  /** Ends every program and removes all data. @throws Error when a played kubelet had met something that it can't play */
  async stop(): Promise<void> {
    try {
      await Promise.all(this.#kubelets.map((kubelet) => kubelet.stop()));
    } finally {
      for (const client of [this.admin, ...this.#clients.values()]) client.close();
      await Promise.all(this.programs.map((program) => program.kill()));
      this.files.remove();
    }
  }

  #ca(): string {
    return readFileSync(this.files.certificate, "utf8");
  }
}

function asOne(manifests: object): object {
  return Array.isArray(manifests) ? { apiVersion: "v1", kind: "List", items: manifests } : manifests;
}
