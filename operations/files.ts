import { chmod, lstat, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import type { Fleet } from "../declaration/fleet";
import { isManaged } from "../declaration/phase";
import { assertRight } from "../stacks/fleet-problems";
import type { RenderedFile } from "../workflows/rendered-file";
import { type Console, mark } from "./console";
import { declaredEntry } from "./declared-service";
import { EXIT, Failure } from "./failure";
import { filesOf } from "./files-of";

export interface FilesOptions {
  readonly service: string;
  /** Directory that stands for the service's repository; made when it is missing. */
  readonly out: string;
  readonly json: boolean;
}

type FileStatus = "created" | "changed" | "unchanged";

/** `gatehouse files <service> --out DIR`: writes the files of the service's repository. Other files there are left alone. */
export async function files(fleet: Fleet, options: FilesOptions, console: Console): Promise<number> {
  assertRight(fleet);
  const entry = declaredEntry(fleet, options.service);
  if (!isManaged(entry.service))
    throw new Failure(
      `service "${options.service}" is in the phase 0: nothing of it is written yet\nset its phase to 1 or more; see npx gatehouse phase ${options.service}`,
    );
  const root = resolve(options.out);
  const written: { path: string; status: FileStatus }[] = [];
  for (const file of filesOf(fleet, entry)) written.push({ path: file.path, status: await writeInside(root, file) });
  if (options.json)
    console.print(JSON.stringify({ service: options.service, out: root, files: written }, undefined, 2));
  else {
    for (const { path, status } of written)
      console.print(`${status === "unchanged" ? mark.skipped : mark.ok} ${status.padEnd(9)} ${path}`);
    console.print(`${written.length} files of ${options.service} in ${root}`);
  }
  return EXIT.fine;
}

/** Writes a file below a directory and nowhere else: links on the way could lead out of it, so they are refused. */
async function writeInside(root: string, file: RenderedFile): Promise<FileStatus> {
  const path = resolve(root, file.path);
  if (!path.startsWith(root + sep)) throw new Failure(`"${file.path}" leads out of ${root}; nothing was written there`);
  for (let part = path; part.length > root.length; part = dirname(part)) await refuseLink(part);
  await mkdir(dirname(path), { recursive: true });
  const before = await contentOf(path);
  if (before !== file.content) {
    const beside = join(dirname(path), `.${process.pid}.gatehouse-new`);
    await writeFile(beside, file.content);
    await rename(beside, path);
  }
  await chmod(path, file.executable ? 0o755 : 0o644);
  return before === undefined ? "created" : before === file.content ? "unchanged" : "changed";
}

async function refuseLink(path: string): Promise<void> {
  const entry = await lstat(path).catch(notThere);
  if (entry?.isSymbolicLink() === true)
    throw new Failure(`${path} is a symbolic link; remove it, or write to another directory`);
}

async function contentOf(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(notThere);
}

function notThere(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}
