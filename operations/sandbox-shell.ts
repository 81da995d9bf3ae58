import { join } from "node:path";
import type { Fleet } from "../declaration/fleet";
import { runCommand } from "./command-run";
import type { Console } from "./console";
import { HONESTLY, keptSandbox, openSession } from "./sandbox-session";
import { findTerraform } from "./terraform";

export interface SandboxShellOptions {
  /** The command and its arguments; empty for an interactive shell. */
  readonly command: readonly string[];
  /** Root of the project. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * `gatehouse sandbox --shell`: a shell, or one command, in which `cdktf`, `terraform` and `gatehouse` itself work on the kept sandbox as they
 * would on real accounts. The exit code is the shell's.
 */
export async function sandboxShell(fleet: Fleet, options: SandboxShellOptions, console: Console): Promise<number> {
  const directory = keptSandbox(options.root);
  const terraform = await findTerraform(options.environment);
  const session = await openSession(fleet, terraform, {
    keepIn: directory,
    environment: options.environment,
    alsoServe: join(options.root, "cdktf.out"),
  });
  const [command = options.environment.SHELL ?? "sh", ...args] = options.command;
  if (options.command.length === 0) {
    console.progress(`A shell in the sandbox (${directory}). Leave it with exit. Try:`);
    for (const hint of ["npx cdktf plan organization", "npx cdktf deploy '*'", "npx gatehouse drift"])
      console.progress(`  ${hint}`);
    console.progress(HONESTLY);
  }
  try {
    const environment = {
      ...session.runner.environment,
      // Read by main.ts: the sandbox's own state, whatever backend the organization declares.
      GATEHOUSE_STATE_DIRECTORY: join(directory, "state"),
      // cdktf would ask the registry for checksums of providers that are not installed.
      CDKTF_SKIP_PROVIDER_LOCK: "true",
      // No look-up of newer versions of cdktf.
      DISABLE_VERSION_CHECK: "true",
    };
    return await runCommand(command, args, { cwd: options.root, environment });
  } finally {
    await session.close();
  }
}
