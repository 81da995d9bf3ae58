export const MILLISECONDS_A_DAY = 86_400_000;

/** Whether a text is a day of the calendar, `YYYY-MM-DD`: 30 February is none. */
export function isDay(text: string): boolean {
  if (!/^20\d\d-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && dayOf(time) === text;
}

/**
 * Days from one day of the calendar to another; negative when that was before.
 * @param from such as `2026-11-27`
 */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / MILLISECONDS_A_DAY;
}

/** The day so many days later. */
export function daysAfter(day: string, days: number): string {
  return dayOf(Date.parse(day) + days * MILLISECONDS_A_DAY);
}

/**
 * The day in UTC.
 * @param time Unix time. Milliseconds.
 */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/**
 * Whole days since a time, never negative: a clock that was set back makes nothing younger than new.
 * @param time Unix time, as `now`. Milliseconds.
 */
export function daysSince(time: number, now: number): number {
  return Math.max(0, Math.floor((now - time) / MILLISECONDS_A_DAY));
}
