import { type Objective, Objective as ObjectiveShape, WINDOW_DAYS, type WindowDays } from "../declaration/objectives";
import { oneOf, show } from "../declaration/problem";
import { Matchers } from "../declaration/selector";
import { type Signal, Signal as SignalShape } from "../declaration/telemetry";
import { entryKey } from "../declaration/values";
import { ANNOTATION } from "./openslo/names";
import { readIndicator } from "./openslo/read-indicator";
import { annotationJson, OpenSloError, readAs, readObjects, valid } from "./openslo/read-objects";
import { NotTaken, same } from "./openslo/read-promql";
import { SliObject, Slo, type SloObjective } from "./openslo/schema";

/** What to read, and what declarations need and OpenSLO does not say. */
export interface ImportOptions {
  /** `spec.service` of the SLOs to read. @default - the file must be about one service */
  readonly service?: string | undefined;
  /** Role that answers for objectives. */
  readonly owner: string;
  /** Runbook that their alerts link to. */
  readonly runbook: string;
  /** Of signals that are no probes. */
  readonly minimumEvents: number;
}

export interface Imported {
  readonly signals: Readonly<Record<string, Signal>>;
  readonly objectives: Readonly<Record<string, Objective>>;
  /** What the files say and the declaration does not, each with its reason. */
  readonly left: readonly string[];
  /** What the declaration says and the files do not. */
  readonly added: readonly string[];
}

/**
 * Reads the SLOs of an OpenSLO v1 file as signals and objectives. What a declaration can't say is left, with the reason: nothing is
 * taken for something that it is not.
 *
 * @throws OpenSloError when the file can't be read at all
 */
export function importOpenSlo(yaml: string, options: ImportOptions): Imported {
  const reader = new Reader(options);
  const objects = readObjects(yaml);
  const indicators = new Map(
    objects
      .filter(({ kind }) => kind === "SLI")
      .map((each) => [each.metadata.name, readAs(SliObject, each, "SLI")] as const),
  );
  const all = objects.filter(({ kind }) => kind === "SLO").map((each) => readAs(Slo, each, "SLO"));
  const services = [...new Set(all.map(({ spec }) => spec.service))];
  const { service = services[0] } = options;
  const slos = all.filter(({ spec }) => spec.service === service);
  if (slos.length === 0)
    throw new OpenSloError(
      services.length === 0
        ? "the file has no SLO; give one with kind: SLO"
        : `the file has no SLO of service ${show(service)}; name ${oneOf(services, "services")}`,
    );
  if (options.service === undefined && services.length > 1)
    throw new OpenSloError(`the file has SLOs of several services; name ${oneOf(services, "services")}`);
  for (const slo of slos) reader.take(slo, indicators);
  const policies = objects.filter(({ kind }) => kind.startsWith("Alert")).length;
  if (policies > 0)
    reader.left.push(
      `${policies} objects of alerting (AlertPolicy, AlertCondition, AlertNotificationTarget): burn alerts follow from the objectives, and who is told is said by grafana.routes`,
    );
  return reader;
}

class Reader implements Imported {
  readonly signals: Record<string, Signal> = {};
  readonly objectives: Record<string, Objective> = {};
  readonly left: string[] = [];
  readonly added: string[] = [];

  constructor(private readonly options: ImportOptions) {}

  take(slo: Slo, indicators: ReadonlyMap<string, SliObject>): void {
    for (const [index, objective] of slo.spec.objectives.entries()) {
      const name = slo.spec.objectives.length === 1 ? slo.metadata.name : `${slo.metadata.name}-${index + 1}`;
      try {
        this.takeOne(slo, objective, name, indicators);
      } catch (error) {
        if (!(error instanceof NotTaken)) throw error;
        this.left.push(`SLO ${show(name)}: ${error.message}`);
      }
    }
  }

  private takeOne(
    slo: Slo,
    sloObjective: SloObjective,
    name: string,
    indicators: ReadonlyMap<string, SliObject>,
  ): void {
    const { spec, metadata } = slo;
    if (sloObjective.indicator !== undefined || sloObjective.indicatorRef !== undefined)
      throw new NotTaken("it is composed of several indicators; declare an objective for each");
    const indicator = spec.indicator ?? indicators.get(spec.indicatorRef ?? "");
    if (indicator === undefined) throw new NotTaken(`its SLI ${show(spec.indicatorRef)} is not in the file`);
    const annotations = metadata.annotations ?? {};
    const scope = scopeOf(annotations[ANNOTATION.scope]);
    const { signal, part } = readIndicator({
      sli: indicator.spec,
      objective: sloObjective,
      description: indicator.spec.description ?? indicator.metadata.displayName ?? indicator.metadata.name,
      scope,
      annotations: indicator.metadata.annotations ?? {},
    });
    method(slo, sloObjective, signal);
    const key = valid(entryKey, annotations[ANNOTATION.objective] ?? keyOf(name));
    const signalKey = this.keyOfSignal(
      indicator.metadata.annotations?.[ANNOTATION.signal] ?? keyOf(indicator.metadata.name),
      signal,
    );
    const budget = annotations[ANNOTATION.budget];
    const objective = valid(ObjectiveShape, {
      description: spec.description ?? metadata.displayName ?? sloObjective.displayName ?? name,
      owner: annotations[ANNOTATION.owner] ?? this.options.owner,
      signal: signalKey,
      target: targetOf(sloObjective),
      windowDays: windowOf(slo),
      ...part,
      minimumEvents: this.minimumEvents(annotations, signal),
      ...(annotations[ANNOTATION.gateMinutes] !== undefined && {
        gateMinutes: Number(annotations[ANNOTATION.gateMinutes]),
      }),
      ...(budget !== undefined && { budget: annotationJson(budget) }),
      runbook: annotations[ANNOTATION.runbook] ?? this.options.runbook,
    });
    const before = Object.hasOwn(this.objectives, key) ? this.objectives[key] : undefined;
    if (before !== undefined && !same(before, objective))
      throw new NotTaken(
        `it differs from what was read as objective ${show(key)} before; an objective is the same in all stages`,
      );
    this.signals[signalKey] = valid(SignalShape, signal);
    this.objectives[key] = objective;
    if (before === undefined) this.sayAdded(key, annotations, signal);
  }

