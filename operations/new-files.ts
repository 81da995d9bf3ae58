import { lstatSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Failure, messageOf } from "./failure";
import { FileBeside, replaceFile } from "./file-beside";

/** A file of the project as it is to be. */
export interface PlannedFile {
  /** Below the project's root. */
  readonly path: string;
  readonly content: string;
  /** What stands there now. @default - nothing, and nothing may */
  readonly before?: string | undefined;
}

/**
 * Puts all files in their places, or none: what fails half-way is undone. All are written beside first, so that a full disk is found before
 * any is in its place.
 * @throws Failure with the tree as it was
 */
export function putFiles(root: string, files: readonly PlannedFile[]): void {
  const undo: (() => void)[] = [];
  try {
    const ready = files.map((file) => {
      const beside = new FileBeside(join(root, file.path), file.content, { durable: true });
      undo.push(() => beside.drop());
      return { file, beside };
    });
    for (const { file, beside } of ready) {
      undo.push(() => beside.isInPlace && putBack(root, file));
      place(root, file, beside);
    }
    for (const { beside } of ready) beside.drop();
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
  if (lstatSync(join(root, path), { throwIfNoEntry: false }) !== undefined) throw occupied(path);
}

function occupied(path: string): Failure {
  return new Failure(`${path} is there already; nothing was written\nchoose another name, or remove the file first`);
}

/** The text of a file that is going to be changed. */
export function readOwn(root: string, path: string): string {
  const found = lstatSync(join(root, path), { throwIfNoEntry: false });
  if (found?.isFile() === true) return readFileSync(join(root, path), "utf8");
  throw new Failure(
    `${path} is ${found === undefined ? "not there" : "no plain file"}; nothing was written\nrun it at the root of the project, where ${path} is`,
  );
}

function place(root: string, { path, before }: PlannedFile, beside: FileBeside): void {
  if (before === undefined) {
    if (!beside.create()) throw occupied(path);
    return;
  }
  if (readOwn(root, path) !== before)
    throw new Failure(`${path} was changed meanwhile; nothing was written\ntry again`);
  beside.replace();
}

function putBack(root: string, { path, before }: PlannedFile): void {
  const target = join(root, path);
  if (before === undefined) rmSync(target, { force: true });
  else replaceFile(target, before, { durable: true });
}
