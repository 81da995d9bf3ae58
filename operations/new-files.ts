import { linkSync, lstatSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, messageOf } from "./failure";

/** A file of the project as it is to be. */
export interface PlannedFile {
  /** Below the project's root. */
  readonly path: string;
  readonly content: string;
  /** What stands there now. @default - nothing, and nothing may */
  readonly before?: string | undefined;
}

/**
 * Puts all files in their places, or none: what fails half-way is undone. Synchronous, so that no signal finds it half-way; each file is
 * written beside its place and moved there.
 * @throws Failure with the tree as it was
 */
export function putFiles(root: string, files: readonly PlannedFile[]): void {
  const undo: (() => void)[] = [];
  try {
    const ready = files.map((file) => {
      const beside = join(root, `${file.path}.${process.pid}.new`);
      undo.push(() => rmSync(beside, { force: true }));
      writeFileSync(beside, file.content, { flag: "wx", mode: modeOf(root, file) });
      return { ...file, beside };
    });
    for (const file of ready) {
      place(root, file);
      undo.push(() => putBack(root, file));
    }
    for (const { beside } of ready) rmSync(beside, { force: true });
  } catch (error) {
    for (const step of undo.toReversed()) step();
    throw error instanceof Failure ? error : new Failure(`nothing was written: ${messageOf(error)}`);
  }
}

/** @throws Failure when a directory in which files are changed is a link: they would be changed elsewhere */
export function refuseLink(root: string, path: string): void {
  if (lstatSync(join(root, path), { throwIfNoEntry: false })?.isSymbolicLink() !== true) return;
  throw new Failure(`${path} is a link; nothing was written\nrun it in the project to which it leads`);
}

/** @throws Failure when something stands where a new file goes */
export function refuseOccupied(root: string, path: string): void {
  if (lstatSync(join(root, path), { throwIfNoEntry: false }) === undefined) return;
  throw new Failure(`${path} is there already; nothing was written\nchoose another name, or remove the file first`);
}

/** The text of a file that is going to be changed. */
export function readOwn(root: string, path: string): string {
  const found = lstatSync(join(root, path), { throwIfNoEntry: false });
  if (found?.isFile() === true) return readFileSync(join(root, path), "utf8");
  throw new Failure(
    `${path} is ${found === undefined ? "not there" : "no plain file"}; nothing was written\nrun it at the root of the project, where ${path} is`,
  );
}

function place(root: string, { path, before, beside }: PlannedFile & { readonly beside: string }): void {
  const target = join(root, path);
  if (before === undefined) {
    // Unlike a move, a link never replaces what somebody else put there meanwhile.
    linkSync(beside, target);
    return;
  }
  if (readOwn(root, path) !== before)
    throw new Failure(`${path} was changed meanwhile; nothing was written\ntry again`);
  renameSync(beside, target);
}

function putBack(root: string, { path, before }: PlannedFile): void {
  const target = join(root, path);
  if (before === undefined) rmSync(target, { force: true });
  else writeFileSync(target, before);
}

function modeOf(root: string, { path, before }: PlannedFile): number {
  return before === undefined ? 0o644 : statSync(join(root, path)).mode & 0o777;
}
