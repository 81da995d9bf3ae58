import { and, max, maxOverTime, minOverTime, mul, n, or, subquery, timestamp, unless } from "@grafana/promql-builder";
import type { Matchers } from "../../declaration/selector";
import type { Telemetry } from "../../declaration/telemetry";
import type { Query } from "../event-counts";
import { finished } from "../promql";
import { selected } from "../series";

/** A version is new while it was not there so long before. Prometheus looks back five minutes, so that a gap of one scrape is none. */
const NEW_FOR = "5m";

/**
 * Since when each version that runs now has been running, by commit: milliseconds since 1970, to five minutes. A version that was rolled back
 * to counts from the rollback; one that was there before the window counts from the window's beginning.
 */
export function runningSince(
  deployments: NonNullable<Telemetry["deployments"]>,
  where: Matchers,
  windowDays: number,
): string {
  const running = (ago?: string) => versions(deployments, where, ago);
  const over = (what: Query) => subquery(timestamp(what)).range(`${windowDays}d`).resolution(NEW_FOR);
  const lastDeployed = maxOverTime(over(unless(running(), running(NEW_FOR))));
  const since = or(lastDeployed, minOverTime(over(running())));
  return finished(mul(and(since, running()), n(1000)));
}

/** The versions that run now and did not five minutes before: a moment for each deployment, by commit. */
export function newVersions(deployments: NonNullable<Telemetry["deployments"]>, where: Matchers): string {
  return finished(unless(versions(deployments, where), versions(deployments, where, NEW_FOR)));
}

function versions({ series, sha }: NonNullable<Telemetry["deployments"]>, where: Matchers, ago?: string): Query {
  const all = selected(series, where);
  return max(ago === undefined ? all : all.offset(ago)).by([sha]);
}
