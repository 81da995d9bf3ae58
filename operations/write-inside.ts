import { chmod, lstat, mkdir, readFile } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import type { RenderedFile } from "../workflows/rendered-file";
import { Failure } from "./failure";
import { replaceFile } from "./file-beside";

export type FileStatus = "created" | "changed" | "unchanged";

/** Writes a file below a directory and nowhere else: links on the way could lead out of it, so they are refused. */
export async function writeInside(root: string, file: RenderedFile): Promise<FileStatus> {
  const path = resolve(root, file.path);
  if (!path.startsWith(root + sep)) throw new Failure(`"${file.path}" leads out of ${root}; nothing was written there`);
  for (let part = path; part.length > root.length; part = dirname(part)) await refuseLink(part);
  await mkdir(dirname(path), { recursive: true });
  const before = await contentOf(path);
  // What a loss of power leaves half written is rendered again.
  if (before !== file.content) replaceFile(path, file.content, { durable: false });
  await chmod(path, file.executable ? 0o755 : 0o644);
  return before === undefined ? "created" : before === file.content ? "unchanged" : "changed";
}

async function refuseLink(path: string): Promise<void> {
  const entry = await lstat(path).catch(notThere);
  if (entry?.isSymbolicLink() === true)
    throw new Failure(`${path} is a symbolic link; remove it, or write to another directory`);
}

/** The text of a file; undefined when it is not there. */
export async function contentOf(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(notThere);
}

function notThere(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}
