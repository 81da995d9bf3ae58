import { execFile } from "node:child_process";
import { join } from "node:path";
import { stageValues } from "../constructs/helm/stage-values";
import type { Organization } from "../declaration/organization";
import type { Service } from "../declaration/service";
import { messageOf } from "./failure";
import { type Finding, failed, ok, unseen } from "./preflight-finding";

export interface ChartRun {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The project's directory, in which the chart lies. */
  readonly root: string;
  readonly signal?: AbortSignal | undefined;
}

const HOW_TO_GET = "install Helm 3 (https://helm.sh/docs/intro/install/), and put it on PATH";
const RUN_MILLISECONDS = 60_000;
const MOST_BYTES = 16 * 1024 * 1024;
const LONGEST_QUOTE = 500;

/** The chart renders with the values of each stage. No cluster is asked. */
export async function chartFindings(
  organization: Organization,
  service: Service,
  run: ChartRun,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [stage, { cluster, namespace }] of Object.entries(service.cluster?.stages ?? {})) {
    const what = `chart: ${stage}`;
    const version = organization.clusters?.[cluster]?.version;
    if (version === undefined) continue;
    // The hash only tells releases apart; the schema asks for one.
    const values = { ...stageValues({ service, stage, organization }), chartHash: "0".repeat(64) };
    const args = ["template", service.name, join(run.root, "charts", "service"), "--namespace", namespace];
    findings.push(await rendered(what, [...args, "--kube-version", `${version}.0`, "--values", "-"], values, run));
  }
  return findings;
}

function rendered(what: string, args: readonly string[], values: object, run: ChartRun): Promise<Finding> {
  const { environment: env, signal } = run;
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const options = { env, signal, timeout: RUN_MILLISECONDS, maxBuffer: MOST_BYTES, encoding: "utf8" } as const;
    const child = execFile("helm", args, options, (error, stdout, stderr) => {
      if (signal?.aborted === true) reject(signal.reason);
      else if (error === null) resolve(ok(what, `renders ${stdout.match(/^kind: /gm)?.length ?? 0} objects`));
      else if (error.code === "ENOENT") resolve(unseen(what, 'there is no "helm" on PATH', HOW_TO_GET));
      else if (error.killed === true) resolve(unseen(what, "helm did not end in time, or said too much", HOW_TO_GET));
      else resolve(failed(what, (stderr.trim() || messageOf(error)).slice(0, LONGEST_QUOTE), "see what Helm refuses"));
    });
    // A helm that ends before it has read all is judged by its exit code.
    child.stdin?.on("error", () => {});
    child.stdin?.end(JSON.stringify(values));
  });
}
