import { retentionTiers } from "../../declaration/backup-retention";

test("14 daily, 8 weekly and 6 monthly backups are 14, 56 and 186 days: no month is cut short", () => {
  expect(retentionTiers({ daily: 14, weekly: 8, monthly: 6 })).toEqual([
    { tier: "daily", prefix: "daily/", days: 14 },
    { tier: "weekly", prefix: "weekly/", days: 56 },
    { tier: "monthly", prefix: "monthly/", days: 186 },
  ]);
});

test("no prefix is the start of another: rules on one never hold for the other", () => {
  const prefixes = retentionTiers({ daily: 1, weekly: 1, monthly: 1 }).map(({ prefix }) => prefix);
  for (const prefix of prefixes) {
    expect(prefixes.filter((other) => other.startsWith(prefix))).toEqual([prefix]);
  }
});
