import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import type { LocalChart } from "../constructs/helm/local-chart";

const CHART = "charts/service";

/**
 * Where `putChart` puts it, seen from a stack's directory `<outdir>/stacks/<stack>`. The path is part of a release's state: it is the same wherever
 * something is synthesized, or plans would differ by it.
 */
const FROM_STACK = `../../${CHART}`;

/** What editors and file managers leave behind is no part of a chart, as in its .helmignore. */
const LEFTOVER = /^(?:\.(?!helmignore$).*|.*~|.*\.(?:bak|orig|swp|tmp))$/;

/**
 * Reads the chart that services in clusters are released by. For main and the operations alone: rooms in between get what was read.
 *
 * @param root the project's directory, which has `charts/service`
 * @throws Error when there is no chart, or no version in its Chart.yaml
 */
export function readChart(root: string): LocalChart {
  const directory = join(root, CHART);
  const { version } = parse(readFileSync(join(directory, "Chart.yaml"), "utf8")) as { readonly version?: unknown };
  if (typeof version !== "string")
    throw new Error(`${directory}/Chart.yaml has the version ${JSON.stringify(version)}; write one such as 1.0.0`);
  return { path: FROM_STACK, version, sha256: contentHash(directory) };
}

/** Puts the chart into an output directory of cdktf, where the stacks in it look for it. What was there before is gone. */
export function putChart(root: string, outdir: string): void {
  const target = join(outdir, CHART);
  rmSync(target, { recursive: true, force: true });
  cpSync(join(root, CHART), target, { recursive: true, filter: (path) => !LEFTOVER.test(basename(path)) });
}

/** SHA-256 over the names and the contents of all files, in the order of their names; times and modes don't count. */
function contentHash(directory: string): string {
  const hash = createHash("sha256");
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !LEFTOVER.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(directory.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort((a, b) => (a < b ? -1 : 1));
  for (const file of files) {
    const content = readFileSync(join(directory, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}
