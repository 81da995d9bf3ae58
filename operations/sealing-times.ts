import { MILLISECONDS_A_DAY } from "../declaration/calendar-day";
import { Failure } from "./failure";

export interface SealingTimes {
  readonly sealedAt: string;
  readonly rotateBy: string;
}

/** When a value is sealed, and by when it is to be renewed. UTC, to the second. */
export function sealingTimes(now: number, rotateEveryDays: number): SealingTimes {
  return { sealedAt: toTheSecond(now), rotateBy: toTheSecond(now + rotateEveryDays * MILLISECONDS_A_DAY) };
}

/** @throws Failure when the former value was sealed later than this one: the clock is behind */
export function refuseSetBack(path: string, former: Sealed | undefined, { sealedAt }: Sealed): void {
  if (former === undefined || former.sealedAt <= sealedAt) return;
  throw new Failure(
    `the clock of this machine says ${sealedAt}, and the value in ${path} was sealed at ${former.sealedAt}; nothing was written\nset the clock, and seal again`,
  );
}

type Sealed = Pick<SealingTimes, "sealedAt">;

/** A time as declarations and sealed values have it: UTC, to the second. */
export function toTheSecond(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}
