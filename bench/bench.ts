import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { terminal } from "../operations/console";
import { fleet } from "../services/fleet";
import { inTurns, type Usage } from "./measured-process";
import { sandboxOverhead } from "./sandbox-overhead";
import { templateProgram } from "./template-program";

const ROOT = join(__dirname, "..");
const RUNS = 3;
const COPIES = [1, 10, 100, 1_000];

interface Copies {
  readonly count: number;
  readonly usage: Usage;
  /** Milliseconds of processor a copy, of declaring and writing; loading the program is left out. */
  readonly perCopy: number;
}

/** Prints ratios from one run on one machine: figures of different runs or machines say nothing about one another. */
async function bench(): Promise<void> {
  const [processor] = cpus();
  terminal.print(
    `Node.js ${process.versions.node}, ${cpus().length} × ${processor?.model.trim()}; the best of ${RUNS} runs where nothing else is said`,
  );
  await coldSynth();
  await synthOfCopies();
  await sandbox();
}

/** Node's arguments in the command by which cdktf runs the app. */
function appArguments(): readonly string[] {
  const { app } = JSON.parse(readFileSync(join(ROOT, "cdktf.json"), "utf8")) as { app: string };
  const [program, ...args] = app.split(" ");
  if (program !== "node")
    throw new Error(
      `cdktf.json: the app is "${app}"; expected "node …": npx alone takes half a second, and hides what is measured`,
    );
  return args;
}

async function coldSynth(): Promise<void> {
  terminal.progress("cold synth, and the same as cdktf's template does it …");
  const outdir = await mkdtemp(join(tmpdir(), "gatehouse-bench-"));
  const environment = { CDKTF_OUTDIR: outdir };
  const template = await templateProgram(ROOT);
  try {
    const args = appArguments();
    const { ours, uncached, theirs } = await inTurns(RUNS, {
      ours: { args, cwd: ROOT, environment },
      uncached: { args, cwd: ROOT, environment: { ...environment, TSX_DISABLE_CACHE: "1" } },
      theirs: {
        args: [join("node_modules", "ts-node", "dist", "bin.js"), "main.ts"],
        cwd: template.directory,
        environment: { ...environment, TS_NODE_COMPILER: "typescript5" },
      },
    });
    print("Cold synth of all services", [
      ["this project (cdktf.json: tsx, deep imports)", figures(ours)],
      ["… with nothing in tsx's cache yet", figures(uncached)],
      ["as cdktf's template does it (ts-node, index imports)", figures(theirs)],
      ["time", `${share(ours.seconds, theirs.seconds)} (target: at most 1/6, and under 1.5 s)`],
      ["processor time", share(ours.cpuSeconds, theirs.cpuSeconds)],
      ["memory", `${share(ours.megabytes, theirs.megabytes)} (target: at most 1/5)`],
    ]);
  } finally {
    await template.remove();
    await rm(outdir, { recursive: true, force: true });
  }
}

async function synthOfCopies(): Promise<void> {
  const measured = new Map<number, Copies>();
  for (const count of COPIES) {
    terminal.progress(`synth of ${count} copies …`);
    measured.set(count, await copies(count));
  }
  const [first] = fleet.services;
  const objectives = Object.keys(first?.service.objectives ?? {}).length;
  print(
    `Synth of copies of the first service, with ${objectives} objectives each: the organization's stack, and three stacks a copy`,
    [...measured.values()].map(row),
  );
  terminal.print(`  ${compared(measured.get(100), measured.get(1_000))}`);
  terminal.progress("the same without objectives …");
  const [hundred, thousand] = [await copies(100, "without-objectives"), await copies(1_000, "without-objectives")];
  const bare = [hundred, thousand];
  print("The same without objectives, alerts and dashboards", bare.map(row));
  terminal.print(`  ${compared(hundred, thousand)}`);
  for (const { count, perCopy } of bare) {
    const full = measured.get(count);
    if (full !== undefined)
      terminal.print(
        `  ${count} with objectives: ${(full.perCopy / perCopy).toFixed(2)} times the time of those without`,
      );
  }
}

async function copies(count: number, ...variant: readonly string[]): Promise<Copies> {
  const args = [...appArguments().slice(0, -1), join("bench", "synthesize-copies.ts"), String(count), ...variant];
  // Many copies take long enough to even out what else the machine does.
  const { usage } = await inTurns(count < 100 ? RUNS : 1, { usage: { args, cwd: ROOT } });
  const { declare, write } = JSON.parse(usage.stdout) as { declare: number; write: number };
  return { count, usage, perCopy: (declare + write) / count };
}

function row({ count, usage, perCopy }: Copies): readonly [string, string] {
  return [`${count}`, `${figures(usage)}, ${perCopy.toFixed(1)} ms a copy`];
}

function compared(fewer: Copies | undefined, more: Copies | undefined): string {
  if (fewer === undefined || more === undefined) return "not measured";
  return `${more.count} against ${fewer.count}: ${(more.perCopy / fewer.perCopy).toFixed(2)} times the time a copy (1 is linear)`;
}

async function sandbox(): Promise<void> {
  terminal.progress("the sandbox …");
  const { total, node, terraform, calls } = await sandboxOverhead(ROOT);
  print("npm run sandbox (one run)", [
    ["in all", `${total.toFixed(1)} s (target: under 30 s)`],
    [`Terraform's own time, ${calls} calls`, `${terraform.toFixed(1)} s of processor`],
    ["everything else: synth, stand-ins, comparison, report", `${node.toFixed(1)} s of processor`],
    ["overhead over Terraform's own time", `${Math.round((100 * node) / terraform)} %`],
  ]);
}

function figures({ seconds, cpuSeconds, megabytes }: Usage): string {
  return `${seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} s of processor), ${Math.round(megabytes)} MB`;
}

function share(ours: number, theirs: number): string {
  return `1/${(theirs / ours).toFixed(1)}`;
}

function print(title: string, rows: readonly (readonly [string, string])[]): void {
  const widest = Math.max(...rows.map(([name]) => name.length));
  terminal.print(`\n${title}`);
  for (const [name, value] of rows) terminal.print(`  ${name.padEnd(widest)}  ${value}`);
}

void bench();
