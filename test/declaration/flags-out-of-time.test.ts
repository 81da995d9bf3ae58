import { isDay } from "../../declaration/calendar-day";
import type { Flag } from "../../declaration/flags";
import { flagsOutOfTime } from "../../declaration/flags-out-of-time";
import { FLAG } from "../support/feature-flag";

function outOfTime(changes: Partial<Flag>, today: string) {
  return flagsOutOfTime({ name: "shop", flags: { registry: { "new-till": { ...FLAG, ...changes } as Flag } } }, today);
}

const found = { service: "shop", key: "new-till", owner: "maintainers" };

describe("a flag out of its time (MAE-7)", () => {
  test("has expired the day after its last one", () => {
    expect(outOfTime({}, "2027-02-01")).toEqual([]);
    expect(outOfTime({}, "2027-02-02")).toEqual([{ ...found, answer: "expired", day: "2027-02-01" }]);
  });

  test("is never a permanent one", () => {
    expect(outOfTime({ expires: "permanent", killSwitch: true }, "2099-12-31")).toEqual([]);
  });

  test("claims a review that has not been yet, by which its end would be put off", () => {
    expect(outOfTime({}, "2026-11-27")).toEqual([]);
    expect(outOfTime({}, "2026-11-26")).toEqual([{ ...found, answer: "reviewed later than today", day: "2026-11-27" }]);
  });

  test("is none in a service without flags; of several the oldest comes first", () => {
    expect(flagsOutOfTime({ name: "shop" }, "2099-12-31")).toEqual([]);
    const registry = { "new-till": FLAG, older: { ...FLAG, expires: "2027-01-01" } };
    expect(flagsOutOfTime({ name: "shop", flags: { registry } }, "2027-03-01").map(({ key }) => key)).toEqual([
      "older",
      "new-till",
    ]);
  });
});

test.each([
  ["2026-11-27", true],
  ["2028-02-29", true],
  ["2027-02-29", false],
  ["2027-02-30", false],
  ["2027-04-31", false],
  ["2027-00-10", false],
  ["2027-13-01", false],
  ["1999-01-01", false],
  ["2027-1-01", false],
  [" 2027-01-01", false],
])("%j is a day of the calendar: %s", (text, is) => {
  expect(isDay(text)).toBe(is);
});
