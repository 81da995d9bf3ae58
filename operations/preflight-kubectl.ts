import { messageOf } from "./failure";
import { type KubectlProps, runKubectl } from "./kubectl-run";

/** What a cluster said of one thing. */
export type ClusterAnswer =
  | { readonly kind: "found"; readonly value: unknown }
  | { readonly kind: "absent" }
  | { readonly kind: "unseen"; readonly why: string };

const LONGEST_QUOTE = 300;

/** Reads a cluster by the `kubectl` program. It can ask, and nothing else: there is no way to run any verb but `get` and `version`. */
export class ClusterReader {
  constructor(private readonly props: KubectlProps) {}

  /** The server's version, as it says it. */
  version(): Promise<ClusterAnswer> {
    return this.run(["version"]);
  }

  /** @param resource with its group where it has one, such as `rollouts.argoproj.io` */
  async get(resource: string, name: string, namespace?: string): Promise<ClusterAnswer> {
    const where = namespace === undefined ? [] : [`--namespace=${namespace}`];
    return this.run(["get", resource, name, ...where, "--ignore-not-found"]);
  }

  /** All that have the labels. */
  list(resource: string, labels: Readonly<Record<string, string>>): Promise<ClusterAnswer> {
    const selector = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    return this.run(["get", resource, `--selector=${selector.join(",")}`]);
  }

  private async run(args: readonly string[]): Promise<ClusterAnswer> {
    const { signal } = this.props;
    try {
      const stdout = await runKubectl(this.props, [...args, "--output=json"]);
      return stdout.trim() === "" ? { kind: "absent" } : { kind: "found", value: JSON.parse(stdout) };
    } catch (error) {
      signal?.throwIfAborted();
      const why = `context "${this.props.context}": ${messageOf(error)}`;
      return { kind: "unseen", why: why.replace(/\n\s*/g, "; ").slice(0, LONGEST_QUOTE) };
    }
  }
}
