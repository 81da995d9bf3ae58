import type { Panel } from "../dashboard";
import { show } from "../problem";
import type { Signal } from "../telemetry";
import type { CheckContext } from "./context";
import { refersTo } from "./refers-to";

const SIGNAL_OF = {
  rate: "events",
  "status-classes": "events",
  "failure-ratio": "events",
  latency: "latency",
  count: "events",
  saturation: "saturation",
} as const satisfies Partial<Record<Panel["kind"], Signal["kind"]>>;

/** Panels show signals of their kind, and objectives that exist. */
export function dashboardProblems(context: CheckContext): void {
  const { service, report } = context;
  const { dashboard, objectives = {}, telemetry } = service;
  if (dashboard === undefined || telemetry === undefined) return;
  if (Object.keys(dashboard.panels).length === 0) {
    report(["dashboard", "panels"], {
      came: "no panel",
      expected: "at least one panel",
      remedy: "declare what it shows, or drop dashboard",
    });
  }
  for (const [name, panel] of Object.entries(dashboard.panels)) {
    const path = ["dashboard", "panels", name];
    if (panel.kind === "last-deployment") {
      if (telemetry.deployments === undefined) {
        report(path, {
          came: "a panel on deployments, of which no series tells",
          expected: "telemetry.deployments",
          remedy: "declare it, or drop the panel",
        });
      }
    } else if ("objective" in panel) {
      refersTo(report, [...path, "objective"], panel.objective, Object.keys(objectives), "objectives");
    } else if (
      refersTo(report, [...path, "signal"], panel.signal, Object.keys(telemetry.signals), "signals of telemetry")
    ) {
      const signal = telemetry.signals[panel.signal];
      if (signal !== undefined) fits(report, path, panel, signal);
    }
  }
}

function fits(
  report: CheckContext["report"],
  path: readonly PropertyKey[],
  panel: Extract<Panel, { readonly signal: string }>,
  signal: Signal,
): void {
  const kind = SIGNAL_OF[panel.kind];
  if (signal.kind !== kind) {
    report([...path, "signal"], {
      came: `${show(panel.signal)}, a signal of kind "${signal.kind}"`,
      expected: `a signal of kind "${kind}": the panel is of kind "${panel.kind}"`,
      remedy: "name another signal, or another kind of panel",
    });
  } else if (signal.kind === "events") {
    const lacks =
      panel.kind === "status-classes" && signal.status === undefined
        ? "status"
        : panel.kind === "failure-ratio" && signal.bad === undefined && signal.good === undefined
          ? "bad"
          : undefined;
    if (lacks !== undefined) {
      report([...path, "signal"], {
        came: `${show(panel.signal)}, which has no ${lacks}`,
        expected: `a signal with ${lacks}: the panel tells events apart by it`,
        remedy: `declare telemetry.signals.${panel.signal}.${lacks}, or name another signal`,
      });
    }
  }
}
