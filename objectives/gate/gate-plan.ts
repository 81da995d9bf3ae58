import { GATE_MINUTES, type Objective } from "../../declaration/objectives";
import type { Matchers } from "../../declaration/selector";
import type { Service } from "../../declaration/service";
import type { Signal } from "../../declaration/telemetry";
import { duration } from "../duration";
import { bad, total } from "../signal-queries";
import { newestSample, signalSeries } from "./newest-sample";
import { type VersionSelectors, type Versions, versionsOf } from "./versions";

/** PromQL that counts events over the window, each with one value at most. */
export interface CountQueries {
  readonly bad: string;
  readonly total: string;
}

/** PromQL about the series of one version, or of the whole stage. */
export interface SeriesQueries extends CountQueries {
  /** When the newest sample was taken. */
  readonly newest: string;
  /** The series themselves, to be named when they are missing. */
  readonly series: string;
}

/** What to ask about one objective, and what the answers are judged by. Everything that is needed is here: another controller can ask the same. */
export interface GatedObjective {
  readonly name: string;
  readonly objective: Objective;
  readonly windowSeconds: number;
  /** Of the canary, or of the whole stage. */
  readonly measured: SeriesQueries;
  /** Of the stable version. Undefined: no comparison was asked for, or the signal allows none. */
  readonly stable: CountQueries | undefined;
  /** Why there is no comparison though it was asked for. */
  readonly alone: string | undefined;
  /**
   * Events of series that have the labels of versions; without any, versions can't be told apart: a canary that is what another is not would
   * be everything. Undefined: nobody asked for versions.
   */
  readonly versioned: string | undefined;
  /** Asked in place of `measured` where versions can't be told apart. Undefined: then there is no verdict. */
  readonly wholeStage: SeriesQueries | undefined;
}

export interface GatePlan {
  readonly service: string;
  readonly stage: string;
  readonly versions: Versions;
  readonly objectives: readonly GatedObjective[];
}

export interface GatePlanProps extends VersionSelectors {
  readonly stage: string;
  /** How far to look back. Seconds. @default - each objective's `gateMinutes`, else 10 minutes */
  readonly forSeconds?: number | undefined;
}

/** A gate that can't be: the stage, its metrics or objectives are not declared. Says what came, what was expected and what to do. */
export class NoGateError extends Error {
  override readonly name = "NoGateError";
}

/**
 * Everything to ask about a service in a stage.
 *
 * @throws NoGateError
 * @throws SelectorError
 */
export function gatePlan(service: Service, props: GatePlanProps): GatePlan {
  const { telemetry, objectives = {}, stages } = service;
  const { stage } = props;
  const oneOf = (names: readonly string[]) => names.map((name) => `"${name}"`).join(", ") || "none";
  if (!Object.hasOwn(stages, stage)) {
    throw new NoGateError(
      `service "${service.name}" has no stage "${stage}"\nexpected one of its stages: ${oneOf(Object.keys(stages))}`,
    );
  }
  const scope = telemetry !== undefined && Object.hasOwn(telemetry.stages, stage) ? telemetry.stages[stage] : undefined;
  if (telemetry === undefined || scope === undefined) {
    throw new NoGateError(
      `nothing is known of the metrics of service "${service.name}" in stage "${stage}"\nexpected one of the stages of its telemetry: ${oneOf(Object.keys(telemetry?.stages ?? {}))}\ndeclare telemetry.stages.${stage}, or gate another stage`,
    );
  }
  if (Object.keys(objectives).length === 0) {
    throw new NoGateError(
      `service "${service.name}" has no objectives\nexpected at least one: a gate without a promise would let everything pass\ndeclare objectives`,
    );
  }
  const signals = Object.values(objectives).map((objective) => signalOf(telemetry.signals, objective));
  const versions = versionsOf(props, scope, signals);
  return {
    service: service.name,
    stage,
    versions,
    objectives: Object.entries(objectives).map(([name, objective]) =>
      gated(name, objective, signalOf(telemetry.signals, objective), scope.where, versions, props.forSeconds),
    ),
  };
}

function signalOf(signals: Readonly<Record<string, Signal>>, { signal }: Objective): Signal {
  const found = Object.hasOwn(signals, signal) ? signals[signal] : undefined;
  if (found === undefined) throw new NoGateError(`the signal "${signal}" is not declared in telemetry.signals`);
  return found;
}

function gated(
  name: string,
  objective: Objective,
  signal: Signal,
  stage: Matchers,
  { canary, stable, labels }: Versions,
  forSeconds: number | undefined,
): GatedObjective {
  const windowSeconds = forSeconds ?? (objective.gateMinutes ?? GATE_MINUTES) * 60;
  const window = duration(windowSeconds);
  const counts = (where: Matchers): CountQueries => ({
    bad: bad(signal, objective, where, window),
    total: total(signal, where, window),
  });
  const all = (where: Matchers): SeriesQueries => ({
    ...counts(where),
    newest: newestSample(signal, where),
    series: signalSeries(signal, where),
  });
  const asked = canary !== undefined;
  // What is asked from outside, or is shared, has no version of its own as a rule.
  const mayLackVersions = signal.kind === "probe" || signal.kind === "saturation";
  const alone = stable === undefined ? undefined : notComparable(signal);
  const labelled = { ...stage, ...Object.fromEntries(labels.map((label) => [label, { not: "" }])) };
  return {
    name,
    objective,
    windowSeconds,
    measured: all({ ...stage, ...canary }),
    stable: stable === undefined || alone !== undefined ? undefined : counts({ ...stage, ...stable }),
    alone,
    versioned: asked ? total(signal, labelled, window) : undefined,
    wholeStage: asked && mayLackVersions ? all(stage) : undefined,
  };
}

/** A test of chance is about events that happen on their own. One outage is many bad probes, and one full pool many bad minutes. */
function notComparable(signal: Signal): string | undefined {
  if (signal.kind === "probe") return "probes sample one state over and over, and are not compared";
  if (signal.kind === "saturation") return "minutes of utilization are not compared";
  return undefined;
}
