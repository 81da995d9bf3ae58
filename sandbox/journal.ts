import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { Mutation } from "./world-object";

/** What a journal held when it was opened. */
export interface Recovered {
  readonly mutations: readonly Mutation[];
  /** What a person should know about it, such as a line that was cut off. */
  readonly notices: readonly string[];
}

/**
 * The world on disk: one line of JSON per mutation, appended in one write, so that a killed process leaves at most
 * its last line cut off. Not synced to the disk: it survives a killed process, not a power cut.
 */
export class Journal {
  private readonly file: string;
  private descriptor: number | undefined;

  /** @param directory - made if it doesn't exist */
  public constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    this.file = join(directory, "world.jsonl");
  }

  /**
   * Reads what is there.
   *
   * @throws Error if a line other than the last can't be read
   */
  public recover(): Recovered {
    if (!existsSync(this.file)) {
      return { mutations: [], notices: [] };
    }
    const lines = readFileSync(this.file, "utf8").split("\n");
    const tail = lines.pop() ?? "";
    const mutations = lines.map((line, i) => this.parse(line, i + 1));
    const notices =
      tail === ""
        ? []
        : [
            `${this.file}: the last line was cut off, probably by a killed process, and is left out (${tail.length} characters)`,
          ];
    return { mutations, notices };
  }

  /** Starts the journal again with one line that says everything, and opens it for appending. */
  public restart(everything: Mutation): void {
    const fresh = `${this.file}.new`;
    writeFileSync(fresh, `${JSON.stringify(everything)}\n`);
    renameSync(fresh, this.file);
    this.descriptor = openSync(this.file, "a");
  }

  public append(mutation: Mutation): void {
    if (this.descriptor === undefined) {
      throw new Error(`sandbox: ${this.file} is closed; nothing can happen in this world any more.`);
    }
    writeSync(this.descriptor, `${JSON.stringify(mutation)}\n`);
  }

  public close(): void {
    if (this.descriptor !== undefined) {
      closeSync(this.descriptor);
      this.descriptor = undefined;
    }
  }

  private parse(line: string, number: number): Mutation {
    try {
      return JSON.parse(line) as Mutation;
    } catch {
      throw new Error(
        `sandbox: ${this.file}, line ${number} is not JSON: ${line.slice(0, 80)}. Only the last line can be cut off by a ` +
          "killed process, so something else wrote to it. Delete the directory to start an empty world.",
      );
    }
  }
}
