import { spawn } from "node:child_process";
import { EXIT, Failure } from "./failure";

export interface CommandOptions {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs a command with the terminal's input and output. Ctrl-C reaches it by itself, as it shares the terminal; SIGTERM is passed on.
 * @returns its exit code; that of an interruption when a signal ended it
 * @throws Failure when it could not be started
 */
export function runCommand(command: string, args: readonly string[], options: CommandOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: options.cwd, env: { ...options.environment }, stdio: "inherit" });
    const terminate = () => void child.kill("SIGTERM");
    process.on("SIGTERM", terminate);
    child.once("error", (error) => {
      process.off("SIGTERM", terminate);
      reject(new Failure(`"${command}" could not be started: ${error.message}\nname a command that is on PATH`));
    });
    child.once("close", (code) => {
      process.off("SIGTERM", terminate);
      resolve(code ?? EXIT.interrupted);
    });
  });
}
