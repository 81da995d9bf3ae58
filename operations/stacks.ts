import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fleet } from "../declaration/fleet";
import { runPropsOf } from "../stacks/run-props";
import type { Console } from "./console";
import { deployWaves, type Wave } from "./deploy-waves";
import { EXIT } from "./failure";
import { synthesize } from "./synthesize";

export interface StacksOptions {
  /** Only the stacks of this wave, names alone. @default - all stacks, each with its wave */
  readonly wave?: Wave | undefined;
  readonly json: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** `gatehouse stacks`: the stacks of all services in the order in which they are deployed. */
export async function stacks(fleet: Fleet, options: StacksOptions, console: Console): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), "gatehouse-stacks-"));
  try {
    const all = deployWaves(await synthesize(fleet, directory, runPropsOf(options.environment)));
    const chosen = all.filter(({ wave }) => options.wave === undefined || wave === options.wave);
    if (options.json) console.print(JSON.stringify({ stacks: chosen }, undefined, 2));
    else for (const { stack, wave } of chosen) console.print(options.wave === undefined ? `${stack} ${wave}` : stack);
    return EXIT.fine;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
