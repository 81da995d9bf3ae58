import { randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { AuditStore } from "./audit-store";
import { Failure, messageOf } from "./failure";

/** What an interrupted append may leave behind. It is no part of the trail. */
const UNFINISHED = /^\.[\da-f-]{36}\.new$/;

/** Entries as read-only files of a directory. */
export class AuditDirectory implements AuditStore {
  /** @param where path of the directory; it is made with the first entry */
  constructor(readonly where: string) {}

  async names(): Promise<readonly string[]> {
    try {
      return (await readdir(this.where)).filter((name) => !UNFINISHED.test(name)).sort();
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

  /** A link is made whole or not at all, and never over another: so neither a full disk nor a second writer leaves half an entry. */
  async create(name: string, bytes: Buffer): Promise<boolean> {
    const beside = join(this.where, `.${randomUUID()}.new`);
    try {
      await mkdir(this.where, { recursive: true });
      await writeDurably(beside, bytes);
      if (!(await linked(beside, join(this.where, name)))) return false;
    } catch (error) {
      throw new Failure(
        `nothing was appended to the trail in ${this.where}: ${messageOf(error)}\nmake room, or make it writable, and append again; the entries that are there are whole`,
      );
    } finally {
      await rm(beside, { force: true });
    }
    await this.syncDirectory();
    return true;
  }

  /** The name of a file is in its directory. */
  private async syncDirectory(): Promise<void> {
    const directory = await open(this.where, "r");
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  }
}

/** A new file that nobody changes by mistake, whose content is on the disk. */
async function writeDurably(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, "wx", 0o444);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** False when the name is taken. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
