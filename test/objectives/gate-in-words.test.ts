import { duration, events, goodPercent, percent, targetPercent } from "../../objectives/gate/in-words";

describe("figures in words", () => {
  it("shows of the good so much that the bad can be seen", () => {
    expect([0, 0.0015, 0.00004, 0.5, 1, 1.2].map(goodPercent)).toEqual([
      "100 %",
      "99.85 %",
      "99.996 %",
      "50 %",
      "0 %",
      "0 %",
    ]);
  });

  it("shows targets with all their digits", () => {
    expect([0.9, 0.999, 0.9995, 0.99999, 0.57].map(targetPercent)).toEqual([
      "90 %",
      "99.9 %",
      "99.95 %",
      "99.999 %",
      "57 %",
    ]);
  });

  it("rounds ratios to three digits, and events to whole ones unless they are few", () => {
    expect([0.123456, 0.0000123, 1 - 0.99].map(percent)).toEqual(["12.3 %", "0.00123 %", "1 %"]);
    expect([0, 0.4, 2.56, 37.4, 5012.3].map(events)).toEqual(["0", "0.4", "2.6", "37", "5,012"]);
  });

  it("says durations in minutes where they are whole", () => {
    expect([60, 90, 600, 3600].map(duration)).toEqual(["1 minute", "90 seconds", "10 minutes", "60 minutes"]);
  });
});
