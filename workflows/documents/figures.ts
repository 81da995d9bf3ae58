/** A ratio as people read it: 0.999 → `99.9 %`. Twelve digits, so that what binary fractions can't hold does not show. */
export function percent(ratio: number): string {
  return `${plain(ratio * 100)} %`;
}

/** A number without the noise of binary fractions: 14.399999999999999 → `14.4`. */
export function plain(value: number): string {
  return String(Number(value.toPrecision(12)));
}

/** Seconds as people say them of requests: 0.05 → `50 ms`, 1.2 → `1.2 s`. */
export function latency(seconds: number): string {
  return seconds < 1 ? `${plain(seconds * 1000)} ms` : `${plain(seconds)} s`;
}

/** A time by its parts, the empty ones left out: 2592 seconds → `43 min 12 s`. */
export function time(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [
    [Math.floor(whole / 86_400), "d"],
    [Math.floor(whole / 3600) % 24, "h"],
    [Math.floor(whole / 60) % 60, "min"],
    [whole % 60, "s"],
  ] as const;
  const shown = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return shown.length === 0 ? `${plain(seconds)} s` : shown.join(" ");
}
