import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "./clock";
import { seconds } from "./console";
import { Failure } from "./failure";

export interface FileLockProps {
  /** Root of the project. */
  readonly root: string;
  readonly signal?: AbortSignal | undefined;
  readonly clock: Pick<Clock, "sleep">;
}

const WAIT_MILLISECONDS = 100;
const LONGEST_WAIT_MILLISECONDS = 10_000;

/**
 * Does something to a file while nobody else does; of two at once, the second waits for the first.
 *
 * @param path of the file, below the root; its lock lies beside it
 * @param work synchronous, so that no signal finds it half-way
 */
export async function locked<T>(path: string, { root, signal, clock }: FileLockProps, work: () => T): Promise<T> {
  const lock = join(root, `${path}.lock`);
  for (let waited = 0; !taken(lock); waited += WAIT_MILLISECONDS) {
    if (waited >= LONGEST_WAIT_MILLISECONDS)
      throw new Failure(
        `${path}.lock is there since ${seconds(waited)} or longer: another process writes ${path}, or one was killed while it did; nothing was written\nif no gatehouse seal runs here, remove it and run this again`,
      );
    await clock.sleep(WAIT_MILLISECONDS, signal);
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Takes the lock; false when somebody else has it. */
function taken(lock: string): boolean {
  try {
    writeFileSync(lock, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw new Failure(`nothing was written: ${(error as Error).message}`);
  }
}
