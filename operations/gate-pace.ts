import type { Evaluation } from "./gate-evaluation";

/** About as long as a scrape takes to bring something new. */
const INTERVAL_SECONDS = 15;
const LONGEST_SECONDS = 60;
/** Waits differ by so much either way, so that many gates don't ask at once. */
const JITTER = 0.2;

/**
 * How long to wait before the next look. Milliseconds.
 *
 * @param failedLooks how many looks in a row had a problem with Prometheus; each doubles the wait
 * @param chance from 0 to 1
 */
export function waitMilliseconds(failedLooks: number, evaluation: Evaluation, chance: number): number {
  const seconds = Math.min(LONGEST_SECONDS, INTERVAL_SECONDS * 2 ** Math.max(0, failedLooks - 1));
  return Math.max(askedToWaitMilliseconds(evaluation), 1000 * seconds * (1 - JITTER + 2 * JITTER * chance));
}

/** How long the server itself asked to be left alone; 0 when it did not. Milliseconds. */
export function askedToWaitMilliseconds({ problems }: Evaluation): number {
  return 1000 * Math.max(0, ...problems.map(({ props }) => props.retryAfterSeconds ?? 0));
}
