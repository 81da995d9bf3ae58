import type { Service } from "../../declaration/service";
import { gatePlan } from "../../objectives/gate/gate-plan";
import { systemClock } from "../../operations/clock";
import { relay } from "../../services/relay";
import { type Changes, changed } from "../declaration/change";
import { describeWith } from "../support/programs";
import { type RunningPrometheus, startPrometheus } from "../support/prometheus";
import { HEALTHY, relaySamples, type Version } from "../support/relay-samples";
import { GateRun } from "./gate-run";

describeWith(["prometheus", "promtool"], "the gate on a real Prometheus", () => {
  let prometheus: RunningPrometheus;
  let run: GateRun;

  async function generated(versions: readonly Version[], probes: Readonly<Record<string, number>> = {}): Promise<void> {
    prometheus = await startPrometheus({ openMetrics: relaySamples(versions, { production: 1, ...probes }) });
  }
  const once = (options: object = {}) => run.at(prometheus.url, { clock: systemClock, deadlineSeconds: 0, ...options });
  const verdicts = () => run.report.objectives.map(({ objective, verdict }) => `${objective}: ${verdict}`);
  const production = (version: string, figures: Partial<Version> = {}): Version => ({
    stage: "production",
    version,
    ...HEALTHY,
    ...figures,
  });

  beforeEach(() => {
    run = new GateRun();
  });
  afterEach(() => prometheus.stop());

  it("passes a healthy stage, and fails the broken one beside it", async () => {
    const staging = { stage: "staging", version: "2", ...HEALTHY, failed: 0.03, slow: 0.02 };
    await generated([production("1"), staging], { staging: 0 });
    await expect(once()).resolves.toBe(0);
    expect(verdicts()).toEqual(["availability: pass", "errors: pass", "light-latency: pass", "webhook-latency: pass"]);
    const errors = run.objective("errors")?.measured;
    expect(errors?.total).toBeGreaterThan(20 * 560);
    expect(errors?.total).toBeLessThan(20 * 640);
    expect(errors?.badRatio).toBeCloseTo(0.001, 5);
    run = new GateRun();
    await expect(once({ stage: "staging" })).resolves.toBe(2);
    expect(verdicts()).toEqual(["availability: fail", "errors: fail", "light-latency: fail", "webhook-latency: pass"]);
    expect(run.objective("errors")?.measured?.badRatio).toBeCloseTo(0.03, 5);
    expect(run.objective("light-latency")?.measured?.badRatio).toBeCloseTo(0.02, 5);
  });

  it("passes a canary that is as good as the stable version, and fails one that is worse or broken", async () => {
    await generated([
      production("1"),
      production("good", { requests: 5 }),
      production("worse", { requests: 5, failed: 0.008 }),
      production("broken", { requests: 5, failed: 0.2, slow: 0.3 }),
    ]);
    const compared = async (version: string) => {
      run = new GateRun();
      const code = await once({ canary: `version="${version}"`, baseline: 'version="1"' });
      return [
        code,
        ...run.report.objectives.filter(({ verdict }) => verdict !== "pass").map(({ objective }) => objective),
      ];
    };
    expect(await compared("good")).toEqual([0]);
    expect(run.objective("errors")?.comparison?.worse).toBe(false);
    expect(run.objective("availability")?.reason).toContain("doesn't tell versions apart");
    expect(await compared("worse")).toEqual([2, "errors"]);
    expect(run.objective("errors")?.reason).toContain("the canary is worse by more than chance");
    expect(await compared("broken")).toEqual([2, "errors", "light-latency", "webhook-latency"]);
    // Without its label, the canary is all that is not stable.
    run = new GateRun();
    await expect(once({ baseline: 'version=~"1|worse|broken"' })).resolves.toBe(0);
    expect(run.objective("errors")?.measured?.total).toBeLessThan(5 * 640);
  });

  it("judges a first version by the objective alone", async () => {
    await generated([production("1")]);
    await expect(once({ canary: 'version="1"', baseline: 'version="0"' })).resolves.toBe(0);
    expect(run.objective("errors")?.reason).toContain("the stable version has no events");
  });

  it("gives no verdict on a canary without requests, with too few, or one that has gone", async () => {
    await generated([
      production("1"),
      production("silent", { requests: 0 }),
      production("rare", { requests: 0.1 }),
      production("gone", { stoppedSeconds: 400 }),
    ]);
    const reason = async (version: string) => {
      run = new GateRun();
      await expect(once({ canary: `version="${version}"` })).resolves.toBe(1);
      return run.objective("errors")?.reason;
    };
    expect(await reason("silent")).toBe("0 events in 10 minutes, of 100 that are needed");
    expect(await reason("rare")).toMatch(/^\d\d events in 10 minutes, of 100 that are needed$/);
    expect(await reason("gone")).toMatch(
      /, but there is no sample in the last minutes of http_requests_total\{.*"gone"/,
    );
    expect(await reason("never")).toContain("there is no sample in the last minutes of http_requests_total{");
  });

  it("gives no verdict on a Prometheus that knows nothing", async () => {
    prometheus = await startPrometheus();
    await expect(once()).resolves.toBe(1);
    expect(verdicts()).toEqual([
      "availability: no verdict",
      "errors: no verdict",
      "light-latency: no verdict",
      "webhook-latency: no verdict",
    ]);
  });

  it("gives no verdict when Prometheus is killed while it waits for one, and says why", async () => {
    await generated([production("1", { requests: 0.1 })]);
    let waited = 0;
    const sleep = async (milliseconds: number) => {
      waited += milliseconds;
      await prometheus.kill();
    };
    const clock = { ...systemClock, now: () => Date.now() + waited, sleep };
    await expect(once({ clock, deadlineSeconds: 10 })).resolves.toBe(1);
    expect(run.report.looks).toBe(2);
    expect(run.report.problems[0]?.came).toMatch(
      /^Prometheus at \S+ could not be reached \(ECONN\w+\)$|ended in the middle of the answer/,
    );
    expect(run.console.progressed.join("\n")).toContain("no verdict yet: errors: ");
  });

  it("is asked nothing that it refuses, whatever the kind of signal", async () => {
    prometheus = await startPrometheus();
    const changes: Changes = {
      "objectives.errors.signal": "database",
      "objectives.errors.limit": 0.9,
      "telemetry.signals.light.histogram": "native",
      "telemetry.signals.health.source": "synthetic",
    };
    for (const declared of [relay, changed(relay as Service, changes)]) {
      const plan = gatePlan(declared, { stage: "production", canary: "version=~`1|a\\d`", baseline: 'version="0"' });
      for (const { measured, stable, versioned, wholeStage } of plan.objectives)
        for (const query of [measured, stable, wholeStage, { versioned }].flatMap((queries) =>
          Object.values(queries ?? {}),
        ))
          if (query !== undefined) await expect(prometheus.query(query)).resolves.toEqual([]);
    }
  });
});
