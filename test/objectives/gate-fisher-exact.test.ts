import { chanceOfAsMany } from "../../objectives/gate/fisher-exact";

/** Fisher's test in whole numbers of any size: the tail of the hypergeometric distribution. */
function exactly(bad: number, total: number, otherBad: number, otherTotal: number): number {
  const choose = (n: number, k: number): bigint => {
    if (k < 0 || k > n) return 0n;
    let result = 1n;
    for (let i = 1; i <= k; i += 1) result = (result * BigInt(n - k + i)) / BigInt(i);
    return result;
  };
  let tail = 0n;
  for (let k = bad; k <= Math.min(total, bad + otherBad); k += 1)
    tail += choose(total, k) * choose(otherTotal, bad + otherBad - k);
  const digits = 10n ** 30n;
  return Number((tail * digits) / choose(total + otherTotal, bad + otherBad)) / 1e30;
}

const chance = (bad: number, total: number, otherBad: number, otherTotal: number) =>
  chanceOfAsMany({ bad, total }, { bad: otherBad, total: otherTotal });

describe("Fisher's exact test, one-sided", () => {
  it("gives the tea-tasting lady what R's fisher.test gives her", () => {
    expect(chance(3, 4, 1, 4)).toBeCloseTo(0.2428571, 7);
    expect(chance(4, 4, 0, 4)).toBeCloseTo(0.01428571, 8);
  });

  it.each([
    [0, 1, 0, 1],
    [1, 1, 0, 1],
    [0, 1, 1, 1],
    [1, 100, 0, 100],
    [2, 1000, 0, 20_000],
    [5, 100, 50, 1000],
    [6, 100, 50, 1000],
    [4, 100, 50, 1000],
    [60, 100, 3, 20],
    [12, 2000, 3, 2000],
    [19, 20, 20, 21],
    [21, 21, 19, 20],
    [100, 100, 100, 100],
    [40, 5000, 10, 5000],
  ])("agrees with whole-number arithmetic for %d of %d against %d of %d", (...counts) => {
    const wanted = exactly(...counts);
    expect(Math.abs(chance(...counts) - wanted)).toBeLessThanOrEqual(wanted * 1e-9 + 1e-15);
  });

  it("agrees with it wherever four small numbers can lead", () => {
    for (let total = 1; total <= 7; total += 1)
      for (let other = 1; other <= 7; other += 1)
        for (let bad = 0; bad <= total; bad += 1)
          for (let otherBad = 0; otherBad <= other; otherBad += 1)
            expect(chance(bad, total, otherBad, other)).toBeCloseTo(exactly(bad, total, otherBad, other), 10);
  });

  it("is certain of as many as none, and of as many as there must be", () => {
    expect(chance(0, 10, 0, 10)).toBe(1);
    expect(chance(0, 10, 3, 10)).toBe(1);
    expect(chance(10, 10, 10, 10)).toBe(1);
  });

  it("holds for a thousand million events, and ends", () => {
    expect(chance(1e6, 1e9, 1e6, 1e9)).toBeCloseTo(0.5, 3);
    expect(chance(1_005_000, 1e9, 1_000_000, 1e9)).toBeLessThan(0.001);
    expect(chance(995_000, 1e9, 1_000_000, 1e9)).toBeGreaterThan(0.999);
  });

  it("rounds extrapolated counts, and never has more bad events than events", () => {
    expect(chance(2.6, 4.4, 0.9, 3.8)).toBeCloseTo(0.2428571, 7);
    expect(chance(4.3, 3.9, 0.2, 4.1)).toBeCloseTo(0.01428571, 8);
  });
});
