import { execFile } from "node:child_process";
import { join } from "node:path";
import { stageValues } from "../constructs/helm/stage-values";
import type { Organization } from "../declaration/organization";
import type { Service } from "../declaration/service";
import { messageOf } from "./failure";

export interface ChartRun {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The project's directory, in which the chart lies. */
  readonly root: string;
  readonly signal?: AbortSignal | undefined;
}

/** What Helm makes of the chart for a stage. */
export type RenderedChart =
  | { readonly kind: "rendered"; readonly manifests: string }
  /** There is no Helm, or it does not end. */
  | { readonly kind: "unseen"; readonly why: string }
  /** It does not take the values, and says why. */
  | { readonly kind: "refused"; readonly why: string };

export const HOW_TO_GET_HELM = "install Helm 3 (https://helm.sh/docs/intro/install/), and put it on PATH";

const RUN_MILLISECONDS = 60_000;
const MOST_BYTES = 16 * 1024 * 1024;
const LONGEST_QUOTE = 500;

/** Renders the chart with the values of each stage of a service in clusters of which a version is known. No cluster is asked. */
export async function renderedCharts(
  organization: Organization,
  service: Service,
  run: ChartRun,
): Promise<readonly { readonly stage: string; readonly chart: RenderedChart }[]> {
  const charts: { stage: string; chart: RenderedChart }[] = [];
  for (const [stage, { cluster, namespace }] of Object.entries(service.cluster?.stages ?? {})) {
    const version = organization.clusters?.[cluster]?.version;
    if (version === undefined) continue;
    // The hash only tells releases apart; the schema asks for one.
    const values = { ...stageValues({ service, stage, organization }), chartHash: "0".repeat(64) };
    const args = ["template", service.name, join(run.root, "charts", "service"), "--namespace", namespace];
    const chart = await rendered([...args, "--kube-version", `${version}.0`, "--values", "-"], values, run);
    charts.push({ stage, chart });
  }
  return charts;
}

function rendered(args: readonly string[], values: object, run: ChartRun): Promise<RenderedChart> {
  const { environment: env, signal } = run;
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const options = { env, signal, timeout: RUN_MILLISECONDS, maxBuffer: MOST_BYTES, encoding: "utf8" } as const;
    const child = execFile("helm", args, options, (error, manifests, stderr) => {
      if (signal?.aborted === true) reject(signal.reason);
      else if (error === null) resolve({ kind: "rendered", manifests });
      else if (error.code === "ENOENT") resolve({ kind: "unseen", why: 'there is no "helm" on PATH' });
      else if (error.killed === true) resolve({ kind: "unseen", why: "helm did not end in time, or said too much" });
      else resolve({ kind: "refused", why: (stderr.trim() || messageOf(error)).slice(0, LONGEST_QUOTE) });
    });
    // A helm that ends before it has read all is judged by its exit code.
    child.stdin?.on("error", () => {});
    child.stdin?.end(JSON.stringify(values));
  });
}
