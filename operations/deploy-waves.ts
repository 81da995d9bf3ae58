import type { SynthesizedStack } from "./synthesize";

/**
 * What is deployed together, in this order: the organization and the repositories; every stage that another one waits for; and last, behind an
 * approval, the stages that nothing comes after.
 */
export const WAVES = ["foundation", "rehearsal", "production"] as const;
export type Wave = (typeof WAVES)[number];

export interface WavedStack {
  readonly stack: string;
  readonly wave: Wave;
}

/** Every stack with its wave, in the order of the waves; in a wave, what waits for nothing comes first. */
export function deployWaves(stacks: readonly Omit<SynthesizedStack, "directory">[]): readonly WavedStack[] {
  const awaited = new Set(stacks.flatMap(({ dependsOn }) => dependsOn));
  const waved = stacks.map(({ name, stage, dependsOn }) => ({
    stack: name,
    wave: stage === undefined ? WAVES[0] : awaited.has(name) ? WAVES[1] : WAVES[2],
    waits: dependsOn.length > 0,
  }));
  return waved
    .sort(
      (a, b) =>
        WAVES.indexOf(a.wave) - WAVES.indexOf(b.wave) ||
        Number(a.waits) - Number(b.waits) ||
        (a.stack < b.stack ? -1 : a.stack > b.stack ? 1 : 0),
    )
    .map(({ stack, wave }) => ({ stack, wave }));
}
