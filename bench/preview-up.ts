import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { readChart } from "../charts/read-chart";
import type { Fleet } from "../declaration/fleet";
import { type Console, terminal } from "../operations/console";
import { previewDown } from "../operations/preview-down";
import { medianOf } from "../operations/preview-list";
import { previewUp } from "../operations/preview-up";
import { initStack, lookAtStack } from "../operations/stack-run";
import type { SynthesizedStack } from "../operations/synthesize";
import { findTerraform } from "../operations/terraform";
import { fleet as declared } from "../services/fleet";
import { PreviewStack } from "../stacks/preview-stack";
import { Cluster } from "../test/support/cluster";
import { installDefinitions } from "../test/support/definitions";
import { LivePlugin } from "../test/support/live-plugin";

const PROJECT = join(__dirname, "..");
const SERVICE = "summit";
const RUNS = 3;
const PULL_REQUEST = 42;
/** What is read of what `preview up --json` prints. */
interface Report {
  readonly createdAt: string;
  readonly expiresAt: string;
}

const SILENT: Console = { print: () => {}, progress: () => {} };
const FIRST = `sha256:${"1".repeat(64)}`;
const SECOND = `sha256:${"2".repeat(64)}`;

/**
 * Prints how long `preview up` takes on a real API server, with real Terraform and real helm, where pods are ready at once: no image is pulled and
 * nothing starts. Run on one machine; figures of different machines say nothing about one another.
 */
async function bench(): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "gatehouse-bench-"));
  const health = createServer((_, response) => response.end("ok"));
  await new Promise<void>((resolve) => health.listen(0, "127.0.0.1", resolve));
  const cluster = await Cluster.start();
  try {
    await installDefinitions(cluster, "gateway-api");
    await cluster.playKubelet();
    const plugin = await LivePlugin.start({
      kubeconfig: cluster.kubeconfig,
      localChart: join(PROJECT, "charts/service"),
    });
    try {
      const address = `http://127.0.0.1:${(health.address() as AddressInfo).port}`;
      const own = { GATEHOUSE_PREVIEW_HEALTH_URL: address, CI: "" };
      await measure(root, { ...cluster.environment(), ...plugin.environment, ...own });
    } finally {
      await plugin.stop();
    }
  } finally {
    await cluster.stop();
    health.close();
    rmSync(root, { recursive: true, force: true });
  }
}

async function measure(root: string, environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  const [processor] = cpus();
  const fleet = declaredHere();
  const common = { root, environment, service: SERVICE, pr: String(PULL_REQUEST) };
  let newest: Report | undefined;
  const up = async (digest: string) => {
    const keep = (text: string) => {
      newest = JSON.parse(text) as Report;
    };
    expected(0, await previewUp(fleet, { ...common, digest, json: true }, { ...SILENT, print: keep }));
  };
  const terraform = await findTerraform(environment);
  const plan = async () => {
    if (newest === undefined) throw new Error("there is no preview to be planned");
    const stack = synthesized(fleet, root, { ...newest, digest: SECOND });
    const runner = { terraform, environment };
    await initStack(runner, stack);
    const { changes } = await lookAtStack(runner, stack);
    if (changes.length > 0) throw new Error(`${changes.map(({ address }) => address).join(", ")} would change`);
  };
  const steps: readonly (readonly [string, () => Promise<unknown>])[] = [
    ["preview up, the first time", () => up(FIRST)],
    ["preview up, with another image", () => up(SECOND)],
    ["preview up, with the same image: it only lives longer", () => up(SECOND)],
    ["init and plan of its stack, without a change", plan],
    ["preview down", async () => expected(0, await previewDown(fleet, common, SILENT))],
  ];
  const taken = new Map<string, number[]>();
  for (let run = 1; run <= RUNS; run += 1) {
    terminal.progress(`run ${run} of ${RUNS} …`);
    for (const [name, step] of steps) {
      const started = performance.now();
      await step();
      taken.set(name, [...(taken.get(name) ?? []), (performance.now() - started) / 1000]);
    }
  }
  terminal.print(
    `Node.js ${process.versions.node}, ${terraform.product} ${terraform.version}, ${cpus().length} × ${processor?.model.trim()}; the median of ${RUNS} runs`,
  );
  const widest = Math.max(...steps.map(([name]) => name.length));
  for (const [name, seconds] of taken)
    terminal.print(
      `  ${name.padEnd(widest)}  ${medianOf(seconds)?.toFixed(1)} s (${seconds.map((one) => one.toFixed(1)).join(", ")})`,
    );
}

/** The declared fleet, whose clusters are reached by the context of the one that was started. */
function declaredHere(): Fleet {
  const clusters = Object.entries(declared.organization.clusters ?? {});
  const here = clusters.map(([name, cluster]) => [name, { ...cluster, context: "test" }] as const);
  return { ...declared, organization: { ...declared.organization, clusters: Object.fromEntries(here) } };
}

/** The stack that the newest `preview up` has deployed. */
function synthesized(fleet: Fleet, root: string, content: Report & { digest: string }): SynthesizedStack {
  const { organization, services } = fleet;
  const service = services.find((entry) => entry.service.name === SERVICE)?.service;
  if (service === undefined) throw new Error(`no service "${SERVICE}" is declared; name another one here`);
  const outdir = join(root, "plan");
  const name = `${SERVICE}-preview-${PULL_REQUEST}`;
  mkdirSync(outdir, { recursive: true });
  const app = new App({ outdir });
  const run = { localStateDirectory: join(root, ".gatehouse", "state"), chart: readChart(PROJECT) };
  new PreviewStack(app, { ...content, service, organization, pullRequest: PULL_REQUEST }, run);
  app.synth();
  return { name, directory: join(outdir, "stacks", name), dependsOn: [], service: SERVICE, stage: undefined };
}

function expected(code: number, came: number): void {
  if (came !== code) throw new Error(`it answered ${came}, not ${code}: what was measured is not what is meant`);
}

void bench();
