import { didYouMean, oneOf, show } from "../../declaration/problem";
import type { Matchers, Selector } from "../../declaration/selector";
import type { Signal } from "../../declaration/telemetry";
import { labelsUsed, promqlProblem } from "../promql";
import type { Observed, Reported } from "./reported";

/** What histograms and summaries have by their nature. */
const INHERENT = ["le", "quantile"];

type Use = readonly [path: readonly PropertyKey[], label: string];

/** Labels that the data source does not have, wherever a declaration names one. Without a list of its labels nothing is checked. */
export function labelProblems(observed: Observed): readonly Reported[] {
  const { labels } = observed.dataSource;
  if (labels === undefined) return [];
  const known = new Set([...labels, ...INHERENT]);
  return [...telemetryUses(observed), ...otherUses(observed)]
    .filter(([, label]) => !known.has(label))
    .map(([path, label]) => ({
      path,
      came: `the label ${show(label)}`,
      expected: oneOf(labels, `labels of the data source "${observed.telemetry.dataSource}"`),
      remedy: `name one of them, or add it to grafana.dataSources.${observed.telemetry.dataSource}.labels if its series have it${didYouMean(label, labels)}`,
    }));
}

function telemetryUses({ telemetry }: Observed): readonly Use[] {
  const { stages, signals, deployments } = telemetry;
  const path = ["telemetry"];
  const uses = Object.entries(stages).flatMap(([stage, scope]) =>
    matched([...path, "stages", stage, "where"], scope.where),
  );
  for (const [key, signal] of Object.entries(signals)) uses.push(...signalUses([...path, "signals", key], signal));
  if (deployments !== undefined) {
    uses.push(...matched([...path, "deployments", "series", "where"], deployments.series.where));
    uses.push([[...path, "deployments", "sha"], deployments.sha]);
  }
  return uses;
}

function signalUses(path: readonly PropertyKey[], signal: Signal): readonly Use[] {
  const selectors = (all: Readonly<Record<string, Selector | undefined>>) =>
    Object.entries(all).flatMap(([key, selector]) => matched([...path, key, "where"], selector?.where));
  switch (signal.kind) {
    case "events": {
      const { total, bad, good, status } = signal;
      const named: readonly Use[] = status === undefined ? [] : [[[...path, "status"], status]];
      return [...selectors({ total, bad, good }), ...named];
    }
    case "saturation":
      return selectors({ used: signal.used, capacity: signal.capacity });
    default:
      return matched([...path, "where"], signal.where);
  }
}

function otherUses({ service }: Observed): readonly Use[] {
  const panels = Object.entries(service.dashboard?.panels ?? {}).flatMap(([key, panel]): readonly Use[] =>
    panel.kind === "rate" && panel.by !== undefined ? [[["dashboard", "panels", key, "by"], panel.by]] : [],
  );
  const queries = Object.entries(service.alerts ?? {}).flatMap(([name, alert]): readonly Use[] => {
    if (alert.kind !== "query" || promqlProblem(alert.query) !== undefined) return [];
    return [...labelsUsed(alert.query)].map((label) => [["alerts", name, "query"], label]);
  });
  return [...panels, ...queries];
}

function matched(path: readonly PropertyKey[], where: Matchers | undefined): Use[] {
  return Object.keys(where ?? {}).map((label) => [[...path, label], label]);
}
