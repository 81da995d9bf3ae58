import type { Organization } from "../../declaration/organization";
import type { Service } from "../../declaration/service";
import { organization } from "../../services/organization";
import { relay } from "../../services/relay";

/** The organization of the services, whose data source is recorded as said. */
export function recordedBy(by?: "grafana" | "rule-file", changes: Record<string, unknown> = {}): Organization {
  const metrics = organization.grafana?.dataSources.metrics;
  if (organization.grafana === undefined || metrics === undefined) throw new Error("the organization has no metrics");
  return {
    ...organization,
    grafana: {
      ...organization.grafana,
      dataSources: { metrics: { ...metrics, ...(by && { recordedBy: by }), ...changes } },
    },
  };
}

const OBJECTIVE = {
  description: "Promised",
  owner: "maintainers",
  target: 0.99,
  windowDays: 30,
  minimumEvents: 10,
  runbook: "error-budget",
} as const;

/** A service with every kind of signal that a rule can be about, and an objective on each. */
export const everyKind: Service = {
  ...(relay as Service),
  name: "every-kind",
  telemetry: {
    dataSource: "metrics",
    stages: { production: { where: { service: "every-kind", env: "production" }, notify: true } },
    signals: {
      bad: {
        kind: "events",
        description: "Told by what failed",
        total: { metric: "http_requests_total" },
        bad: { metric: "http_requests_total", where: { code: { matches: "5.." } } },
        status: "code",
      },
      good: {
        kind: "events",
        description: "Told by what went well, in another metric",
        total: { metric: "jobs_started_total" },
        good: { metric: "jobs_done_total" },
      },
      seconds: {
        kind: "latency",
        description: "Whole seconds",
        metric: "work_duration_seconds",
        histogram: "classic",
        unit: "seconds",
        buckets: [0.5, 1, 2, 5],
      },
      milliseconds: {
        kind: "latency",
        description: "In milliseconds",
        metric: "query_duration_milliseconds",
        where: { database: "main" },
        histogram: "classic",
        unit: "milliseconds",
        buckets: [0.05, 0.25, 1],
      },
      native: {
        kind: "latency",
        description: "A native histogram",
        metric: "call_duration_seconds",
        histogram: "native",
        unit: "seconds",
      },
      up: { kind: "probe", description: "Scraped", source: "up", where: { job: "every-kind" } },
      blackbox: { kind: "probe", description: "Asked from outside", source: "blackbox" },
      synthetic: { kind: "probe", description: "Asked by Grafana", source: "synthetic" },
      pool: {
        kind: "saturation",
        description: "Connections",
        used: { metric: "pool_used" },
        capacity: { metric: "pool_size" },
      },
    },
    deployments: { series: { metric: "build_info" }, sha: "revision" },
  },
  objectives: {
    bad: { ...OBJECTIVE, signal: "bad" },
    good: { ...OBJECTIVE, signal: "good" },
    seconds: { ...OBJECTIVE, signal: "seconds", thresholdSeconds: 1 },
    milliseconds: { ...OBJECTIVE, signal: "milliseconds", thresholdSeconds: 0.25, windowDays: 28 },
    native: { ...OBJECTIVE, signal: "native", thresholdSeconds: 0.25 },
    up: { ...OBJECTIVE, signal: "up", windowDays: 7 },
    blackbox: { ...OBJECTIVE, signal: "blackbox", windowDays: 90 },
    synthetic: { ...OBJECTIVE, signal: "synthetic" },
    pool: { ...OBJECTIVE, signal: "pool", limit: 0.9 },
  },
  alerts: {},
};
