import type { EventCounts } from "./counts";

/** Terms that are so much smaller than their sum no longer change it. */
const NEGLIGIBLE = 1e-17;

/**
 * How likely it is that chance alone gives the first at least so many of all bad events, if both are equally good: Fisher's exact test, one-sided.
 * It holds for the smallest counts too, where a z-test calls chance a difference. Counts are rounded to whole events.
 *
 * Source: A. Agresti, Categorical Data Analysis, 3rd edition, section 3.5.1; R's `fisher.test(…, alternative = "greater")` gives the same.
 */
export function chanceOfAsMany(first: EventCounts, second: EventCounts): number {
  const [bad, total] = whole(first);
  const [otherBad, otherTotal] = whole(second);
  const allBad = bad + otherBad;
  const all = total + otherTotal;
  const most = Math.min(total, allBad);
  const least = Math.max(0, allBad - otherTotal);
  // Summed from the far side when that is the shorter: terms fall off on both sides of the expected number.
  if (bad <= least) return 1;
  if (bad * all < total * allBad) return 1 - tail(bad - 1, least, -1);
  return tail(bad, most, 1);

  /** The probability of exactly `from`, and of all the numbers from there to `to`. */
  function tail(from: number, to: number, step: 1 | -1): number {
    let term = Math.exp(logChoose(total, from) + logChoose(otherTotal, allBad - from) - logChoose(all, allBad));
    let sum = term;
    for (let k = from; k !== to && term > sum * NEGLIGIBLE; k += step) {
      term *=
        step === 1
          ? ((total - k) * (allBad - k)) / ((k + 1) * (otherTotal - allBad + k + 1))
          : (k * (otherTotal - allBad + k)) / ((total - k + 1) * (allBad - k + 1));
      sum += term;
    }
    return Math.min(1, sum);
  }
}

/** `increase` extrapolates, so that there may seem to be more bad events than events. */
function whole({ bad, total }: EventCounts): readonly [number, number] {
  const events = Math.round(total);
  return [Math.min(Math.round(bad), events), events];
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

const LARGE = 20;

/** ln n!, by Stirling's series for large n: https://dlmf.nist.gov/5.11#E1 */
function logFactorial(n: number): number {
  if (n < LARGE) {
    let product = 1;
    for (let factor = 2; factor <= n; factor += 1) product *= factor;
    return Math.log(product);
  }
  const series = 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5);
  return n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + series;
}
