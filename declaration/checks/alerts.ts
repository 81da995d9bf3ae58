import type { Alert } from "../alerts";
import { show } from "../problem";
import { alertRunbook } from "../runbook-paths";
import type { Signal } from "../telemetry";
import type { CheckContext } from "./context";
import { refersTo } from "./refers-to";
import { tellsGoodFromBad } from "./tells-good-from-bad";

const SIGNAL_OF = {
  "latency-above": "latency",
  "failures-above": "events",
  "events-above": "events",
  down: "probe",
  "saturation-above": "saturation",
  "traffic-drop": "events",
} as const satisfies Record<Exclude<Alert["kind"], "query">, Signal["kind"]>;

/** Alerts belong to somebody, watch a signal of their kind, and link to a runbook that exists. */
export function alertsProblems({ service, report }: CheckContext): void {
  const { alerts = {}, telemetry } = service;
  const own = Object.entries(alerts).flatMap(([name, { response }]) =>
    response === undefined ? [] : [alertRunbook(name)],
  );
  for (const [name, alert] of Object.entries(alerts)) {
    const path = ["alerts", name];
    refersTo(report, [...path, "owner"], alert.owner, Object.keys(service.owners), "roles in owners");
    if ((alert.runbook === undefined) === (alert.response === undefined)) {
      report([...path, alert.runbook === undefined ? "response" : "runbook"], {
        came: alert.runbook === undefined ? "neither response nor runbook" : "both response and runbook",
        expected: "one of them: the notification links to one runbook",
        remedy: "write response, the steps of a runbook of its own, or name a runbook of the service",
      });
    }
    if (alert.runbook !== undefined) {
      refersTo(
        report,
        [...path, "runbook"],
        alert.runbook,
        [...service.runbooks, ...own],
        "runbooks that the repository gets",
        "add it to runbooks, or write response instead",
      );
    }
    if (alert.kind === "query") {
      if ((alert.above === undefined) === (alert.below === undefined)) {
        report(path, {
          came: alert.above === undefined ? "neither above nor below" : "both above and below",
          expected: "one of them",
          remedy: "write the threshold that fires; for a range write two alerts",
        });
      }
      continue;
    }
    if (telemetry === undefined) continue;
    if (!refersTo(report, [...path, "signal"], alert.signal, Object.keys(telemetry.signals), "signals of telemetry"))
      continue;
    const signal = telemetry.signals[alert.signal];
    if (signal !== undefined) fits(report, path, alert, signal);
  }
}

function fits(
  report: CheckContext["report"],
  path: readonly PropertyKey[],
  alert: Exclude<Alert, { readonly kind: "query" }>,
  signal: Signal,
): void {
  const kind = SIGNAL_OF[alert.kind];
  if (signal.kind !== kind) {
    report([...path, "signal"], {
      came: `${show(alert.signal)}, a signal of kind "${signal.kind}"`,
      expected: `a signal of kind "${kind}": the alert is of kind "${alert.kind}"`,
      remedy: "name another signal, or another kind of alert",
    });
    return;
  }
  if (alert.kind === "failures-above") tellsGoodFromBad(report, [...path, "signal"], alert.signal, signal);
  if (alert.kind === "traffic-drop") {
    alert.daysAgo.forEach((day, index) => {
      if (alert.daysAgo.indexOf(day) === index) return;
      report([...path, "daysAgo", index], {
        came: `${day} a second time`,
        expected: "each day once",
        remedy: "remove one",
      });
    });
  }
}
