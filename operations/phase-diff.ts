import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Fleet, ServiceEntry } from "../declaration/fleet";
import { thingsInPhase } from "../declaration/stateful-things";
import type { RunProps } from "../stacks/gatehouse-stack";
import type { RenderedFile } from "../workflows/rendered-file";
import { filesOf } from "./files-of";
import { configurationOf } from "./stack-run";
import { type SynthesizedStack, synthesize } from "./synthesize";

export type Change = "added" | "changed" | "removed";

/** A resource of the service's stacks that is not the same in two phases. */
export interface ResourceDiff {
  readonly stack: string;
  readonly address: string;
  readonly change: Change;
  /** What of a changed resource differs. */
  readonly attributes: readonly string[];
}

/** A file of the service's repository that is not the same in two phases. */
export interface FileDiff {
  readonly path: string;
  readonly change: Change;
}

export interface PhaseDiff {
  readonly resources: readonly ResourceDiff[];
  readonly files: readonly FileDiff[];
  /** Stacks that are not synthesized any more: Terraform leaves what they hold as it is, and keeps their state. */
  readonly leftAlone: readonly string[];
  /** Addresses that the stateful record gets. */
  readonly recorded: readonly string[];
}

/** What holds data, or is lost with all that is in it. No phase removes one. */
const STATEFUL_TYPES = new Set([
  "cloudflare_d1_database",
  "cloudflare_r2_bucket",
  "cloudflare_workers_kv_namespace",
  "github_repository",
  "github_team",
  "helm_release",
  "kubernetes_namespace_v1",
]);

/** The service as if its declaration said another phase, with what that phase brings recorded as `gatehouse check --record` does it. */
export function entryAt(entry: ServiceEntry, phase: number): ServiceEntry {
  const service = { ...entry.service, phase };
  return { ...entry, service, stateful: { ...thingsInPhase({ ...entry, service }), ...entry.stateful } };
}

/**
 * What of a service's configuration differs between two phases, by synthesizing both: no account is needed, and nothing outside is asked.
 *
 * @throws DeclarationError when the declaration is not right for one of them
 */
export async function phaseDiff(fleet: Fleet, before: ServiceEntry, after: ServiceEntry): Promise<PhaseDiff> {
  const [old, young] = [await resourcesOf(fleet, before), await resourcesOf(fleet, after)];
  const stacks = [...new Set([...old.keys(), ...young.keys()])];
  return {
    resources: stacks.flatMap((stack) => {
      const now = young.get(stack);
      return now === undefined ? [] : resourceDiffs(stack, old.get(stack) ?? new Map(), now);
    }),
    files: fileDiffs(filesOf(fleet, before), filesOf(fleet, after)),
    leftAlone: [...old.keys()].filter((stack) => !young.has(stack)),
    recorded: Object.keys(after.stateful).filter((address) => !Object.hasOwn(before.stateful, address)),
  };
}

/** Resources that a phase would remove although they hold data. */
export function statefulLosses({ resources }: PhaseDiff): readonly ResourceDiff[] {
  return resources.filter(
    ({ address, change }) => change === "removed" && STATEFUL_TYPES.has(address.split(".")[0] ?? ""),
  );
}

type Resources = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

async function resourcesOf(fleet: Fleet, entry: ServiceEntry): Promise<ReadonlyMap<string, Resources>> {
  return withStacks(fleet, entry, { parent: tmpdir(), run: {} }, async (stacks) => {
    const read = stacks.map(async (stack) => [stack.name, await resourcesIn(stack)] as const);
    return new Map(await Promise.all(read));
  });
}

/** Synthesizes the service alone into a new directory, and hands over its own stacks while they are there. */
export async function withStacks<T>(
  fleet: Fleet,
  entry: ServiceEntry,
  { parent, run }: { readonly parent: string; readonly run: RunProps },
  work: (stacks: readonly SynthesizedStack[]) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(parent, ".gatehouse-phase-"));
  try {
    const stacks = await synthesize({ ...fleet, services: [entry] }, directory, run);
    return await work(stacks.filter(({ service }) => service === entry.service.name));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function resourcesIn(stack: SynthesizedStack): Promise<Resources> {
  const { resource = {} } = await configurationOf(stack);
  const found = new Map<string, Readonly<Record<string, unknown>>>();
  for (const [type, named] of Object.entries(resource)) {
    for (const [name, body] of Object.entries(named as Record<string, Record<string, unknown>>)) {
      // cdktf's own notes, which Terraform ignores.
      const { "//": _note, ...configuration } = body;
      found.set(`${type}.${name}`, configuration);
    }
  }
  return found;
}

function resourceDiffs(stack: string, before: Resources, after: Resources): readonly ResourceDiff[] {
  const diffs: ResourceDiff[] = [];
  for (const address of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [old, young] = [before.get(address), after.get(address)];
    if (old === undefined) diffs.push({ stack, address, change: "added", attributes: [] });
    else if (young === undefined) diffs.push({ stack, address, change: "removed", attributes: [] });
    else {
      const keys = [...new Set([...Object.keys(old), ...Object.keys(young)])];
      const attributes = keys.filter((key) => !isDeepStrictEqual(old[key], young[key]));
      if (attributes.length > 0) diffs.push({ stack, address, change: "changed", attributes });
    }
  }
  return diffs;
}

function fileDiffs(before: readonly RenderedFile[], after: readonly RenderedFile[]): readonly FileDiff[] {
  const old = new Map(before.map((file) => [file.path, file]));
  const young = new Map(after.map((file) => [file.path, file]));
  return [...new Set([...old.keys(), ...young.keys()])].sort().flatMap((path): readonly FileDiff[] => {
    if (!old.has(path)) return [{ path, change: "added" }];
    if (!young.has(path)) return [{ path, change: "removed" }];
    return isDeepStrictEqual(old.get(path), young.get(path)) ? [] : [{ path, change: "changed" }];
  });
}
