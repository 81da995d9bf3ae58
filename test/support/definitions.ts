import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Cluster } from "./cluster";

/** Custom resource definitions that `.ci/cluster` copies from Go modules; of the Gateway API and of Kyverno only the kinds in use. */
export type DefinitionsName = "argo-rollouts" | "gateway-api" | "kyverno";

/** Installs custom resource definitions, and waits until the API server serves them. @throws Error when there is no file of them */
export async function installDefinitions(cluster: Cluster, name: DefinitionsName): Promise<void> {
  const file = definitionsFile(name);
  await cluster.kubectl(["apply", "--server-side", "--filename", file]);
  await cluster.kubectl(["wait", "--for=condition=established", "--filename", file]);
}

/** In the share/ beside a bin/ of the PATH. */
function definitionsFile(name: DefinitionsName): string {
  const candidates = (process.env.PATH ?? "")
    .split(delimiter)
    .map((directory) => join(directory, "..", "share", `${name}-crds.yaml`));
  const file = candidates.find((path) => existsSync(path));
  if (file !== undefined) return file;
  throw new Error(
    `no ${name}-crds.yaml in a share/ beside any directory of the PATH; run .ci/cluster DIR, and put DIR/bin on the PATH`,
  );
}
