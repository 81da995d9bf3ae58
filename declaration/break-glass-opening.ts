import type { BreakGlass, Opening } from "./break-glass";

export type OpeningState = "to come" | "open" | "ended";

/** @param now Unix time. Milliseconds. */
export function openingState({ from, until }: Pick<Opening, "from" | "until">, now: number): OpeningState {
  if (now < Date.parse(from)) return "to come";
  return now < Date.parse(until) ? "open" : "ended";
}

/**
 * Whether the exception may be used at a time.
 * @param at Unix time. Milliseconds.
 */
export function isOpen({ openings = [] }: BreakGlass, at: number): boolean {
  return openings.some((opening) => openingState(opening, at) === "open");
}
