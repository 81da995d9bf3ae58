import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { AuditStore } from "./audit-store";
import { Failure, messageOf } from "./failure";
import { FileBeside, isFileBeside } from "./file-beside";

/** Entries as read-only files of a directory. */
export class AuditDirectory implements AuditStore {
  /** @param where path of the directory; it is made with the first entry */
  constructor(readonly where: string) {}

  async names(): Promise<readonly string[]> {
    try {
      return (await readdir(this.where)).filter((name) => !isFileBeside(name)).sort();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw new Failure(`the trail in ${this.where} can't be read: ${messageOf(error)}`);
    }
  }

  async read(name: string): Promise<Buffer> {
    try {
      return await readFile(join(this.where, name));
    } catch (error) {
      throw new Failure(`the trail in ${this.where} can't be read: ${messageOf(error)}`);
    }
  }

  /** A name that is taken stays taken: so neither a full disk nor a second writer leaves half an entry, or one where another was. */
  async create(name: string, bytes: Buffer): Promise<boolean> {
    let entry: FileBeside | undefined;
    try {
      await mkdir(this.where, { recursive: true });
      // Read-only, so that nobody changes it by mistake.
      entry = new FileBeside(join(this.where, name), bytes, { mode: 0o444, durable: true });
      return entry.create();
    } catch (error) {
      if (entry?.isInPlace === true) throw error;
      throw new Failure(
        `nothing was appended to the trail in ${this.where}: ${messageOf(error)}\nmake room, or make it writable, and append again; the entries that are there are whole`,
      );
    } finally {
      entry?.drop();
    }
  }
}
