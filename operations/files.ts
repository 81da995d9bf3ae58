import { chmod, lstat, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import type { Fleet } from "../declaration/fleet";
import type { RenderedFile } from "../workflows/rendered-file";
import { type Console, mark } from "./console";
import { servicesWithFiles } from "./delivery-services";
import { EXIT, Failure } from "./failure";
import { filesOf } from "./files-of";

export interface FilesOptions {
  /** @default - all services, each in a directory of its name */
  readonly service?: string | undefined;
  /** Directory that stands for the service's repository; made when it is missing. */
  readonly out: string;
  readonly json: boolean;
}

type FileStatus = "created" | "changed" | "unchanged";

interface Written {
  readonly service: string;
  /** The directory that stands for its repository. */
  readonly out: string;
  readonly files: readonly { readonly path: string; readonly status: FileStatus }[];
}

/**
 * `gatehouse files <service> --out DIR`: writes the files of the service's repository; `--all`, those of every service below a directory of its
 * name. Other files there are left alone.
 */
export async function files(fleet: Fleet, options: FilesOptions, console: Console): Promise<number> {
  const written: Written[] = [];
  for (const entry of servicesWithFiles(fleet, options.service, console)) {
    const { name } = entry.service;
    const out = options.service === undefined ? resolve(options.out, name) : resolve(options.out);
    const files: Written["files"][number][] = [];
    for (const file of filesOf(fleet, entry)) files.push({ path: file.path, status: await writeInside(out, file) });
    written.push({ service: name, out, files });
    if (options.json) continue;
    for (const { path, status } of files)
      console.print(`${status === "unchanged" ? mark.skipped : mark.ok} ${status.padEnd(9)} ${path}`);
    console.print(`${files.length} files of ${name} in ${out}`);
  }
  if (options.json)
    console.print(JSON.stringify(options.service === undefined ? { services: written } : written[0], undefined, 2));
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
