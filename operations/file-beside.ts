import { randomUUID } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { systemClock } from "./clock";

export interface FileBesideProps {
  /** Permissions of a new file, less the umask. One that replaces another has that one's. @default 0o644 */
  readonly mode?: number | undefined;
  /**
   * Content and name are on the disk before anybody is told that they are. Without it a loss of power may leave an old file, or an empty one, in
   * the place: only for what can be made again.
   */
  readonly durable: boolean;
}

const NAME = /^\.[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.new$/;

/** Nobody writes for so long: who began has been killed. Milliseconds. */
const LEFT_BEHIND = 3_600_000;

/** Whether it is the name of a file that was not moved to its place: of one that is being written, or was when its writer was killed. */
export function isFileBeside(name: string): boolean {
  return NAME.test(name);
}

/**
 * A file that is written beside its place and moved there in one step, so that whoever reads, and whatever happens, finds the old one or the new
 * one, each whole.
 *
 * - Interrupted: all of it is synchronous, so that a signal is heard before or after. Who is killed leaves a hidden file beside, which is in
 *   nobody's way and is removed by a later write to the directory.
 * - A full disk, or one that can't be written to: the place is as it was, and nothing is left beside.
 * - A link in the place: is replaced itself, and nothing is written where it leads. Who must not replace one looks first.
 * - Two at once: neither sees the other's; the last one moved stands there. Who must not lose the first one uses `create`, or a lock.
 * - The owner is whoever writes.
 */
export class FileBeside {
  private readonly beside: string;
  private placed = false;

  /** @throws Error of the system when it could not be written; nothing is left then */
  constructor(
    private readonly place: string,
    content: string | Uint8Array,
    private readonly props: FileBesideProps,
  ) {
    removeLeftBehind(dirname(place));
    this.beside = join(dirname(place), `.${randomUUID()}.new`);
    try {
      this.write(content);
    } catch (error) {
      this.drop();
      throw error;
    }
  }

  /** That the place has it, even if what came after failed. */
  get isInPlace(): boolean {
    return this.placed;
  }

  /** Moves it to its place, over whatever file stands there. */
  replace(): void {
    renameSync(this.beside, this.place);
    this.arrived();
  }

  /** Puts it in its place; false, and nothing happens, when anything stands there. Unlike a move, a link replaces nothing. */
  create(): boolean {
    try {
      linkSync(this.beside, this.place);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    }
    this.arrived();
    return true;
  }

  /** Removes what is beside; what is in its place stays. */
  drop(): void {
    rmSync(this.beside, { force: true });
  }

  private write(content: string | Uint8Array): void {
    const { durable, mode = 0o644 } = this.props;
    const former = modeOf(this.place);
    // Exclusive: whatever has the name, a link too, is not written to.
    const file = openSync(this.beside, "wx", mode);
    try {
      writeFileSync(file, content);
      if (former !== undefined) fchmodSync(file, former);
      if (durable) fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }

  private arrived(): void {
    this.placed = true;
    if (!this.props.durable) return;
    // The name of a file is in its directory.
    const directory = openSync(dirname(this.place), "r");
    try {
      fsyncSync(directory);
    } finally {
      closeSync(directory);
    }
  }
}

/** Writes a file as a whole, in place of whatever file stands there. @throws Error of the system; the place is as it was, unless only the syncing failed */
export function replaceFile(place: string, content: string | Uint8Array, props: FileBesideProps): void {
  const file = new FileBeside(place, content, props);
  try {
    file.replace();
  } finally {
    file.drop();
  }
}

function modeOf(place: string): number | undefined {
  const found = lstatSync(place, { throwIfNoEntry: false });
  return found?.isFile() === true ? found.mode & 0o777 : undefined;
}

function removeLeftBehind(directory: string): void {
  const before = systemClock.now() - LEFT_BEHIND;
  for (const name of readdirSync(directory)) {
    if (!isFileBeside(name)) continue;
    const path = join(directory, name);
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found !== undefined && found.mtimeMs < before) rmSync(path, { force: true });
  }
}
