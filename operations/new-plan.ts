import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Fleet } from "../declaration/fleet";
import { synthesize } from "./synthesize";

/** What a stack would get by a change of the declarations, by their synthesized configuration. */
export interface StackGrowth {
  readonly stack: string;
  readonly status: "new" | "changed";
  /** How many resources are added, by type. */
  readonly create: Readonly<Record<string, number>>;
  /** Addresses of those that are there already, with another configuration. */
  readonly change: readonly string[];
}

/** What a fleet gets more than another. No account is asked: what is really there, only a plan says. */
export async function growth(before: Fleet, after: Fleet): Promise<readonly StackGrowth[]> {
  const directory = await mkdtemp(join(tmpdir(), "gatehouse-new-"));
  try {
    const old = await configurations(before, join(directory, "before"));
    const grown = await configurations(after, join(directory, "after"));
    return [...grown].flatMap(([stack, resources]) => {
      const was = old.get(stack);
      const create: Record<string, number> = {};
      const change: string[] = [];
      for (const [address, body] of resources) {
        const [type = ""] = address.split(".");
        if (was?.get(address) === undefined) create[type] = (create[type] ?? 0) + 1;
        else if (!isDeepStrictEqual(was.get(address), body)) change.push(address);
      }
      if (Object.keys(create).length + change.length === 0) return [];
      return [{ stack, status: was === undefined ? ("new" as const) : ("changed" as const), create, change }];
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

type Resources = ReadonlyMap<string, unknown>;

async function configurations(fleet: Fleet, directory: string): Promise<ReadonlyMap<string, Resources>> {
  const stacks = await synthesize(fleet, directory, {});
  const read = stacks.map(async ({ name, directory }) => [name, await resourcesIn(directory)] as const);
  return new Map(await Promise.all(read));
}

async function resourcesIn(directory: string): Promise<Resources> {
  const { resource = {} } = JSON.parse(await readFile(join(directory, "cdk.tf.json"), "utf8")) as {
    readonly resource?: Readonly<Record<string, Readonly<Record<string, object>>>>;
  };
  return new Map(
    Object.entries(resource).flatMap(([type, byName]) =>
      Object.entries(byName).map(([name, body]) => {
        const { "//": _note, ...rest } = body as Record<string, unknown>;
        return [`${type}.${name}`, rest] as const;
      }),
    ),
  );
}
