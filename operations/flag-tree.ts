import { createReadStream } from "node:fs";
import { lstat, readdir, readFile, realpath } from "node:fs/promises";
import { join, relative } from "node:path";
import { Failure, messageOf } from "./failure";
import { type FlagUse, flagUses, isCode, namesOf } from "./flag-uses";

/** What a tree of code asks for. */
export interface FlagTree {
  /** How many files of JavaScript and TypeScript it has. */
  readonly files: number;
  readonly uses: readonly (FlagUse & { readonly file: string })[];
  /** Files and directories that may use flags, and could not be read. */
  readonly unseen: readonly { readonly file: string; readonly why: string }[];
}

/** A larger file is not taken apart: its tree would take hundreds of times its size. Bytes. */
const MOST_BYTES = 2 * 1024 * 1024;

/** Directories that hold other people's code, or no code. */
const SKIPPED = new Set(["node_modules", ".git"]);

/**
 * Reads all JavaScript and TypeScript under a directory, in the order of names, each file once. Links are not followed: what they lead to is either
 * in the tree, and read there, or not part of it.
 *
 * @throws Failure when it is no directory, or has nothing to read
 */
export async function readFlagTree(
  directory: string,
  calls: readonly string[],
  signal: AbortSignal | undefined,
): Promise<FlagTree> {
  const root = await rootOf(directory);
  const uses: (FlagUse & { file: string })[] = [];
  const unseen: { file: string; why: string }[] = [];
  const open = [root];
  let files = 0;
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    signal?.throwIfAborted();
    const file = relative(root, path) || ".";
    try {
      const inside = await entriesOf(path);
      if (inside === undefined) files += 1;
      // One by one: a directory, or a file that a program wrote, may hold more than a call takes arguments.
      for (const each of inside ?? []) open.push(each);
      for (const use of inside === undefined ? await usesIn(path, calls) : []) uses.push({ file, ...use });
    } catch (error) {
      unseen.push({ file, why: messageOf(error) });
    }
  }
  if (files === 0 && unseen.length === 0) {
    throw new Failure(
      `${directory} has no JavaScript or TypeScript\nexpected the code that uses the flags\ngive --tree the directory of a checkout`,
    );
  }
  return { files, uses, unseen };
}

async function rootOf(directory: string): Promise<string> {
  try {
    const root = await realpath(directory);
    if ((await lstat(root)).isDirectory()) return root;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw new Failure(`${directory}: ${messageOf(error)}`);
  }
  throw new Failure(
    `${directory} is no directory\nexpected the code that uses the flags\ngive --tree the directory of a checkout`,
  );
}

/** What is to be read in a directory, the last one first; undefined of a file. */
async function entriesOf(path: string): Promise<readonly string[] | undefined> {
  if (!(await lstat(path)).isDirectory()) return undefined;
  const entries = await readdir(path, { withFileTypes: true });
  return entries
    .filter((entry) => (entry.isDirectory() ? !SKIPPED.has(entry.name) : entry.isFile() && isCode(entry.name)))
    .map(({ name }) => name)
    .sort()
    .reverse()
    .map((name) => join(path, name));
}

async function usesIn(path: string, calls: readonly string[]): Promise<readonly FlagUse[]> {
  const names = namesOf(calls);
  const { size } = await lstat(path);
  if (size > MOST_BYTES) {
    if (!(await mentions(path, names))) return [];
    throw new Error(
      `it asks for flags and has ${size.toLocaleString("en")} bytes; at most ${MOST_BYTES.toLocaleString("en")} are read: give --tree the sources, not what is built of them`,
    );
  }
  const content = await readFile(path);
  // As Git tells it: a video may end in .ts, too.
  if (content.subarray(0, 8000).includes(0)) return [];
  const text = content.toString();
  return names.some((name) => text.includes(name)) ? flagUses(text, path, calls) : [];
}

/** Whether one of the names stands in a file, which is never held in memory whole. */
async function mentions(path: string, names: readonly string[]): Promise<boolean> {
  const longest = Math.max(...names.map((name) => name.length));
  let end = "";
  for await (const chunk of createReadStream(path, "latin1")) {
    const text = end + chunk;
    if (names.some((name) => text.includes(name))) return true;
    end = text.slice(-longest);
  }
  return false;
}
