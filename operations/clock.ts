import { setTimeout } from "node:timers/promises";

/** Time and chance, passed in so that what waits can be tested without waiting. */
export interface Clock {
  /** Unix time. Milliseconds. */
  now(): number;
  /** Rejects when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
  /** From 0 to 1, without 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
  random: () => Math.random(),
};
