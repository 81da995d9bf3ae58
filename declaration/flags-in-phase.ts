import type { Flag } from "./flags";
import type { Service } from "./service";

type Runs = Pick<Service, "cluster" | "edge">;

/** Where something runs that flags are delivered to. */
export function flagStages({ cluster, edge }: Runs): {
  readonly pods: readonly string[];
  readonly workers: readonly string[];
} {
  return { pods: Object.keys(cluster?.stages ?? {}), workers: Object.keys(edge?.workers ?? {}) };
}

/**
 * Flags as far as what reads them is there.
 * @param runs what runs in the phase
 */
export function flagsInPhase({ flags }: Pick<Service, "flags">, runs: Runs): Pick<Service, "flags"> {
  const { pods, workers } = flagStages(runs);
  const stages = new Set([...pods, ...workers]);
  if (flags === undefined || stages.size === 0) return {};
  const registry = Object.entries(flags.registry).map(([key, flag]) => {
    return [key, flagInPhase(flag, stages, runs.cluster?.previews !== undefined)];
  });
  return { flags: { ...flags, registry: Object.fromEntries(registry) } };
}

function flagInPhase({ values, preview, ...flag }: Flag, stages: ReadonlySet<string>, previews: boolean) {
  return {
    ...flag,
    ...(values !== undefined && {
      values: Object.fromEntries(Object.entries(values).filter(([stage]) => stages.has(stage))),
    }),
    ...(preview !== undefined && previews && { preview }),
  };
}
