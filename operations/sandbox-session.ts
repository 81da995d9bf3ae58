import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fleet } from "../declaration/fleet";
import { type Sandbox, startSandbox } from "../sandbox/sandbox";
import { type SynthesizedStack as Configuration, typesInUse } from "../sandbox/types-in-use";
import { KEPT_STATE_VARIABLE } from "../stacks/kept-state-guard";
import { madeByHand } from "./made-by-hand";
import { configurationOf, type StackRunner } from "./stack-run";
import { type SynthesizedStack, synthesize } from "./synthesize";
import type { Terraform } from "./terraform";

/** Said wherever the sandbox prints a result. */
export const HONESTLY =
  "On stand-ins: real Terraform against providers that live in this process. This shows wiring, references, order, idempotence and drift; " +
  "what the real providers and APIs accept is only known as far as the stand-ins' rules say.";

/** Where a project keeps its sandbox. */
export function keptSandbox(root: string): string {
  return join(root, ".gatehouse", "sandbox");
}

export interface SessionOptions {
  /** Directory in which world and state survive. @default - a temporary one, gone at the end */
  readonly keepIn?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where somebody else synthesizes to, whose types are served too. @default - nobody does */
  readonly alsoServe?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A fleet synthesized for the sandbox, and the sandbox that answers for its providers. */
export interface SandboxSession {
  readonly sandbox: Sandbox;
  readonly stacks: readonly SynthesizedStack[];
  readonly runner: StackRunner;
  readonly synthMilliseconds: number;
  close(): Promise<void>;
}

/** Credentials and Terraform's own settings have no business in the sandbox: they are not handed on. */
const NOT_HANDED_ON =
  /^(?:TF_(?!PLUGIN_CACHE).*|GITHUB_.*|GH_TOKEN|CLOUDFLARE_.*|KUBE_.*|KUBECONFIG|GRAFANA_.*|AWS_.*|PGPASSWORD|PG_CONN_STR)$/;

export function sandboxEnvironment(
  base: Readonly<Record<string, string | undefined>>,
  sandbox: Sandbox,
): Record<string, string | undefined> {
  const kept = Object.entries(base).filter(([name]) => !NOT_HANDED_ON.test(name));
  return { ...Object.fromEntries(kept), [`TF_VAR_${KEPT_STATE_VARIABLE}`]: "true", ...sandbox.environment };
}

/** Starts stand-ins for the fleet, and synthesizes it with state beside their world. */
export async function openSession(
  fleet: Fleet,
  terraform: Terraform,
  options: SessionOptions,
): Promise<SandboxSession> {
  const root = options.keepIn ?? (await mkdtemp(join(tmpdir(), "gatehouse-sandbox-")));
  await mkdir(root, { recursive: true });
  let sandbox: Sandbox | undefined;
  const close = async () => {
    await sandbox?.close();
    if (options.keepIn === undefined) await rm(root, { recursive: true, force: true });
  };
  try {
    const started = performance.now();
    const stacks = await synthesize(fleet, join(root, "out"), { localStateDirectory: join(root, "state") });
    const synthMilliseconds = performance.now() - started;
    const ours = await Promise.all(stacks.map(configurationOf));
    const theirs = () => (options.alsoServe === undefined ? [] : configurationsIn(options.alsoServe));
    sandbox = await startSandbox({
      ...(options.keepIn !== undefined && { directory: join(root, "world") }),
      typesInUse: () => typesInUse([...ours, ...theirs()]),
    });
    madeByHand(fleet, sandbox.world);
    const runner = { terraform, environment: sandboxEnvironment(options.environment, sandbox), signal: options.signal };
    return { sandbox, stacks, runner, synthMilliseconds, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The stacks that lie in a cdktf output directory at this moment. */
function configurationsIn(outdir: string): readonly Configuration[] {
  const directory = join(outdir, "stacks");
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .map((stack) => join(directory, stack, "cdk.tf.json"))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, "utf8")) as Configuration);
}
