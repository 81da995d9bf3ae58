import { and, div, labelReplace, lte, max, min, n, or, vect } from "@grafana/promql-builder";
import type { Objective } from "../declaration/objectives";
import { duration } from "./duration";
import type { Query } from "./event-counts";
import { LABEL } from "./names";
import type { ObjectiveSeries } from "./objective-series";
import { type BurnWindows, burnThreshold } from "./windows";

/**
 * How near the burn alerts of one answer are to speaking: above 1 they do. Of each pair of windows the lesser burn counts, as a share of the
 * burn from which the pair speaks; of the pairs the greatest. Always one value: a window without events, or with fewer in the long one than the
 * objective wants, burns nothing (0). That its series are absent is said by an alert of its own.
 */
export function burnValue(objective: Objective, source: ObjectiveSeries, pairs: readonly BurnWindows[]): Query {
  const values = pairs.map((pair) => [duration(pair.longSeconds), pairValue(objective, source, pair)] as const);
  return max(labelled(values));
}

/** `ticket`, and 0 while the page of the same objective speaks: one burn is told once. */
export function unlessPaged(ticket: Query, page: Query): Query {
  return orZero(and(ticket, lte(page, n(1))));
}

/** A value, and 0 where there is none. */
export function orZero(value: Query): Query {
  return or(value, vect(0));
}

function pairValue(objective: Objective, source: ObjectiveSeries, pair: BurnWindows): Query {
  const long = duration(pair.longSeconds);
  const short = duration(pair.shortSeconds);
  const lesser = min(
    labelled([
      [long, orZero(source.ratioOf(long, objective.minimumEvents))],
      [short, orZero(source.ratioOf(short, 0))],
    ]),
  );
  return div(lesser, n(burnThreshold(objective, pair)));
}

/** The builder writes strings as they come, without quotes. */
function beside(value: Query, label: string): Query {
  return labelReplace(value, JSON.stringify(LABEL.window), JSON.stringify(label), '""', '""');
}

/** Values without labels beside one another: by equal labels `or` would take the first only. */
function labelled(values: readonly (readonly [label: string, value: Query])[]): Query {
  const [first, ...others] = values.map(([label, value]) => beside(value, label));
  if (first === undefined) throw new Error("no window to look at");
  return others.reduce<Query>((all, one) => or(all, one), first);
}
