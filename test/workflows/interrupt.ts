import type { ChildProcess } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";

/**
 * Interrupts a script, more than once as impatient people and runners do, until nothing of it is left. It must have been started in a process
 * group of its own (`detached`).
 */
export async function interrupt(script: ChildProcess): Promise<void> {
  try {
    for (;;) {
      process.kill(-(script.pid ?? 0), "SIGTERM");
      await pause(25);
    }
  } catch {
    // No process of its group is there any more.
  }
}
