import { judged, type ObjectiveReadings, overall } from "../../objectives/gate/objective-verdict";

const OBJECTIVE = { target: 0.99, minimumEvents: 100 };
const of = (bad: number | undefined, total: number | undefined) => ({ bad, total });
const verdict = (readings: ObjectiveReadings, objective = OBJECTIVE) => judged(objective, readings, 600);
const alone = (bad: number | undefined, total: number | undefined, objective = OBJECTIVE) =>
  verdict({ measured: of(bad, total) }, objective);

describe("an objective over a window", () => {
  it("passes when its target is met, with the figures", () => {
    expect(alone(2, 5000)).toEqual({
      verdict: "pass",
      reason: "2 of 5,000 events were bad in 10 minutes (0.04 %); 1 % is allowed",
      measured: { bad: 2, total: 5000 },
    });
  });

  it("fails when more are bad than it allows, with the figures", () => {
    expect(alone(75, 5000)).toEqual({
      verdict: "fail",
      reason: "75 of 5,000 events were bad in 10 minutes (1.5 %); 1 % is allowed",
      measured: { bad: 75, total: 5000 },
    });
  });

  // 1 − 0.9 is 0.09999999999999998: a comparison with that would fail 10 of 100.
  it.each([
    [0.5, 5, 10],
    [0.7, 30, 100],
    [0.9, 10, 100],
    [0.95, 5, 100],
    [0.99, 10, 1000],
    [0.995, 5, 1000],
    [0.999, 1, 1000],
    [0.9995, 5, 10_000],
    [0.99999, 1, 100_000],
  ])("of %d is met exactly by %d of %d, and not by one more", (target, bad, total) => {
    const objective = { target, minimumEvents: 1 };
    expect(alone(bad, total, objective).verdict).toBe("pass");
    expect(alone(bad + 1, total, objective).verdict).toBe("fail");
  });

  it("passes without any bad event, and fails without any good one", () => {
    expect(alone(0, 100).verdict).toBe("pass");
    expect(alone(100, 100).verdict).toBe("fail");
  });

  it("fails when there seem to be more bad events than events", () => {
    expect(alone(120, 110).verdict).toBe("fail");
  });

  it("has no verdict with one event less than the minimum, good or bad", () => {
    expect(alone(0, 99)).toEqual({
      verdict: "no verdict",
      reason: "99 events in 10 minutes, of 100 that are needed",
      measured: { bad: 0, total: 99 },
    });
    expect(alone(99, 99).verdict).toBe("no verdict");
    expect(alone(0, 100).verdict).toBe("pass");
  });

  it("has no verdict on zero events, whatever the minimum", () => {
    expect(alone(0, 0, { target: 0.99, minimumEvents: 1 }).verdict).toBe("no verdict");
  });

  it.each([
    [undefined, undefined, "no series has events in 10 minutes"],
    [0, undefined, "no series has events in 10 minutes"],
    [undefined, 5000, "nothing says how many events were bad in 10 minutes"],
    [0, Number.NaN, "the number of events is NaN in 10 minutes"],
    [0, Number.POSITIVE_INFINITY, "the number of events is Infinity in 10 minutes"],
    [0, -1, "the number of events is -1 in 10 minutes"],
    [Number.NaN, 5000, "the number of bad events is NaN in 10 minutes"],
    [Number.POSITIVE_INFINITY, 5000, "the number of bad events is Infinity in 10 minutes"],
    [Number.NEGATIVE_INFINITY, 5000, "the number of bad events is -Infinity in 10 minutes"],
    [-0.5, 5000, "the number of bad events is -0.5 in 10 minutes"],
  ])("has no verdict on %p bad of %p", (bad, total, reason) => {
    expect(alone(bad, total)).toEqual({ verdict: "no verdict", reason });
  });

  it("does not pass on old samples, but fails on what they say", () => {
    const stale = "the newest sample is 400 s old";
    expect(verdict({ measured: of(0, 5000), stale })).toMatchObject({
      verdict: "no verdict",
      reason: "0 of 5,000 events were bad in 10 minutes (0 %), but the newest sample is 400 s old",
    });
    expect(verdict({ measured: of(500, 5000), stale }).verdict).toBe("fail");
    expect(verdict({ measured: of(0, 9), stale }).reason).toBe(
      "9 events in 10 minutes, of 100 that are needed; the newest sample is 400 s old",
    );
    expect(verdict({ measured: of(undefined, undefined), stale }).reason).toBe(stale);
  });
});

