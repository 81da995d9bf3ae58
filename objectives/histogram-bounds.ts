import type { LabelMatch } from "../declaration/selector";
import type { LatencySignal } from "../declaration/telemetry";

/** A threshold in the unit that the histogram counts in. 12 digits: 1.005 × 1000 is 1004.9999999999999 in binary. */
export function inUnit(signal: Pick<LatencySignal, "unit">, seconds: number): number {
  return signal.unit === "seconds" ? seconds : Number((seconds * 1000).toPrecision(12));
}

/**
 * The bucket of an upper bound, however its label is written: 1 is `le="1"` to Prometheus 2 and most clients, `le="1.0"` to Prometheus 3 and
 * OpenMetrics; from a million on, and below a ten-thousandth, Go writes an exponent.
 * Source: https://prometheus.io/docs/prometheus/latest/migration/#le-and-quantile-label-values, strconv.FormatFloat(f, 'g', -1, 64)
 */
export function bucketMatch(bound: number): LabelMatch {
  const written = new Set([plain(bound)]);
  if (Number.isInteger(bound)) written.add(`${plain(bound)}.0`);
  if (bound >= 1e6 || bound < 1e-4) written.add(withExponent(bound));
  const all = [...written];
  const [first = ""] = all;
  return all.length === 1 ? first : { matches: all.map((text) => text.replace(/[.+]/g, "\\$&")).join("|") };
}

/** Without an exponent, which JavaScript writes from 1e21 on and below 1e-6; bounds are at most 3,600,000 ms. */
function plain(bound: number): string {
  return /e/.test(String(bound)) ? bound.toFixed(20).replace(/0+$/, "") : String(bound);
}

/** As Go writes it: at least two digits of exponent. */
function withExponent(bound: number): string {
  return bound.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}
