import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

/** A file of services/ as the project's formatter and linter leave it; throws what they say against it. */
export function formatted(text: string): string {
  const biome = join(ROOT, "node_modules/.bin/biome");
  const run = spawnSync(biome, ["check", "--write", "--stdin-file-path=services/x.ts"], {
    cwd: ROOT,
    input: text,
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(run.stdout + run.stderr);
  return run.stdout;
}
