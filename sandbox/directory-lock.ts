import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Keeps two sandboxes from writing one world. What a killed process left behind is taken over.
 *
 * @returns what releases it
 * @throws Error if a living process holds it
 */
export function lockDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, "world.lock");
  for (const lastTry of [false, true]) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
        throw error;
      }
      const holder = Number(readFileSync(file, "utf8"));
      if (lastTry || (Number.isInteger(holder) && holder > 0 && alive(holder))) {
        throw new Error(
          `sandbox: ${directory} is in use by process ${holder}. Stop that sandbox, or give this one another directory.`,
        );
      }
      rmSync(file, { force: true });
    }
  }
  throw new Error(`sandbox: ${file} can't be taken.`);
}
