import { LEAST_DEVIATION, worseThanStable } from "../../objectives/analysis/worse-query";
import { chanceOfAsMany } from "../../objectives/gate/fisher-exact";
import { comparedWithStable, LARGEST_CHANCE } from "../../objectives/gate/worse-than-stable";
import { describeWith } from "../support/programs";
import { type RunningPrometheus, startPrometheus } from "../support/prometheus";

const TARGET = 0.95;

interface Table {
  readonly total: number;
  readonly stableTotal: number;
  /** Numbers of bad events are tried from 0 up to here. */
  readonly most: number;
  readonly stableMost: number;
}

const SMALL: readonly Table[] = [1, 2, 5, 12, 40].flatMap((total) =>
  [1, 3, 10, 40].map((stableTotal) => ({ total, stableTotal, most: total, stableMost: stableTotal })),
);
/** A canary with 5, 25 and 50 % of the traffic, and one with more of it than the stable version. */
const GREAT: readonly Table[] = [
  [100, 1900],
  [250, 750],
  [500, 500],
  [2000, 38_000],
  [25_000, 75_000],
  [1000, 50],
].map(([total = 0, stableTotal = 0]) => ({ total, stableTotal, most: 60, stableMost: 50 }));

describeWith(["prometheus"], "a canary that is worse than stable, as PromQL says it", () => {
  let prometheus: RunningPrometheus;
  beforeAll(async () => {
    prometheus = await startPrometheus();
  });
  afterAll(() => prometheus?.stop());

  /** Whether the query has a value, for every pair of numbers of bad events: `answers[bad][stable's bad]`. Time stands for the numbers. */
  async function answers(table: Table, target = TARGET): Promise<boolean[][]> {
    const columns = table.stableMost + 1;
    const query = worseThanStable(
      { bad: `floor(vector(time() / ${columns}))`, total: `vector(${table.total})` },
      { bad: `vector(time() % ${columns})`, total: `vector(${table.stableTotal})` },
      { target, minimumEvents: 1 },
    );
    const to = (table.most + 1) * columns - 1;
    const [line] = await prometheus.queryRange(query, { from: 0, to, stepSeconds: 1 });
    const worse = new Set((line?.points ?? []).map(([time]) => time));
    return Array.from({ length: table.most + 1 }, (_, bad) =>
      Array.from({ length: columns }, (_, stableBad) => worse.has(bad * columns + stableBad)),
    );
  }

  const gate = ({ total, stableTotal }: Table, bad: number, stableBad: number, target = TARGET) =>
    comparedWithStable({ bad, total }, { bad: stableBad, total: stableTotal }, target).worse;

  test.each([...SMALL, ...GREAT])("is never called so where Fisher's test isn't sure: %j", async (table) => {
    for (const [bad, row] of (await answers(table)).entries())
      for (const [stableBad, worse] of row.entries())
        if (worse && !gate(table, bad, stableBad)) throw new Error(`${bad} against ${stableBad}`);
  });

  test.each(GREAT)("is noticed by one bad event more than Fisher's test asks for, as a rule: %j", async (table) => {
    const rows = await answers(table);
    const late: number[] = [];
    for (let stableBad = 0; stableBad <= table.stableMost; stableBad += 1) {
      const first = rows.findIndex((_, bad) => gate(table, bad, stableBad));
      const own = rows.findIndex((row) => row[stableBad]);
      // Where more than the budget is bad, the objective fails by itself.
      if (first < 0 || own < 0 || first > table.total * (1 - TARGET)) continue;
      late.push(own - first);
    }
    expect(late.filter((events) => events > 1).length).toBeLessThanOrEqual(late.length * 0.1);
    expect(Math.max(0, ...late)).toBeLessThanOrEqual(3);
  });

  test("needs a difference that the error budget notices, however sure it is", async () => {
    const table = { total: 1e6, stableTotal: 1e6, most: 3, stableMost: 0 };
    const query = (bad: number) =>
      worseThanStable(
        { bad: `vector(${bad})`, total: "vector(1e6)" },
        { bad: "vector(1000)", total: "vector(1e6)" },
        { target: TARGET, minimumEvents: 1 },
      );
    expect(chanceOfAsMany({ bad: 2000, total: 1e6 }, { bad: 1000, total: 1e6 })).toBeLessThan(LARGEST_CHANCE);
    expect(gate(table, 2000, 1000)).toBe(false);
    await expect(prometheus.query(query(2000))).resolves.toEqual([]);
    await expect(prometheus.query(query(7000))).resolves.toHaveLength(1);
  });

  test("needs as many events of the stable version as a verdict does", async () => {
    const query = (minimumEvents: number) =>
      worseThanStable(
        { bad: "vector(20)", total: "vector(1000)" },
        { bad: "vector(0)", total: "vector(99)" },
        { target: 0.99, minimumEvents },
      );
    await expect(prometheus.query(query(100))).resolves.toEqual([]);
  });
});

test("the level of chance is that of the gate", () => {
  // The upper tail of the normal distribution by its continued fraction: https://dlmf.nist.gov/7.9#E2
  const z = LEAST_DEVIATION;
  let fraction = z;
  for (let k = 60; k > 0; k -= 1) fraction = z + k / fraction;
  const tail = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) / fraction;
  expect(tail).toBeCloseTo(LARGEST_CHANCE, 6);
});
