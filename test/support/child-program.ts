import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { onPath } from "./on-path";

/** A long-running program that a test starts: its output is in a file, and it never outlives the test's process. */
export class ChildProgram {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;

  /** @param logFile takes all that the program prints */
  constructor(
    readonly name: string,
    args: readonly string[],
    readonly logFile: string,
    environment: NodeJS.ProcessEnv = process.env,
  ) {
    // Output into a file, not a pipe: a pipe would keep Jest from ending.
    const log = openSync(logFile, "a");
    const [command, all] = tiedToThisProcess(name, args);
    this.#child = spawn(command, all, { stdio: ["ignore", log, log], env: environment });
    closeSync(log);
    this.#ended = new Promise((resolve) => {
      this.#child.once("error", () => resolve());
      this.#child.once("exit", () => resolve());
    });
    this.#child.unref();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** @throws Error with the end of its log, when it has ended by itself or could not be started */
  mustRun(): void {
    if (this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null) return;
    throw new Error(`${this.name} ended by itself\n${this.log().slice(-4000)}`);
  }

  log(): string {
    return readFileSync(this.logFile, "utf8");
  }

  /** Ends it in the middle of whatever it does, as a lost machine would. Does nothing when it has ended. */
  async kill(): Promise<void> {
    // Now this process must not end before that one.
    this.#child.ref();
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill("SIGKILL");
    await this.#ended;
  }
}

/**
 * Jest runs no exit handlers of tests, and a killed process runs none at all: the kernel ends the program (prctl(2), PR_SET_PDEATHSIG). Where there is no
 * setpriv, on other systems than Linux, only `kill` does.
 */
function tiedToThisProcess(name: string, args: readonly string[]): readonly [string, readonly string[]] {
  return onPath("setpriv") === undefined ? [name, args] : ["setpriv", ["--pdeathsig", "KILL", name, ...args]];
}
