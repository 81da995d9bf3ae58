import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { ApiObject } from "./api-client";
import type { Cluster } from "./cluster";

/** The chart that services share. */
export const CHART = join(__dirname, "../../charts/service");

/** Said to Helm always: one that `go install` built thinks that all clusters are 1.20, since nothing stamped a version into it. */
const VERSION = "1.33";

export interface RenderOptions {
  /** @default - "shop-prod" */
  readonly namespace?: string;
  /** Version of the cluster that is rendered for. @default - "1.33" */
  readonly kubeVersion?: string;
}

/** What Helm makes of the values, without a cluster. @throws Error with Helm's refusal */
export function renderText(
  values: object,
  { namespace = "shop-prod", kubeVersion = VERSION }: RenderOptions = {},
): string {
  const options = ["--namespace", namespace, "--kube-version", kubeVersion];
  return helm(["template", "shop", CHART, ...options, "--values", "-"], values);
}

/** The objects that Helm makes of the values, hooks included. */
export function render(values: object, options?: RenderOptions): readonly ApiObject[] {
  return parseAllDocuments(renderText(values, options)).map((document) => {
    if (document.errors[0] !== undefined) throw document.errors[0];
    return document.toJS() as ApiObject;
  });
}

/** The one object of the kind, and of the name if there are several. @throws Error when there is none, or more */
export function only(objects: readonly ApiObject[], kind: string, name?: string): ApiObject {
  const found = objects.filter(
    (object) => object.kind === kind && (name === undefined || object.metadata.name === name),
  );
  if (found.length === 1 && found[0] !== undefined) return found[0];
  const there = objects.map((object) => `${object.kind} ${object.metadata.name}`);
  throw new Error(`${found.length} objects are ${kind} ${name ?? ""}; expected one of ${there.join(", ")}`);
}

/** What Helm says when it refuses the values. @throws Error when it takes them */
export function refusal(values: object): string {
  try {
    renderText(values);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`Helm took ${JSON.stringify(values)}; expected a refusal`);
}

/** Runs `helm lint --strict`; what it prints. @throws Error with what it found */
export function lint(values: object): string {
  return helm(["lint", "--strict", "--kube-version", VERSION, CHART, "--values", "-"], values);
}

/**
 * Installs the chart into a cluster, or upgrades what is installed, in the namespace of the release.
 *
 * @param more further arguments, e.g. `--wait`
 * @throws Error with Helm's words
 */
export function release(
  cluster: Cluster,
  namespace: string,
  values: { readonly name: string },
  more: readonly string[] = [],
): Promise<string> {
  const args = ["upgrade", "--install", values.name, CHART, "--namespace", namespace, "--values", "-", ...more];
  return cluster.run("helm", args, { input: JSON.stringify(values) });
}

function helm(args: readonly string[], values: object): string {
  const { error, status, stdout, stderr } = spawnSync("helm", args, {
    input: JSON.stringify(values),
    encoding: "utf8",
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`helm ${args[0]} ended with ${status}\n${stderr}${stdout}`);
  return stdout;
}
