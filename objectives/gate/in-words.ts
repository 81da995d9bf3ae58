/** A ratio for people: `0.34 %`. Three significant digits. */
export function percent(ratio: number): string {
  return `${(ratio * 100).toLocaleString("en", { maximumSignificantDigits: 3 })} %`;
}

/**
 * The good of all for people, by the ratio of the bad: 0.0015 is `99.85 %`. So exact that what is bad still shows; rounded to three digits,
 * that would be 99.9 %.
 */
export function goodPercent(badRatio: number): string {
  const bad = Number((Math.min(1, badRatio) * 100).toPrecision(3));
  return `${Number((100 - bad).toPrecision(12))} %`;
}

/** A target for people, with all its digits: `99.95 %`. */
export function targetPercent(target: number): string {
  return `${Number((target * 100).toPrecision(12))} %`;
}

/** A number of events for people: `5,012`. `increase` gives fractions, which mean nothing. */
export function events(count: number): string {
  return count.toLocaleString("en", { maximumFractionDigits: count < 10 ? 1 : 0 });
}

/** `10 minutes`, `90 seconds`. */
export function duration(seconds: number): string {
  const [count, unit] = seconds % 60 === 0 ? [seconds / 60, "minute"] : [seconds, "second"];
  return `${count.toLocaleString("en")} ${unit}${count === 1 ? "" : "s"}`;
}
