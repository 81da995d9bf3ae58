import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Usage {
  /** From start to end. */
  readonly seconds: number;
  /** Of the process itself, in user and kernel mode. */
  readonly cpuSeconds: number;
  /** The most that was resident at any time. */
  readonly megabytes: number;
  readonly stdout: string;
}

export interface ProcessProps {
  /** Arguments of `node`. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs `node` once. @throws Error with its output when it fails: a failed run is no figure. */
export async function measure({ args, cwd, environment }: ProcessProps): Promise<Usage> {
  const directory = await mkdtemp(join(tmpdir(), "gatehouse-bench-"));
  const usage = join(directory, "usage.json");
  try {
    const started = performance.now();
    const stdout = await output(["--require", join(__dirname, "usage-reporter.cjs"), ...args], cwd, {
      ...process.env,
      ...environment,
      GATEHOUSE_BENCH_USAGE: usage,
    });
    const seconds = (performance.now() - started) / 1000;
    const { megabytes, cpuSeconds } = JSON.parse(await readFile(usage, "utf8")) as Omit<Usage, "seconds" | "stdout">;
    return { seconds, cpuSeconds, megabytes, stdout };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * Runs programs in turns, and gives for each the run that took the least: what else the machine does only ever adds, and what it does for long
 * adds to all of them.
 */
export async function inTurns<Name extends string>(
  runs: number,
  programs: Readonly<Record<Name, ProcessProps>>,
): Promise<Readonly<Record<Name, Usage>>> {
  const best = new Map<string, Usage>();
  for (let run = 0; run < runs; run += 1) {
    for (const [name, props] of Object.entries<ProcessProps>(programs)) {
      const usage = await measure(props);
      const before = best.get(name);
      if (before === undefined || usage.cpuSeconds < before.cpuSeconds) best.set(name, usage);
    }
  }
  return Object.fromEntries(best) as Record<Name, Usage>;
}

function output(args: readonly string[], cwd: string, environment: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env: environment, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`node ${args.join(" ")} ended with ${code}\n${stdout}${stderr}`));
    });
  });
}
