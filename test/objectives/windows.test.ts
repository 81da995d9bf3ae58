import { WINDOW_DAYS } from "../../declaration/objectives";
import { duration } from "../../objectives/duration";
import {
  budgetSeconds,
  burnThreshold,
  burnWindows,
  errorBudget,
  isReachable,
  period,
  ratioWindows,
} from "../../objectives/windows";

const SCRAPE_SECONDS = 15;

function table(windowDays: (typeof WINDOW_DAYS)[number], scrapeSeconds = SCRAPE_SECONDS) {
  return burnWindows({ windowDays }, scrapeSeconds).map(
    ({ answer, longSeconds, shortSeconds, burn }) =>
      `${answer} ${duration(longSeconds)} ${duration(shortSeconds)} ${burn}`,
  );
}

describe("windows of burn alerts", () => {
  test("those of 30 days are the SRE workbook's", () => {
    expect(table(30)).toEqual(["page 1h 5m 14.4", "page 6h 30m 6", "ticket 1d 2h 3", "ticket 3d 6h 1"]);
  });

  test("those of 28 and 90 days use up the same shares of the budget", () => {
    expect(table(28)).toEqual([
      "page 1h 5m 13.44",
      "page 6h 30m 5.6",
      "ticket 1d 2h 2.8",
      "ticket 3d 6h 0.933333333333",
    ]);
    expect(table(90)).toEqual(["page 1h 5m 43.2", "page 6h 30m 18", "ticket 1d 2h 9", "ticket 3d 6h 3"]);
    for (const windowDays of [28, 30, 90] as const) {
      expect(burnWindows({ windowDays }, SCRAPE_SECONDS).map(({ budgetShare }) => budgetShare)).toEqual([
        0.02, 0.05, 0.1, 0.1,
      ]);
    }
  });

  test("those of 7 days use up Sloth's shares: by the others, a service within its objective would get tickets", () => {
    // examples/windows/7d.yaml of github.com/slok/sloth: 8, 12.5, 20 and 42 % of the budget.
    expect(table(7)).toEqual(["page 1h 5m 13.44", "page 6h 30m 3.5", "ticket 1d 2h 1.4", "ticket 3d 6h 0.98"]);
  });

  test.each(WINDOW_DAYS)("over %d days each share is gone after its long window at its burn rate", (windowDays) => {
    for (const { burn, longSeconds, budgetShare } of burnWindows({ windowDays }, SCRAPE_SECONDS)) {
      expect((burn * longSeconds) / (windowDays * 86_400)).toBeCloseTo(budgetShare, 10);
    }
  });

  test.each(WINDOW_DAYS)(
    "over %d days the faster alert has the shorter windows and the higher burn rate",
    (windowDays) => {
      const all = burnWindows({ windowDays }, SCRAPE_SECONDS);
      for (const [index, slower] of all.slice(1).entries()) {
        expect(slower.burn).toBeLessThan(all[index]?.burn ?? 0);
        expect(slower.longSeconds).toBeGreaterThan(all[index]?.longSeconds ?? 0);
        expect(slower.shortSeconds).toBeLessThan(slower.longSeconds);
      }
    },
  );

  test("a window that is shorter than four scrapes is widened to them", () => {
    expect(table(30, 75)[0]).toBe("page 1h 5m 14.4");
    expect(table(30, 120)[0]).toBe("page 1h 8m 14.4");
    expect(table(30, 300)).toEqual(["page 1h 20m 14.4", "page 6h 30m 6", "ticket 1d 2h 3", "ticket 3d 6h 1"]);
  });

  test("each window is recorded once", () => {
    expect(ratioWindows({ windowDays: 30 }, SCRAPE_SECONDS).map(duration)).toEqual([
      "5m",
      "30m",
      "1h",
      "2h",
      "6h",
      "1d",
      "3d",
    ]);
    expect(ratioWindows({ windowDays: 30 }, 300).map(duration)).toEqual(["20m", "30m", "1h", "2h", "6h", "1d", "3d"]);
    expect(period({ windowDays: 28 })).toBe("28d");
  });
});

describe("an error budget", () => {
  test("is what binary numbers would only nearly say", () => {
    expect(1 - 0.999).not.toBe(0.001);
    expect(errorBudget({ target: 0.999 })).toBe(0.001);
    expect(errorBudget({ target: 0.9995 })).toBe(0.0005);
    expect(errorBudget({ target: 0.99999 })).toBe(0.00001);
  });

  test("of 99.9 % over 30 days is 43 minutes and 12 seconds of a total outage", () => {
    expect(budgetSeconds({ target: 0.999, windowDays: 30 })).toBe(2592);
    expect(budgetSeconds({ target: 0.99999, windowDays: 7 })).toBe(6.048);
  });

  test("of which more than all would have to be bad can't be burnt that fast", () => {
    const [fastest] = burnWindows({ windowDays: 30 }, SCRAPE_SECONDS);
    if (fastest === undefined) throw new Error("no windows");
    expect(isReachable({ target: 0.9306 }, fastest)).toBe(true);
    expect(isReachable({ target: 0.9305 }, fastest)).toBe(false);
    expect(isReachable({ target: 0.5 }, { burn: 2 })).toBe(false);
    expect(isReachable({ target: 0.5 }, { burn: 1.999 })).toBe(true);
  });
});

/**
 * The published output of Sloth for an availability objective of 99.9 % over 30 days:
 * examples/_gen/getting-started.yml of github.com/slok/sloth at 0e395d81513ff701f5d27b7aa47d794cb764fd5e.
 */
const SLOTH = {
  pairs: [
    { severity: "page", long: "1h", short: "5m", factor: 14.4 },
    { severity: "page", long: "6h", short: "30m", factor: 6 },
    { severity: "ticket", long: "1d", short: "2h", factor: 3 },
    { severity: "ticket", long: "3d", short: "6h", factor: 1 },
  ],
  budget: 0.0009999999999999432,
  recorded: ["5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d"],
};

/**
 * Where ours differ from Sloth's, and why:
 * - the budget is 0.001 and not 0.0009999999999999432, which is 100 − 99.9 in binary
 * - over the period Sloth averages the ratios of five minutes, so that a quiet night weighs like a busy day; ours is all bad of all events
 * - Sloth's ratio of nothing is NaN, ours 0; with few events ours is silent, and absence is an alert of its own
 * - Sloth's page and ticket speak at once of one fast burn, ours in turn
 * - Sloth compares in each of the four terms, ours once: the value is 0 in health, and above 1 when it speaks
 */
describe("an availability of 99.9 % over 30 days, beside Sloth's published rules", () => {
  const objective = { target: 0.999, windowDays: 30 } as const;

  test("has the same pairs of windows and factors", () => {
    const ours = burnWindows(objective, SCRAPE_SECONDS).map(({ answer, longSeconds, shortSeconds, burn }) => ({
      severity: answer,
      long: duration(longSeconds),
      short: duration(shortSeconds),
      factor: burn,
    }));
    expect(ours).toEqual(SLOTH.pairs);
  });

  test("speaks from the same ratios, to 13 digits", () => {
    for (const [index, windows] of burnWindows(objective, SCRAPE_SECONDS).entries()) {
      const theirs = (SLOTH.pairs[index]?.factor ?? 0) * SLOTH.budget;
      expect(Math.abs(burnThreshold(objective, windows) - theirs)).toBeLessThan(1e-13 * theirs * 10);
    }
  });

  test("records the same windows", () => {
    expect([...ratioWindows(objective, SCRAPE_SECONDS).map(duration), period(objective)]).toEqual(SLOTH.recorded);
  });
});
