/** What a query gave: a number, which may be NaN or infinite, or undefined where it matched no series. */
export type Reading = number | undefined;

/** Events over a window, as Prometheus answered. Not whole numbers: `increase` extrapolates to the window's edges. */
export interface EventReadings {
  readonly bad: Reading;
  readonly total: Reading;
}

/** Events over a window that can be reckoned with: finite, and none below zero. */
export interface EventCounts {
  readonly bad: number;
  readonly total: number;
}

/** The counts, or why these are none. */
export type Counted =
  | { readonly counts: EventCounts }
  | { readonly missing: "everything" | "bad" }
  | { readonly strange: string };

/** Takes nothing for zero: what no series says is missing, and what is no number of events is strange. */
export function counted({ bad, total }: EventReadings): Counted {
  if (total === undefined) return { missing: "everything" };
  if (!isCount(total)) return { strange: `the number of events is ${total}` };
  if (bad === undefined) return { missing: "bad" };
  if (!isCount(bad)) return { strange: `the number of bad events is ${bad}` };
  return { counts: { bad, total } };
}

/** Bad of all. NaN without events. */
export function badRatio({ bad, total }: EventCounts): number {
  return bad / total;
}

function isCount(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}
