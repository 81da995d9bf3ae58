import type { Service } from "../declaration/service";
import type { Telemetry } from "../declaration/telemetry";

type Alerts = NonNullable<Service["alerts"]>;
type Panels = NonNullable<Service["dashboard"]>["panels"];

/** What a service of any kind promises of its signals `requests` and `latency`. */
export const OBJECTIVES = {
  errors: {
    description: "Requests are answered without an error of ours",
    owner: "maintainers",
    signal: "requests",
    target: 0.995,
    windowDays: 30,
    minimumEvents: 100,
    runbook: "error-budget",
  },
  latency: {
    description: "95 % of requests are answered within half a second",
    owner: "maintainers",
    signal: "latency",
    target: 0.95,
    thresholdSeconds: 0.5,
    windowDays: 30,
    minimumEvents: 100,
    runbook: "error-budget",
  },
} as const satisfies NonNullable<Service["objectives"]>;

/** A promise about the signal `health`, a probe from outside. */
export const AVAILABILITY = {
  availability: {
    description: "The health check answers",
    owner: "maintainers",
    signal: "health",
    target: 0.995,
    windowDays: 30,
    minimumEvents: 1,
    runbook: "error-budget",
  },
} as const satisfies NonNullable<Service["objectives"]>;

/** Alerts on the same signals. `rollback` says how the newest version is taken back. */
export function alertsOnRequests(rollback: string): Alerts {
  return {
    ErrorRateHigh: {
      kind: "failures-above",
      summary: "More than 3 % of requests fail",
      action: "Roll back if it began with a release; else find the failing endpoint",
      owner: "maintainers",
      severity: "critical",
      signal: "requests",
      above: 0.03,
      overMinutes: 10,
      minimumEvents: 100,
      forMinutes: 5,
      response: [
        "Open the dashboard: since when, and was a version released then?",
        rollback,
        "No release explains it: look at what the service depends on, the database first.",
      ],
    },
    LatencyHigh: {
      kind: "latency-above",
      summary: "Requests are slow: p95 is above one second",
      action: "See what became slow, and what was released last",
      owner: "maintainers",
      severity: "warning",
      signal: "latency",
      quantile: 0.95,
      aboveSeconds: 1,
      overMinutes: 10,
      minimumEvents: 100,
      forMinutes: 15,
      response: [
        "Open the dashboard: are all requests slow, or those of one endpoint?",
        "It began with a release: roll it back, then look for the cause.",
        "It did not: look for the query or the call that takes longest.",
      ],
    },
  };
}

export function alertOnHealth(rollback: string): Alerts {
  return {
    ServiceDown: {
      kind: "down",
      summary: "The health check has not answered for five minutes",
      action: "See whether the platform or the newest release is the cause; roll back if it is the release",
      owner: "maintainers",
      severity: "critical",
      signal: "health",
      forMinutes: 5,
      response: [
        "Ask the health check yourself, from outside: the answer, or its absence, says where to look.",
        "The platform has an incident: say so in the channel, and wait with it.",
        rollback,
      ],
    },
  };
}

export function panelsOfRequests(own: Panels): Panels {
  return {
    requests: { kind: "rate", title: "Requests per second", signal: "requests", per: "second" },
    classes: { kind: "status-classes", title: "Answers by class", signal: "requests" },
    errors: { kind: "failure-ratio", title: "Error rate", signal: "requests" },
    latency: { kind: "latency", title: "Latency", signal: "latency", quantiles: [0.5, 0.95, 0.99] },
    ...own,
    budget: { kind: "budget-left", title: "Error budget left", objective: "errors" },
  };
}

export function dashboard(panels: Panels): NonNullable<Service["dashboard"]> {
  return { refreshSeconds: 30, hours: 24, panels };
}

/** How series of a stage are found: by labels that whoever scrapes or collects them writes. Only production is told to anybody who sleeps. */
export function scopes(
  stages: readonly string[],
  where: (stage: string) => Record<string, string>,
): Telemetry["stages"] {
  return Object.fromEntries(
    stages.map((stage) => {
      const last = stage === stages.at(-1);
      return [stage, { where: where(stage), notify: last, ...(!last && { mostSevere: "warning" as const }) }];
    }),
  );
}
