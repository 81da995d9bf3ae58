import type { Dashboard } from "../dashboard";
import type { Matchers, Selector } from "../selector";
import type { Signal, Telemetry } from "../telemetry";

/** A metric that a declaration asks for, as what, and by which labels. */
export interface Asked {
  /** Where it is written. */
  readonly path: readonly PropertyKey[];
  readonly metric: string;
  readonly as: "counter" | "histogram" | "gauge" | "probe";
  readonly labels: readonly { readonly path: readonly PropertyKey[]; readonly label: string }[];
}

const PROBE_METRIC = { up: "up", blackbox: "probe_success", synthetic: "probe_all_success_sum" } as const;

/** Everything that signals, deployments and panels ask for. */
export function askedOf(telemetry: Telemetry, dashboard: Dashboard | undefined): readonly Asked[] {
  const { deployments } = telemetry;
  return [
    ...Object.entries(telemetry.signals).flatMap(([name, signal]) => {
      const asked = ofSignal(["telemetry", "signals", name], signal);
      const [first, ...others] = asked;
      return first === undefined
        ? []
        : [{ ...first, labels: [...first.labels, ...byPanels(name, dashboard)] }, ...others];
    }),
    ...(deployments === undefined
      ? []
      : [
          withLabels(selected(["telemetry", "deployments", "series"], deployments.series, "counter"), {
            path: ["telemetry", "deployments", "sha"],
            label: deployments.sha,
          }),
        ]),
  ];
}

function ofSignal(path: readonly PropertyKey[], signal: Signal): readonly Asked[] {
  switch (signal.kind) {
    case "events": {
      const { total, bad, good, status } = signal;
      return [
        withLabels(
          selected([...path, "total"], total, "counter"),
          ...(status === undefined ? [] : [{ path: [...path, "status"], label: status }]),
        ),
        ...(bad === undefined ? [] : [selected([...path, "bad"], bad, "counter")]),
        ...(good === undefined ? [] : [selected([...path, "good"], good, "counter")]),
      ];
    }
    case "latency":
      return [selected(path, signal, "histogram")];
    case "probe":
      // A source that isn't one is refused by the schema; nothing is asked for then.
      return Object.hasOwn(PROBE_METRIC, signal.source)
        ? [
            {
              path: [...path, "source"],
              metric: PROBE_METRIC[signal.source],
              as: "probe",
              labels: labelsOf([...path, "where"], signal.where),
            },
          ]
        : [];
    case "saturation":
      return [
        selected([...path, "used"], signal.used, "gauge"),
        selected([...path, "capacity"], signal.capacity, "gauge"),
      ];
  }
}

function selected(path: readonly PropertyKey[], selector: Selector, as: Asked["as"]): Asked {
  return {
    path: [...path, "metric"],
    metric: selector.metric,
    as,
    labels: labelsOf([...path, "where"], selector.where),
  };
}

function labelsOf(path: readonly PropertyKey[], where: Matchers = {}): Asked["labels"] {
  return Object.keys(where).map((label) => ({ path: [...path, label], label }));
}

function withLabels(asked: Asked, ...labels: Asked["labels"]): Asked {
  return { ...asked, labels: [...asked.labels, ...labels] };
}

function byPanels(signal: string, dashboard: Dashboard | undefined): Asked["labels"] {
  return Object.entries(dashboard?.panels ?? {}).flatMap(([name, panel]) =>
    panel.kind === "rate" && panel.signal === signal && panel.by !== undefined
      ? [{ path: ["dashboard", "panels", name, "by"], label: panel.by }]
      : [],
  );
}
