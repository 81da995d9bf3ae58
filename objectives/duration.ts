import { show } from "../declaration/problem";

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const UNITS = Object.entries(SECONDS).filter(([unit]) => unit !== "w");

/** Seconds of a duration as Prometheus writes it: `5m`, `1d`, `1h30m`. Throws on anything else. */
export function durationSeconds(duration: string): number {
  const parts = [...duration.matchAll(/(\d+)([smhdw])/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== duration) {
    throw new Error(`${show(duration)} is no duration; write it as Prometheus does: 30s, 5m, 1h, 30d`);
  }
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? ""] ?? Number.NaN), 0);
}

/** A duration in the greatest unit that holds it whole: 300 is `5m`, 5400 is `90m`. */
export function duration(seconds: number): string {
  if (!Number.isInteger(seconds) || seconds < 1) throw new Error(`${show(seconds)} is no whole number of seconds`);
  const [unit, size] = UNITS.toReversed().find(([, each]) => seconds % each === 0) ?? ["s", 1];
  return `${seconds / size}${unit}`;
}
