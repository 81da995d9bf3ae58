import { terminal } from "./console";
import { EXIT } from "./failure";

/** Ctrl-C and SIGTERM, so that what runs can stop in good order; a second one does not wait. */
export class Interruption {
  private readonly controller = new AbortController();
  private ignored = false;

  constructor() {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => this.interrupt());
  }

  /** Aborted by the first signal. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Leaves signals to a child that shares the terminal. */
  ignore(): void {
    this.ignored = true;
  }

  private interrupt(): void {
    if (this.ignored) return;
    if (this.signal.aborted) process.exit(EXIT.interrupted);
    terminal.progress(
      "stopping: what is under way ends first, and Terraform saves its state (once more to leave at once)",
    );
    this.controller.abort();
  }
}
