import { gatePlan } from "../../objectives/gate/gate-plan";
import { relay } from "../../services/relay";
import { GateRun, START, TOKEN } from "./gate-run";
import { figures } from "./prometheus-figures";
import { type Answer, always, instant, PrometheusServer } from "./prometheus-server";

describe("gatehouse gate", () => {
  let run: GateRun;
  beforeEach(() => {
    run = new GateRun();
  });

  it("answers 0 when every objective is kept, with the figures, at once", async () => {
    await expect(run.against(figures({}))).resolves.toBe(0);
    expect(run.report).toMatchObject({
      version: 1,
      service: "relay",
      stage: "production",
      canary: null,
      baseline: null,
      verdict: "pass",
      time: "2026-01-02T03:04:05.000Z",
      looks: 1,
      problems: [],
    });
    expect(run.objective("errors")).toEqual({
      objective: "errors",
      target: 0.99,
      windowSeconds: 600,
      minimumEvents: 100,
      verdict: "pass",
      reason: "0 of 5,000 events were bad in 10 minutes (0 %); 1 % is allowed",
      measured: { bad: 0, total: 5000, badRatio: 0 },
      baseline: null,
      comparison: null,
      queries: { bad: expect.stringContaining("5.."), total: expect.stringContaining("http_requests_total") },
    });
    expect(run.clock.slept).toEqual([]);
  });

  it("answers 2 when one objective is broken, at once, though another can't be told", async () => {
    const measured = { errors: { bad: "75", total: "5000" }, "light-latency": {} };
    await expect(run.against(figures({ measured }))).resolves.toBe(2);
    expect(run.report.verdict).toBe("fail");
    expect(run.objective("errors")?.verdict).toBe("fail");
    expect(run.objective("light-latency")?.verdict).toBe("no verdict");
    expect(run.clock.slept).toEqual([]);
  });

  it("asks everything of one look at one time, with the login", async () => {
    const measured = { errors: { bad: "0", total: "5" } };
    await run.against(figures({ measured }), { deadlineSeconds: 15 });
    const times = run.received.map(({ time }) => time) ?? [];
    expect([...new Set(times)]).toEqual([`${START / 1000}.000`, `${START / 1000 + 15}.000`]);
    expect(times).toHaveLength(2 * 3 * 4);
    expect(new Set(run.received.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${TOKEN}`]));
  });

  describe("without a verdict", () => {
    it("looks every 15 seconds until the deadline, and then answers 1 with what is missing", async () => {
      const measured = { errors: { bad: "0", total: "37" } };
      await expect(run.against(figures({ measured }), { deadlineSeconds: 40 })).resolves.toBe(1);
      expect(run.clock.slept).toEqual([15, 15, 10]);
      expect(run.report).toMatchObject({ verdict: "no verdict", looks: 4 });
      expect(run.objective("errors")?.reason).toBe("37 events in 10 minutes, of 100 that are needed");
      expect(run.console.progressed.slice(0, 2)).toEqual([
        "no verdict yet: errors: 37 events in 10 minutes, of 100 that are needed",
        "looking again in 15.0 s; at most 40.0 s more",
      ]);
    });

    it("waits a minute unless it is told otherwise, and with a deadline of 0 looks once", async () => {
      const silence = figures({ measured: { errors: {} } });
      await run.against(silence);
      expect(run.clock.slept).toEqual([15, 15, 15, 15]);
      run = new GateRun();
      await expect(run.against(silence, { deadlineSeconds: 0 })).resolves.toBe(1);
      expect(run.clock.slept).toEqual([]);
    });

    it("says a pass or a fail as soon as it is known", async () => {
      for (const [bad, code] of [
        ["0", 0],
        ["5000", 2],
      ] as const) {
        run = new GateRun();
        const answer: Answer = (...received) =>
          figures({ measured: { errors: run.clock.slept.length < 2 ? {} : { bad, total: "5000" } } })(...received);
        await expect(run.against(answer)).resolves.toBe(code);
        expect(run.clock.slept).toEqual([15, 15]);
        expect(run.report.looks).toBe(3);
      }
    });

    it("backs off to a minute while Prometheus has problems, and comes back to 15 seconds", async () => {
      const answer: Answer = (...received) =>
        run.clock.slept.length < 5
          ? always(500, "")(...received)
          : figures({ measured: { errors: { total: "3", bad: "0" } } })(...received);
      await run.against(answer, { deadlineSeconds: 300 });
      expect(run.clock.slept).toEqual([15, 30, 60, 60, 60, 15, 15, 15, 15, 15]);
    });

    it("spreads its looks by chance, a fifth either way", async () => {
      for (const [chance, wait] of [
        [0, 12],
        [0.999_999_999, 18],
      ] as const) {
        run = new GateRun();
        run.clock.random = () => chance;
        await run.against(always(200, instant(undefined)), { deadlineSeconds: 20 });
        expect(run.clock.slept[0]).toBeCloseTo(wait, 5);
      }
    });

    it("waits as long as the server asks, and not at all when that is past the deadline", async () => {
      await run.against(always(429, "", { "retry-after": "50" }), { deadlineSeconds: 100 });
      expect(run.clock.slept).toEqual([50, 50]);
      run = new GateRun();
      await expect(run.against(always(429, "", { "retry-after": "101" }), { deadlineSeconds: 100 })).resolves.toBe(1);
      expect(run.clock.slept).toEqual([]);
    });

    it.each([400, 401, 403, 404, 405, 302])("does not wait for what won't mend: %d", async (status) => {
      await expect(run.against(always(status, ""))).resolves.toBe(1);
      expect(run.clock.slept).toEqual([]);
      expect(run.report.problems[0]?.came).toContain(`answered ${status}`);
    });
  });

  describe("never passes on", () => {
    const LOGIN = "<html>Sign in</html>";
    it.each<[string, Answer, string]>([
      ["silence", figures({ measured: { errors: { total: "0", bad: "0" } } }), "0 events in 10 minutes, of 100"],
      ["absence", figures({ measured: { errors: {} } }), "no series has events in 10 minutes"],
      ["NaN", figures({ measured: { errors: { total: "NaN", bad: "0" } } }), "the number of events is NaN"],
      ["infinity", figures({ measured: { errors: { total: "+Inf", bad: "0" } } }), "the number of events is Infinity"],
      ["numbers below zero", figures({ measured: { errors: { total: "9", bad: "-1" } } }), "bad events is -1"],
      ["old samples", figures({ age: 200 }), "the newest sample is 200 s old (at most 180 s) of http_requests_total{"],
      ["series that ended", figures({ age: undefined }), "there is no sample in the last minutes of"],
      ["500", always(500, "boom"), "answered 500"],
      ["a login page", always(200, LOGIN), "answered with a page of HTML"],
      ["other JSON", always(200, { ok: true }), "answered with JSON of another shape (at status)"],
      ["partial data", always(200, { ...instant("5000"), warnings: ["a store is down"] }), "warned: a store is down"],
      [
        "many values",
        always(200, {
          status: "success",
          data: { resultType: "vector", result: [0, 1].map(() => ({ metric: {}, value: [0, "1"] })) },
        }),
        "answered with 2 values",
      ],
      ["422", always(422, { status: "error", error: "many-to-many" }), "answered 422: many-to-many"],
      [
        "skewed clocks",
        always(200, instant("5000"), { date: new Date(START - 90_000).toUTCString() }),
        "the clock here is 90 s ahead of",
      ],
      [
        "half an answer",
        (_, response) => void response.writeHead(200).write("{", () => response.destroy()),
        "ended in the middle of the answer",
      ],
    ])("%s", async (_, answer, reason) => {
      await expect(run.against(answer, { deadlineSeconds: 0 })).resolves.toBe(1);
      expect(run.report.verdict).toBe("no verdict");
      expect(run.objective("errors")).toMatchObject({ verdict: "no verdict", reason: expect.stringContaining(reason) });
      expect(run.everything).not.toMatch(/\n\s+at |node:internal/);
      expect(run.everything).not.toContain(TOKEN);
    });

    it("a delay", async () => {
      await expect(run.against(() => {}, { deadlineSeconds: 0, timeoutMilliseconds: 50 })).resolves.toBe(1);
      expect(run.report.problems).toEqual([
        {
          came: expect.stringContaining("did not answer within"),
          expected: "an answer",
          remedy: "see whether it is overloaded",
        },
      ]);
    });

    it("an address where nobody listens", async () => {
      const closed = await PrometheusServer.answering(always(200, ""));
      const { url } = closed;
      await closed.close();
      await expect(run.at(url)).resolves.toBe(1);
      expect(run.report.problems[0]?.came).toContain("could not be reached (ECONNREFUSED)");
      expect(run.report.looks).toBeGreaterThan(1);
    });
  });

  it("stops asking a server that is down, and keeps what one query alone can't say to its objective", async () => {
    await run.against(always(500, ""), { deadlineSeconds: 0 });
    expect(run.received.length).toBeLessThanOrEqual(4);
    run = new GateRun();
    const [errors] = gatePlan(relay, { stage: "production" }).objectives.filter(({ name }) => name === "errors");
    const answer: Answer = (received, ...rest) =>
      received.query === errors?.measured.bad
        ? always(422, { status: "error", error: "too many samples" })(received, ...rest)
        : figures({})(received, ...rest);
    await expect(run.against(answer, { deadlineSeconds: 0 })).resolves.toBe(1);
    expect(run.report.objectives.map(({ objective, verdict }) => `${objective}: ${verdict}`)).toEqual([
      "availability: pass",
      "errors: no verdict",
      "light-latency: pass",
      "webhook-latency: pass",
    ]);
    expect(run.report.problems).toHaveLength(1);
  });

  it("refuses a service, stage or address that isn't there", async () => {
    await expect(run.at("http://x", { service: "rely" })).rejects.toThrow(
      'no service "rely" is declared\nexpected one of: ',
    );
    await expect(run.at("http://x", { stage: "qa" })).rejects.toThrow('service "relay" has no stage "qa"');
    await expect(run.at("")).rejects.toThrow("PROMETHEUS_URL is not set");
  });

  it("ends without a report when it is interrupted, between looks and within one", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    run.clock.sleep = async () => {
      controller.abort();
      signal.throwIfAborted();
    };
    await expect(run.against(always(500, ""), { signal })).rejects.toThrow("aborted");
    const within = new AbortController();
    await expect(run.against(() => within.abort(), { signal: within.signal })).rejects.toThrow("aborted");
    expect(run.console.printed).toEqual([]);
  });
});
