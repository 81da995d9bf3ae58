import { show } from "../problem";
import type { Matchers } from "../selector";
import type { Scope, Signal, Telemetry } from "../telemetry";
import type { CheckContext } from "./context";
import { refersTo } from "./refers-to";

/** The metrics' store exists, stages can be told apart by labels, signals are whole, and each is there for something. */
export function telemetryProblems(context: CheckContext): void {
  const { organization, service, report } = context;
  const { telemetry } = service;
  if (telemetry === undefined) {
    for (const section of ["objectives", "alerts", "dashboard"] as const) {
      if (service[section] === undefined) continue;
      report([section], {
        came: `${section} without telemetry`,
        expected: "telemetry: where the metrics are, and what they say",
        remedy: `declare telemetry, or drop ${section}`,
      });
    }
    return;
  }
  refersTo(
    report,
    ["telemetry", "dataSource"],
    telemetry.dataSource,
    Object.keys(organization.grafana?.dataSources ?? {}),
    "organization's grafana.dataSources",
    "add it to services/organization.ts, or name one of them",
  );
  stages(context, telemetry);
  for (const [name, signal] of Object.entries(telemetry.signals)) {
    signalProblems(context, ["telemetry", "signals", name], signal);
    scopeConflicts(context, ["telemetry", "signals", name], signal, telemetry);
  }
  unused(context, telemetry);
}

function stages({ service, report }: CheckContext, telemetry: Telemetry): void {
  const scopes = Object.entries(telemetry.stages);
  if (scopes.length === 0) {
    report(["telemetry", "stages"], {
      came: "no stage",
      expected: "at least one stage",
      remedy: "say by which labels a stage's series are known",
    });
  }
  scopes.forEach(([stage, scope], index) => {
    refersTo(report, ["telemetry", "stages", stage], stage, Object.keys(service.stages), "stages");
    for (const [other, before] of scopes.slice(0, index)) {
      if (disjoint(before.where, scope.where)) continue;
      report(["telemetry", "stages", stage, "where"], {
        came: `${show(scope.where)}, beside ${show(before.where)} of "${other}"`,
        expected: `a label whose value differs from that of "${other}": one stage would be judged by the other's traffic`,
        remedy: "name the label that tells the stages apart, with a value in each",
      });
    }
  });
}

/** No series can match both. Expressions are not compared: plain values must tell. */
function disjoint(one: Matchers, other: Matchers): boolean {
  return Object.entries(one).some(([label, value]) => {
    const opposite = other[label];
    return typeof value === "string" && typeof opposite === "string" && value !== opposite;
  });
}

function signalProblems({ report }: CheckContext, path: readonly PropertyKey[], signal: Signal): void {
  if (signal.kind === "events" && signal.bad !== undefined && signal.good !== undefined) {
    report([...path, "good"], {
      came: "both bad and good",
      expected: "one of them: the others are what is left of the total",
      remedy: "drop the one that is counted less exactly",
    });
  }
  if (signal.kind !== "latency") return;
  const { histogram, buckets } = signal;
  if (histogram === "classic" && buckets === undefined) {
    report([...path, "buckets"], {
      came: "nothing",
      expected: "the upper bounds of the histogram's buckets: a threshold between two of them can't be told",
      remedy: "copy them from where the histogram is made, in seconds, without infinity",
      source: "https://prometheus.io/docs/practices/histograms/",
    });
  }
  if (histogram === "native" && buckets !== undefined) {
    report([...path, "buckets"], {
      came: "buckets of a native histogram",
      expected: "none: a native histogram has its own",
      remedy: 'drop them, or write histogram: "classic"',
    });
  }
  buckets?.forEach((bound, index) => {
    const before = buckets[index - 1];
    if (before !== undefined && bound <= before) {
      report([...path, "buckets", index], {
        came: `${bound} after ${before}`,
        expected: "rising bounds",
        remedy: "sort them and write each once",
      });
    }
  });
}

/** A label that both the stage and the signal fix to different values leaves no series at all. */
function scopeConflicts(
  { report }: CheckContext,
  path: readonly PropertyKey[],
  signal: Signal,
  telemetry: Telemetry,
): void {
  for (const [inner, where] of matchersOf(signal)) {
    for (const [label, value] of Object.entries(where)) {
      const conflict = Object.entries(telemetry.stages).find(([, scope]) => differs(scope, label, value));
      if (conflict === undefined) continue;
      report([...path, ...inner, label], {
        came: `${show(value)}, though the stage "${conflict[0]}" has ${show(conflict[1].where[label])}`,
        expected: "a label that the stages don't fix, or their value: no series has two values of one label",
        remedy: "drop it here, or in telemetry.stages",
      });
    }
  }
}

function differs(scope: Scope, label: string, value: unknown): boolean {
  const fixed = scope.where[label];
  return typeof fixed === "string" && typeof value === "string" && fixed !== value;
}

function matchersOf(signal: Signal): readonly (readonly [readonly PropertyKey[], Matchers])[] {
  const selectors =
    signal.kind === "events"
      ? { total: signal.total, bad: signal.bad, good: signal.good }
      : signal.kind === "saturation"
        ? { used: signal.used, capacity: signal.capacity }
        : undefined;
  if (selectors === undefined)
    return "where" in signal && signal.where !== undefined ? [[["where"], signal.where]] : [];
  return Object.entries(selectors).flatMap(([part, selector]) =>
    selector?.where === undefined ? [] : [[[part, "where"], selector.where] as const],
  );
}

/** What nothing asks for is a leftover, or a mistake in a name. */
function unused({ service, report }: CheckContext, telemetry: Telemetry): void {
  const used = new Set<string>();
  const users = [service.objectives, service.alerts, service.dashboard?.panels];
  for (const entry of users.flatMap((record) => Object.values<object>(record ?? {}))) {
    if ("signal" in entry && typeof entry.signal === "string") used.add(entry.signal);
  }
  for (const name of Object.keys(telemetry.signals)) {
    if (used.has(name)) continue;
    report(["telemetry", "signals", name], {
      came: `the signal ${show(name)}, which nothing asks for`,
      expected: "an objective, an alert or a panel on it",
      remedy: "use it, or drop it",
    });
  }
}
