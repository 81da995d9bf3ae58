import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTerraform } from "../operations/terraform";
import { measure } from "./measured-process";

export interface SandboxOverhead {
  /** Seconds from start to end. */
  readonly total: number;
  /** Seconds of processor that this project's process used. */
  readonly node: number;
  /** Seconds of processor that Terraform's processes used. */
  readonly terraform: number;
  readonly calls: number;
}

/** Runs Terraform, and adds the seconds of processor it used (user, kernel) to a file, a line a call. */
const TIMED = `#!/usr/bin/env bash
TIMEFORMAT='%U %S'
{ time "$GATEHOUSE_BENCH_TERRAFORM" "$@" 2>&3; } 3>&2 2>>"$GATEHOUSE_BENCH_LOG"
`;

/**
 * Runs the sandbox once. Waiting for one another, the two share the wall clock; what each costs is the processor's time that it used.
 */
export async function sandboxOverhead(root: string): Promise<SandboxOverhead> {
  const directory = await mkdtemp(join(tmpdir(), "gatehouse-bench-"));
  try {
    const timed = join(directory, "terraform");
    const log = join(directory, "log");
    await writeFile(timed, TIMED);
    await chmod(timed, 0o755);
    await writeFile(log, "");
    const { command } = await findTerraform(process.env);
    const usage = await measure({
      args: [join("operations", "gatehouse.js"), "sandbox", "--json"],
      cwd: root,
      environment: { TERRAFORM_BINARY_NAME: timed, GATEHOUSE_BENCH_TERRAFORM: command, GATEHOUSE_BENCH_LOG: log },
    });
    const calls = (await readFile(log, "utf8"))
      .trim()
      .split("\n")
      .map((line) => line.split(" ").map(Number));
    const terraform = calls.reduce((sum, [user = 0, kernel = 0]) => sum + user + kernel, 0);
    if (!(terraform > 0)) throw new Error(`Terraform's time was not measured; ${log} holds ${calls.length} lines`);
    return { total: usage.seconds, node: usage.cpuSeconds, terraform, calls: calls.length };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
