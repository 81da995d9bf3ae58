import { z } from "zod";
import type { Objective } from "../../declaration/objectives";
import { show } from "../../declaration/problem";
import type { Matchers, Selector } from "../../declaration/selector";
import type { LatencySignal, Signal } from "../../declaration/telemetry";
import { ANNOTATION } from "./names";
import { annotationJson, valid } from "./read-objects";
import { NotTaken, ReadQuery, same, split, withoutScope } from "./read-promql";
import type { MetricSource, Sli, SloObjective } from "./schema";

/** What of an objective follows from its indicator. */
export interface ReadIndicator {
  readonly signal: Signal;
  readonly part: Pick<Objective, "thresholdSeconds" | "limit">;
}

const Buckets = z.array(z.number());

interface Source {
  readonly sli: Sli;
  readonly objective: SloObjective;
  readonly description: string;
  readonly scope: Matchers;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Reads what `indicatorOf` writes, and what others write for the same. @throws NotTaken */
export function readIndicator(source: Source): ReadIndicator {
  const { ratioMetric, thresholdMetric } = source.sli;
  if (thresholdMetric !== undefined) return thresholdIndicator(source, thresholdMetric);
  if (ratioMetric === undefined) throw new NotTaken("its SLI has neither ratioMetric nor thresholdMetric");
  if (ratioMetric.raw !== undefined) return fractionIndicator(source, ratioMetric.raw, ratioMetric.rawType);
  const { total, good, bad } = ratioMetric;
  if (total === undefined || (good ?? bad) === undefined)
    throw new NotTaken("its ratioMetric lacks total, or good and bad");
  const all = selectorOf(total, source.scope);
  if (bad !== undefined) {
    return {
      signal: { kind: "events", ...described(source), total: all, bad: selectorOf(bad, source.scope), ...told(source) },
      part: {},
    };
  }
  if (good === undefined) throw new NotTaken("its ratioMetric lacks good and bad");
  const well = selectorOf(good, source.scope);
  return (
    bucketIndicator(source, well, all) ??
    syntheticIndicator(source, well, all) ?? {
      signal: { kind: "events", ...described(source), total: all, good: well, ...told(source) },
      part: {},
    }
  );
}

function bucketIndicator(source: Source, good: Selector, total: Selector): ReadIndicator | undefined {
  const metric = good.metric.replace(/_bucket$/, "");
  if (metric === good.metric) return undefined;
  const { match, rest } = split(good, "le");
  if (total.metric !== `${metric}_count` || !same(rest.where, total.where)) {
    throw new NotTaken(`its good events are buckets of ${metric}, and its total is not the count of the same`);
  }
  const bound = boundOf(match);
  const unit = unitOf(source, metric);
  const thresholdSeconds = inSeconds(bound, unit);
  const declared = source.annotations[ANNOTATION.buckets];
  const buckets = declared === undefined ? [thresholdSeconds] : valid(Buckets, annotationJson(declared));
  const where = rest.where === undefined ? {} : { where: rest.where };
  return {
    signal: { kind: "latency", ...described(source), metric, ...where, histogram: "classic", unit, buckets },
    part: { thresholdSeconds },
  };
}

function syntheticIndicator(source: Source, good: Selector, total: Selector): ReadIndicator | undefined {
  if (good.metric !== "probe_all_success_sum" || total.metric !== "probe_all_success_count") return undefined;
  if (!same(good.where, total.where)) throw new NotTaken("its good and total probes are not the same ones");
  const where = total.where === undefined ? {} : { where: total.where };
  return { signal: { kind: "probe", ...described(source), source: "synthetic", ...where }, part: {} };
}

function fractionIndicator(source: Source, raw: MetricSource, rawType: string | undefined): ReadIndicator {
  if (rawType !== "success")
    throw new NotTaken(
      `its ratio is computed already (raw, rawType ${show(rawType)}): only the fraction of a histogram can be declared`,
    );
  const { histogram, bound } = queryOf(raw).fraction();
  const { metric, where } = withoutScope(histogram, source.scope);
  const unit = unitOf(source, metric);
  return {
    signal: { kind: "latency", ...described(source), metric, ...(where && { where }), histogram: "native", unit },
    part: { thresholdSeconds: inSeconds(bound, unit) },
  };
}

function thresholdIndicator(source: Source, metric: MetricSource): ReadIndicator {
  const { op, value } = source.objective;
  const query = queryOf(metric);
  if (op === "lte" || op === "lt") {
    const [used, capacity] = query.quotient().map((selector) => withoutScope(selector, source.scope));
    if (used === undefined || capacity === undefined || value === undefined)
      throw new NotTaken("its objective has no value to compare with");
    return { signal: { kind: "saturation", ...described(source), used, capacity }, part: { limit: value } };
  }
  const probe = withoutScope(query.selector(), source.scope);
  const kinds = { up: "up", probe_success: "blackbox" } as const;
  const found = Object.entries(kinds).find(([name]) => name === probe.metric)?.[1];
  const succeeds = (op === "gte" && value === 1) || (op === "gt" && value === 0);
  if (found === undefined || !succeeds) {
    throw new NotTaken(
      `${show(probe.metric)} ${op ?? "compared"} ${show(value)} is no probe that succeeds: declare an alert of kind "query" for it`,
    );
  }
  const where = probe.where === undefined ? {} : { where: probe.where };
  return { signal: { kind: "probe", ...described(source), source: found, ...where }, part: {} };
}

function selectorOf(metric: MetricSource, scope: Matchers): Selector {
  return withoutScope(queryOf(metric).selector(), scope);
}

function queryOf(metric: MetricSource): ReadQuery {
  const { type, spec } = metric.metricSource;
  if (type !== undefined && !/^prometheus$/i.test(type))
    throw new NotTaken(`its metrics come from ${show(type)}; Gatehouse asks Prometheus`);
  const { query } = spec;
  if (typeof query !== "string") throw new NotTaken("its metricSource has no spec.query");
  return ReadQuery.of(query);
}

function described({ description }: Source): { readonly description: string } {
  return { description };
}

/** The label by which dashboards tell classes of events apart. */
function told({ annotations: { [ANNOTATION.status]: status } }: Source): { readonly status?: string } {
  return status === undefined ? {} : { status };
}

/** Of `1|1\.0`, as Gatehouse writes it, the first. */
function boundOf(match: unknown): number {
  const written =
    typeof match === "string" ? match : (match as { matches?: string } | undefined)?.matches?.split("|")[0];
  const bound = Number(written?.replace(/\\(.)/g, "$1") ?? Number.NaN);
  if (Number.isFinite(bound) && bound > 0) return bound;
  throw new NotTaken(`its good events are not one bucket: le is ${show(match)}`);
}

function unitOf({ annotations }: Source, metric: string): LatencySignal["unit"] {
  const unit = annotations[ANNOTATION.unit];
  if (unit === "seconds" || unit === "milliseconds") return unit;
  return /_(?:milliseconds|ms)$/.test(metric) ? "milliseconds" : "seconds";
}

function inSeconds(bound: number, unit: LatencySignal["unit"]): number {
  return unit === "seconds" ? bound : Number((bound / 1000).toPrecision(12));
}
