import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Configurations, changedStacks } from "./changed-stacks";
import type { Console } from "./console";
import { EXIT, Failure, messageOf } from "./failure";

export interface ChangedOptions {
  /** What was synthesized before (a `cdktf.out`). @default - nothing: every stack counts as new */
  readonly base?: string | undefined;
  /** What is synthesized now. */
  readonly head: string;
  readonly json: boolean;
}

/** `gatehouse changed`: the stacks whose synthesized configuration differs, one a line. */
export async function changed(options: ChangedOptions, console: Console): Promise<number> {
  const base = options.base === undefined ? new Map<string, unknown>() : await configurationsIn(options.base);
  const stacks = changedStacks(base, await configurationsIn(options.head));
  if (options.json) console.print(JSON.stringify({ stacks }, undefined, 2));
  else for (const { stack, change } of stacks) console.print(`${stack} ${change}`);
  return EXIT.fine;
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly synthesizedStackPath: string }>>;
}

/** @throws Failure when the directory holds no finished synth */
async function configurationsIn(directory: string): Promise<Configurations> {
  const manifest = (await json(directory, "manifest.json")) as Manifest;
  const read = Object.entries(manifest.stacks).map(
    async ([name, { synthesizedStackPath }]) => [name, await json(directory, synthesizedStackPath)] as const,
  );
  return new Map(await Promise.all(read));
}

async function json(directory: string, file: string): Promise<unknown> {
  const path = join(resolve(directory), file);
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new Failure(
      `${path} could not be read: ${messageOf(error)}\nexpected the output of a synth; make it with: npx cdktf synth --output ${directory}`,
    );
  }
}
