/** A number of days in words. */
export function days(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}

/** How often something comes round. */
export function everyDays(count: number): string {
  return count === 1 ? "every day" : `every ${count} days`;
}

/** A number of minutes in words. */
export function minutes(count: number): string {
  return count === 1 ? "1 minute" : `${count} minutes`;
}