describe("a canary beside the stable version", () => {
  it("fails when it is worse by more than chance, though it keeps the objective", () => {
    const worse = verdict({ measured: of(60, 10_000), stable: of(10, 10_000) });
    expect(worse.verdict).toBe("fail");
    expect(worse.reason).toMatch(
      /^60 of 10,000 events were bad in 10 minutes \(0\.6 %\); 1 % is allowed; of the stable version 10 of 10,000 \(0\.1 %\): the canary is worse by more than chance \(p = \de-\d+\)$/,
    );
    expect(worse.comparison).toMatchObject({ worse: true, difference: 0.005 });
  });

  it("passes when it is equal or better", () => {
    expect(verdict({ measured: of(10, 10_000), stable: of(10, 10_000) }).verdict).toBe("pass");
    expect(verdict({ measured: of(0, 10_000), stable: of(90, 10_000) }).verdict).toBe("pass");
  });

  it("passes when chance explains that it is worse", () => {
    const { verdict: said, comparison } = verdict({ measured: of(2, 300), stable: of(10, 10_000) });
    expect(comparison?.difference).toBeGreaterThan(0.001);
    expect(comparison?.chance).toBeGreaterThan(0.001);
    expect(said).toBe("pass");
  });

  it("passes when it is surely worse by less than a tenth of the error budget", () => {
    const { verdict: said, comparison } = verdict({ measured: of(190_000, 1e8), stable: of(100_000, 1e8) });
    expect(comparison?.chance).toBeLessThan(1e-9);
    expect(comparison?.difference).toBeCloseTo(0.0009);
    expect(said).toBe("pass");
    expect(verdict({ measured: of(210_000, 1e8), stable: of(100_000, 1e8) }).verdict).toBe("fail");
  });

  it("fails by the objective, however bad the stable version is", () => {
    expect(verdict({ measured: of(200, 10_000), stable: of(900, 10_000) })).toEqual({
      verdict: "fail",
      reason: "200 of 10,000 events were bad in 10 minutes (2 %); 1 % is allowed",
      measured: { bad: 200, total: 10_000 },
      stable: { bad: 900, total: 10_000 },
    });
    expect(verdict({ measured: of(200, 10_000), stable: of(0, undefined) })).not.toHaveProperty("stable");
  });

  it("is judged by the objective alone when the stable version is missing, and says so", () => {
    expect(verdict({ measured: of(60, 10_000), stable: of(undefined, undefined) })).toMatchObject({
      verdict: "pass",
      reason: expect.stringContaining("; the objective alone decides: the stable version has no events"),
    });
    expect(verdict({ measured: of(60, 10_000), stable: of(undefined, 10_000) }).reason).toContain(
      "; the objective alone decides: nothing says how many events of the stable version were bad",
    );
  });

  it("is judged by the objective alone when the stable version has one event less than the minimum", () => {
    expect(verdict({ measured: of(60, 10_000), stable: of(0, 99) })).toMatchObject({
      verdict: "pass",
      reason: expect.stringContaining("the objective alone decides: the stable version has 99 events, of 100 needed"),
      stable: { bad: 0, total: 99 },
    });
    expect(verdict({ measured: of(60, 10_000), stable: of(0, 100) })).toHaveProperty("comparison");
  });

  it("is judged by the objective alone when its signal allows no comparison, and says why", () => {
    const why = "probes are not compared";
    expect(verdict({ measured: of(0, 100), alone: why })).toMatchObject({
      verdict: "pass",
      reason: expect.stringContaining(`; the objective alone decides: ${why}`),
    });
    expect(verdict({ measured: of(50, 100), alone: why }).verdict).toBe("fail");
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1])(
    "has no verdict when the stable version has %p events",
    (total) => {
      expect(verdict({ measured: of(0, 10_000), stable: of(0, total) })).toMatchObject({
        verdict: "no verdict",
        reason: expect.stringContaining(`of the stable version, the number of events is ${total}`),
      });
    },
  );

  it("does not pass on old samples, but fails on them when it was worse", () => {
    const stale = "the newest sample is old";
    expect(verdict({ measured: of(10, 10_000), stable: of(10, 10_000), stale }).verdict).toBe("no verdict");
    expect(verdict({ measured: of(60, 10_000), stable: of(10, 10_000), stale }).verdict).toBe("fail");
  });
});

describe("the verdict over all objectives", () => {
  it("is a fail if one fails, else none if one has none, else a pass", () => {
    expect(overall(["pass", "no verdict", "fail"])).toBe("fail");
    expect(overall(["pass", "no verdict", "pass"])).toBe("no verdict");
    expect(overall(["pass", "pass"])).toBe("pass");
  });

  it("is none without objectives", () => {
    expect(overall([])).toBe("no verdict");
  });
});
