import type { ServiceValues } from "./service-values";

/** For scheduling, pulling images and the API's own time. Seconds. */
const SLACK_SECONDS = 180;

/** Pods are replaced a quarter at a time, in four waves, and one more where quarters are rounded. */
const WAVES = 5;

/** The longest that a release may take by its own limits. Seconds. */
export function releaseSeconds({
  container,
  canary,
  seed,
}: Pick<ServiceValues, "container" | "canary" | "seed">): number {
  const pods = WAVES * (container.startWithinSeconds + container.stopWithinSeconds);
  // Every step but the last is observed, and may wait as long again for its verdict.
  const steps = canary === undefined ? 0 : (canary.steps.length - 1) * 2 * canary.observeSeconds;
  return SLACK_SECONDS + pods + steps + (seed?.deadlineSeconds ?? 0);
}
