import { burnAlerts } from "../../declaration/burn-alerts";
import type { Objective } from "../../declaration/objectives";
import { runbookOfAlert } from "../../declaration/runbook-paths";
import type { Service } from "../../declaration/service";
import type { RenderedFile } from "../rendered-file";
import { alertCondition } from "./alert-words";
import { budgetTable } from "./budget-table";
import { code, markdownFile, prose, table } from "./markdown";
import { bucketBounds, budget, burnCondition, gateWindow, guard, measured, promise } from "./objective-words";
import { notified, stagesInWords } from "./runbooks/notified";
import type { Block, RunbookSource } from "./runbooks/runbook-source";

/** What the service promises, how it is measured, and every alert with its runbook. Undefined without objectives. */
export function sloDocument(source: RunbookSource): RenderedFile | undefined {
  const { service } = source;
  const objectives = Object.entries(service.objectives ?? {});
  if (objectives.length === 0) return undefined;
  return markdownFile("docs/slos.md", service.name, [
    `# What ${service.name} promises`,
    "Service-level objectives. Alerts, dashboards and the gate's verdict on a release follow from the same declaration as this page.",
    table(
      ["Objective", "Promise", "What", "Owner"],
      objectives.map(([name, objective]) => [
        code(name),
        promise(objective),
        prose(objective.description),
        notified(objective.owner, source),
      ]),
    ),
    ...(service.telemetry === undefined
      ? []
      : [`Each stage is measured for itself. Its alerts: ${stagesInWords(service.telemetry)}.`]),
    ...objectives.flatMap(([name, objective]) => section(source, name, objective)),
    ...policy(service),
    ...alerts(source),
  ]);
}

function section({ service }: RunbookSource, name: string, objective: Objective): readonly Block[] {
  const signal = service.telemetry?.signals[objective.signal];
  const note = guard(objective);
  return [
    `## ${name}`,
    [
      ...(signal === undefined
        ? []
        : [
            `- Measured: ${measured(objective, signal)}`,
            ...bucketBounds(objective, signal).map((bounds) => `- Buckets: ${bounds}`),
            `- Budget: ${budget(objective, signal)}.`,
          ]),
      `- Gate: it ${gateWindow(objective)}.`,
      `- Runbook: ${link(objective.runbook)}.`,
      ...(note === "" ? [] : [`- ${note}`]),
    ],
    table(
      ["Answer", "Speaks at"],
      burnAlerts(objective.windowDays).map((alert) => [alert.answer, burnCondition(alert, objective)]),
    ),
  ];
}

function policy(service: Service): readonly Block[] {
  return [
    "## Budget policy",
    budgetTable(service, ["Green: release as usual", "Yellow: every release is watched", "Red: releases are frozen"]),
    "In red only what gives budget back is released: rollbacks, fixes of the cause, security fixes.",
  ];
}

function alerts(source: RunbookSource): readonly Block[] {
  const entries = Object.entries(source.service.alerts ?? {});
  if (entries.length === 0) return [];
  return [
    "## Alerts by threshold",
    table(
      ["Alert", "Severity", "Speaks when", "Told", "Runbook"],
      entries.map(([name, alert]) => [
        code(name),
        alert.severity,
        alertCondition(alert),
        notified(alert.owner, source),
        link(runbookOfAlert(name, alert)),
      ]),
    ),
  ];
}

function link(runbook: string): string {
  return `[${runbook}](runbooks/${runbook}.md)`;
}
