const MILLISECONDS_A_DAY = 86_400_000;

export interface SealingTimes {
  readonly sealedAt: string;
  readonly rotateBy: string;
}

/** When a value is sealed, and by when it is to be renewed. UTC, to the second. */
export function sealingTimes(now: number, rotateEveryDays: number): SealingTimes {
  return { sealedAt: time(now), rotateBy: time(now + rotateEveryDays * MILLISECONDS_A_DAY) };
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}
