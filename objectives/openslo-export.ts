import type { Objective } from "../declaration/objectives";
import type { Organization } from "../declaration/organization";
import type { Service } from "../declaration/service";
import type { Signal } from "../declaration/telemetry";
import { duration } from "./duration";
import { signalOf } from "./objective-rules";
import { type ObservedStage, observedStage } from "./observed-stage";
import { indicatorOf } from "./openslo/indicator";
import { ANNOTATION, API_VERSION, openSloName } from "./openslo/names";
import { capped, teamOf } from "./rule-routing";
import { type BurnWindows, burnWindows, period } from "./windows";
import { yamlText } from "./yaml-text";

/** An object of OpenSLO. */
export interface OpenSloObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string } & Readonly<Record<string, unknown>>;
  readonly spec: Readonly<Record<string, unknown>>;
}

/**
 * The objectives of a service in some stages as objects of OpenSLO v1: its Service, the DataSource, an SLO for each objective and stage, and the
 * burn alerts with those who are told, where anybody is. An alert condition of OpenSLO knows one window: the long one; that a short one must burn as well is in
 * its description. What OpenSLO has no field for is in annotations, so that nothing is lost when it is read again.
 */
export function openSloObjects(
  service: Service,
  organization: Organization,
  stages: readonly string[] = Object.keys(service.telemetry?.stages ?? {}),
): readonly OpenSloObject[] {
  const objects = new Map<string, OpenSloObject>();
  const add = (object: OpenSloObject) => objects.set(`${object.kind} ${object.metadata.name}`, object);
  const objectives = Object.entries(service.objectives ?? {});
  if (objectives.length === 0) return [];
  add(object("Service", openSloName(service.name), shownAs(service.name), { description: service.description }));
  for (const stage of stages) {
    const at = observedStage(service, stage, organization);
    const { telemetry, dataSource } = at;
    add(
      object("DataSource", openSloName(telemetry.dataSource), shownAs(dataSource.name), {
        type: "Prometheus",
        connectionDetails: { url: dataSource.url },
      }),
    );
    for (const [key, objective] of objectives) {
      const policies = burnWindows(objective, dataSource.scrapeSeconds).map((windows) =>
        policy(at, objective, windows),
      );
      if (at.scope.notify) for (const each of policies.flat()) add(each);
      add(
        slo(
          at,
          key,
          objective,
          policies.map(([first]) => first.metadata.name),
        ),
      );
    }
  }
  return [...objects.values()];
}

/** Objects as one YAML stream. `command` makes it again. */
export function openSloFile(objects: readonly OpenSloObject[], command: string): string {
  const header = `# Made by Gatehouse from the declarations in services/: change those, not this.\n# Make it again: ${command}\n`;
  const documents = objects.map((each) => yamlText(each));
  return `${header}${documents.join("---\n")}`;
}

function slo(at: ObservedStage, key: string, objective: Objective, policies: readonly string[]): OpenSloObject {
  const { service, stage, scope, telemetry } = at;
  const signal = signalOf(at, key, objective);
  const { metric, budgetingMethod, comparison } = indicatorOf(
    signal,
    objective,
    scope.where,
    openSloName(telemetry.dataSource),
  );
  return object(
    "SLO",
    openSloName(service.name, stage, key),
    {
      ...shownAs(`${service.name} ${stage}: ${key}`),
      labels: { service: service.name, stage, team: teamOf(service, objective.owner) },
      annotations: annotationsOf(key, objective, stage, scope.where),
    },
    {
      description: objective.description,
      service: openSloName(service.name),
      indicator: {
        metadata: {
          name: openSloName(service.name, stage, objective.signal),
          annotations: signalAnnotations(objective.signal, signal),
        },
        spec: { description: signal.description, ...metric },
      },
      timeWindow: [{ duration: period(objective), isRolling: true }],
      budgetingMethod,
      objectives: [{ displayName: key, ...comparison, target: objective.target }],
      ...(scope.notify && { alertPolicies: policies.map((alertPolicyRef) => ({ alertPolicyRef })) }),
    },
  );
}

function policy(
  at: ObservedStage,
  objective: Objective,
  windows: BurnWindows,
): readonly [OpenSloObject, ...OpenSloObject[]] {
  const team = teamOf(at.service, objective.owner);
  const severity = capped(windows.answer === "page" ? "page" : "warning", at.scope);
  const long = duration(windows.longSeconds);
  const short = duration(windows.shortSeconds);
  const condition = openSloName("burn", period(objective), long, severity);
  const target = openSloName(team, severity);
  return [
    object(
      "AlertPolicy",
      openSloName("burn", period(objective), long, team, severity),
      {},
      {
        description: `The error budget burns ${windows.burn} times as fast as it may`,
        alertWhenBreaching: true,
        alertWhenResolved: true,
        // That nothing is measured is a warning here; the rules for Prometheus have an alert of its own for it.
        alertWhenNoData: windows.answer === "ticket",
        conditions: [{ conditionRef: condition }],
        notificationTargets: [{ targetRef: target }],
      },
    ),
    object(
      "AlertCondition",
      condition,
      {},
      {
        description: `Gatehouse also wants the last ${short} to burn so fast, and so many events in ${long} as the objective says`,
        severity,
        condition: { kind: "burnrate", op: "gt", threshold: windows.burn, lookbackWindow: long },
      },
    ),
    object("AlertNotificationTarget", target, {}, { description: `${team}, by Grafana's routes`, target: "grafana" }),
  ];
}

/** OpenSLO's own SDK takes 63 characters (pkg/openslo/v1/objects.go of github.com/OpenSLO/go-sdk); without it the name is shown. */
function shownAs(displayName: string): { readonly displayName?: string } {
  return displayName.length <= 63 ? { displayName } : {};
}

function object(
  kind: string,
  name: string,
  metadata: Readonly<Record<string, unknown>>,
  spec: Readonly<Record<string, unknown>>,
): OpenSloObject {
  return { apiVersion: API_VERSION, kind, metadata: { name, ...metadata }, spec };
}

function annotationsOf(key: string, objective: Objective, stage: string, where: unknown): Record<string, string> {
  return {
    [ANNOTATION.objective]: key,
    [ANNOTATION.stage]: stage,
    [ANNOTATION.scope]: JSON.stringify(where),
    [ANNOTATION.owner]: objective.owner,
    [ANNOTATION.runbook]: objective.runbook,
    [ANNOTATION.minimumEvents]: String(objective.minimumEvents),
    ...(objective.gateMinutes !== undefined && { [ANNOTATION.gateMinutes]: String(objective.gateMinutes) }),
    ...(objective.budget !== undefined && { [ANNOTATION.budget]: JSON.stringify(objective.budget) }),
  };
}

function signalAnnotations(key: string, signal: Signal): Record<string, string> {
  const annotations: Record<string, string> = { [ANNOTATION.signal]: key };
  if (signal.kind === "latency") {
    annotations[ANNOTATION.unit] = signal.unit;
    if (signal.buckets !== undefined) annotations[ANNOTATION.buckets] = JSON.stringify(signal.buckets);
  }
  if (signal.kind === "events" && signal.status !== undefined) annotations[ANNOTATION.status] = signal.status;
  return annotations;
}
