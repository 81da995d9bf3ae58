import type { Backup } from "./edge";

/** One tier of backups: the key prefix its objects lie under, and for how long the bucket keeps and locks them. */
export interface RetentionTier {
  readonly tier: "daily" | "weekly" | "monthly";
  readonly prefix: string;
  readonly days: number;
}

/** The longest month: a monthly backup is kept for its number of such months, so never for less than asked. */
const DAYS_OF_A_MONTH = 31;

/** The scripts write under these prefixes and the bucket's rules are made for them; both take them from here. */
export function retentionTiers(keep: Backup["keep"]): readonly RetentionTier[] {
  return [
    { tier: "daily", prefix: "daily/", days: keep.daily },
    { tier: "weekly", prefix: "weekly/", days: keep.weekly * 7 },
    { tier: "monthly", prefix: "monthly/", days: keep.monthly * DAYS_OF_A_MONTH },
  ];
}