  /** Equal signals are one; another of the same name gets a number. */
  private keyOfSignal(key: string, signal: Signal): string {
    for (let number = 1; ; number++) {
      const candidate = number === 1 ? key : `${key}-${number}`;
      const before = Object.hasOwn(this.signals, candidate) ? this.signals[candidate] : undefined;
      if (before === undefined || same(before, signal)) return candidate;
    }
  }

  private minimumEvents(annotations: Readonly<Record<string, string>>, signal: Signal): number {
    const said = annotations[ANNOTATION.minimumEvents];
    if (said !== undefined) return Number(said);
    return signal.kind === "probe" || signal.kind === "saturation" ? 1 : this.options.minimumEvents;
  }

  private sayAdded(key: string, annotations: Readonly<Record<string, string>>, signal: Signal): void {
    const { objective, owner, runbook, minimumEvents, buckets } = ANNOTATION;
    if (annotations[objective] !== undefined) return;
    const missing = { owner, runbook, minimumEvents };
    const added = Object.entries(missing).flatMap(([property, annotation]) =>
      annotations[annotation] === undefined ? [property] : [],
    );
    if (added.length > 0) this.added.push(`objectives.${key}: ${added.join(", ")}: OpenSLO says nothing of these`);
    if (signal.kind === "latency" && signal.histogram === "classic" && annotations[buckets] === undefined)
      this.added.push(
        `the buckets of signal ${show(this.objectives[key]?.signal)}: only that of the threshold is known; add the others`,
      );
  }
}

function scopeOf(json: string | undefined): Matchers {
  return json === undefined ? {} : valid(Matchers, annotationJson(json));
}

function method({ spec }: Slo, { timeSliceWindow, timeSliceTarget }: SloObjective, signal: Signal): void {
  if (signal.kind === "saturation") {
    if (spec.budgetingMethod === "Timeslices" && timeSliceTarget === 1 && /^1m?$/.test(String(timeSliceWindow))) return;
    throw new NotTaken(
      `its budget is counted by ${spec.budgetingMethod} of ${show(timeSliceWindow)}; Gatehouse counts whole minutes (Timeslices, timeSliceWindow 1m, timeSliceTarget 1)`,
    );
  }
  if (spec.budgetingMethod !== "Occurrences")
    throw new NotTaken(`its budget is counted by ${spec.budgetingMethod}; Gatehouse counts events (Occurrences)`);
}

function targetOf({ target, targetPercent }: SloObjective): number {
  const ratio = target ?? (targetPercent === undefined ? undefined : Number((targetPercent / 100).toPrecision(12)));
  if (ratio === undefined) throw new NotTaken("it has neither target nor targetPercent");
  return ratio;
}

/** Days of a rolling window. A month has 28 to 31 days: it is no number of them. */
function windowOf({ spec }: Slo): WindowDays {
  const [window] = spec.timeWindow ?? [];
  if (window === undefined) throw new NotTaken("it has no timeWindow");
  if (window.calendar !== undefined || window.isRolling !== true)
    throw new NotTaken(`its window of ${window.duration} begins anew by the calendar; Gatehouse's roll`);
  const [, count, unit] = /^(\d+)([dw])$/.exec(window.duration) ?? [];
  const days = Number(count) * (unit === "w" ? 7 : 1);
  const known = WINDOW_DAYS.find((each) => each === days);
  if (known === undefined)
    throw new NotTaken(`its window is ${show(window.duration)}; Gatehouse's are ${WINDOW_DAYS.join(", ")} days`);
  return known;
}

/** A key of a declaration, as near to a name as it can be. */
function keyOf(name: string): string {
  const key = name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, "-")
    .replace(/[-_]*([-_])/g, "$1")
    .replace(/^[^a-z]+|[-_]+$/g, "")
    .slice(0, 40)
    .replace(/[-_]+$/, "");
  if (key === "") throw new NotTaken(`no key can be made of the name ${show(name)}`);
  return key;
}
