import type { Reading } from "./counts";

/**
 * Three scrapes at Prometheus' own interval of one minute. Older samples say how it was, not how it is.
 * Source: `scrape_interval` in https://prometheus.io/docs/prometheus/latest/configuration/configuration/#configuration-file
 */
export const OLDEST_SAMPLE_SECONDS = 180;

/** Why a signal's newest sample is too old, as the end of a sentence; undefined when it is not. Times are Unix times in seconds. */
export function staleness(newest: Reading, time: number, series: string): string | undefined {
  if (newest === undefined) return `there is no sample in the last minutes of ${series}`;
  const age = time - newest;
  if (age <= OLDEST_SAMPLE_SECONDS && Number.isFinite(age)) return undefined;
  return Number.isFinite(age)
    ? `the newest sample is ${Math.round(age)} s old (at most ${OLDEST_SAMPLE_SECONDS} s) of ${series}`
    : `the time of the newest sample is ${newest} of ${series}`;
}
