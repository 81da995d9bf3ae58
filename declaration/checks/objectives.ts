import type { Objective } from "../objectives";
import { show } from "../problem";
import type { Signal } from "../telemetry";
import type { CheckContext } from "./context";
import { refersTo } from "./refers-to";
import { tellsGoodFromBad } from "./tells-good-from-bad";

/** Objectives belong to somebody, are about a signal that can be good or bad, and link to a runbook that exists. */
export function objectivesProblems({ service, report }: CheckContext): void {
  const { objectives = {}, telemetry } = service;
  for (const [name, objective] of Object.entries(objectives)) {
    const path = ["objectives", name];
    refersTo(report, [...path, "owner"], objective.owner, Object.keys(service.owners), "roles in owners");
    refersTo(
      report,
      [...path, "runbook"],
      objective.runbook,
      service.runbooks,
      "runbooks of the service",
      "add it to runbooks, or name one of them",
    );
    const { yellowFrom, redFrom } = objective.budget ?? {};
    if (yellowFrom !== undefined && redFrom !== undefined && redFrom <= yellowFrom) {
      report([...path, "budget", "redFrom"], {
        came: `${redFrom}, with yellowFrom ${yellowFrom}`,
        expected: "more than yellowFrom",
        remedy: "write shares of the budget that rise, e.g. 0.5 and 0.8",
      });
    }
    const signals = telemetry?.signals;
    if (signals === undefined) continue;
    if (!refersTo(report, [...path, "signal"], objective.signal, Object.keys(signals), "signals of telemetry"))
      continue;
    const signal = signals[objective.signal];
    if (signal !== undefined) fits(report, path, objective, signal);
  }
  if (service.runbooks.includes("error-budget") && Object.keys(objectives).length === 0) {
    report(["runbooks", service.runbooks.indexOf("error-budget")], {
      came: '"error-budget" without objectives',
      expected: "objectives, whose budgets it is about",
      remedy: "declare objectives, or drop the runbook",
    });
  }
}

/** What an objective says beside its target must be what its signal needs. */
function fits(
  report: CheckContext["report"],
  path: readonly PropertyKey[],
  objective: Objective,
  signal: Signal,
): void {
  tellsGoodFromBad(report, [...path, "signal"], objective.signal, signal);
  const needs = [
    ["thresholdSeconds", "latency", "the duration within which an event is good", "e.g. 0.5"],
    ["limit", "saturation", "the utilization above which time is bad", "e.g. 0.9"],
  ] as const;
  for (const [property, kind, what, example] of needs) {
    const value = objective[property];
    if (signal.kind === kind && value === undefined) {
      report([...path, property], {
        came: "nothing",
        expected: `${what}: ${show(objective.signal)} is a ${kind} signal`,
        remedy: `write ${example}`,
      });
    }
    if (signal.kind !== kind && value !== undefined) {
      report([...path, property], {
        came: `${value}, of the ${signal.kind} signal ${show(objective.signal)}`,
        expected: `nothing: only ${kind} signals have it`,
        remedy: `drop it, or name a ${kind} signal`,
      });
    }
  }
}
