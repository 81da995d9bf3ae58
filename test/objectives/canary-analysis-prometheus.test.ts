import type { Service } from "../../declaration/service";
import type { StageAnalysis } from "../../objectives/analysis-metric";
import { stageAnalysis } from "../../objectives/canary-analysis";
import { relay } from "../../services/relay";
import { openMetrics } from "../support/open-metrics";
import { describeWith } from "../support/programs";
import { type RunningPrometheus, startPrometheus } from "../support/prometheus";
import { HEALTHY, relaySamples, type Version } from "../support/relay-samples";
import { type MeasurementPhase, measurementPhase, resolved } from "./measurement";
import { everyKind } from "./observed";

const PROPS = { canary: { observeSeconds: 600, versionLabel: "version" }, scrapeSeconds: 15 };
const production = stageAnalysis(relay as Service, "production", PROPS);

const version = (name: string, figures: Partial<Version> = {}): Version => ({
  stage: "production",
  version: name,
  ...HEALTHY,
  ...figures,
});

describeWith(["prometheus", "promtool"], "what Argo Rollouts asks, on a real Prometheus", () => {
  let prometheus: RunningPrometheus;
  afterEach(() => prometheus.stop());

  async function generated(versions: readonly Version[], probes: Readonly<Record<string, number>> = {}) {
    prometheus = await startPrometheus({ openMetrics: relaySamples(versions, { production: 1, ...probes }) });
  }

  async function phases(
    metrics: StageAnalysis["gate"],
    canary: string,
    stable: string,
  ): Promise<Record<string, MeasurementPhase>> {
    const measured = metrics.map(async (metric) => {
      const samples = await prometheus.query(resolved(metric, canary, stable));
      for (const { labels } of samples) expect(labels).toEqual({});
      return [
        metric.name,
        measurementPhase(
          metric,
          samples.map(({ value }) => value),
        ),
      ] as const;
    });
    return Object.fromEntries(await Promise.all(measured));
  }

  /** Objectives of a canary beside the stable version "1" that do not pass, by what they do. */
  async function compared(canary: string, stable = "1"): Promise<Record<string, MeasurementPhase>> {
    const step = await phases(production.step, canary, stable);
    // The same question with the same window: the watch differs in its limits only.
    expect(await phases(production.watch, canary, stable)).toEqual(step);
    return Object.fromEntries(Object.entries(step).filter(([, phase]) => phase !== "Successful"));
  }

  test("a healthy stage passes the gate; the broken one beside it fails where it is broken", async () => {
    const broken = { ...version("2", { failed: 0.03, slow: 0.02 }), stage: "staging" };
    await generated([version("1"), broken], { staging: 0 });
    expect(await phases(production.gate, "", "")).toEqual({
      availability: "Successful",
      errors: "Successful",
      "light-latency": "Successful",
      "webhook-latency": "Successful",
    });
    const { gate } = stageAnalysis(relay as Service, "staging", { scrapeSeconds: 15 });
    expect(await phases(gate, "", "")).toEqual({
      availability: "Failed",
      errors: "Failed",
      "light-latency": "Failed",
      "webhook-latency": "Successful",
    });
  });

  test("a canary as good as the stable version passes; one that is worse within the objective fails, and a broken one", async () => {
    await generated([
      version("1"),
      version("good", { requests: 5 }),
      version("worse", { requests: 5, failed: 0.008 }),
      version("broken", { requests: 5, failed: 0.2, slow: 0.3 }),
    ]);
    expect(await compared("good")).toEqual({});
    expect(await compared("worse")).toEqual({ errors: "Failed" });
    const [{ value = Number.NaN } = {}] = await prometheus.query(
      resolved(production.step.find(({ name }) => name === "errors") as never, "worse", "1"),
    );
    // The minus says that it is the comparison that fails, and not the objective.
    expect(value).toBeCloseTo(-0.992, 3);
    expect(await compared("broken")).toEqual({
      errors: "Failed",
      "light-latency": "Failed",
      "webhook-latency": "Failed",
    });
  });

  test("without a stable version, or with too little of it, the objective decides alone", async () => {
    await generated([version("1", { requests: 0.1 }), version("2", { failed: 0.008 }), version("3", { failed: 0.02 })]);
    for (const stable of ["0", "1"]) {
      expect(await compared("2", stable)).toEqual({});
      expect(await compared("3", stable)).toEqual({ errors: "Failed" });
    }
  });

  test("no verdict comes of a canary without requests, with too few, never seen, or that has gone", async () => {
    await generated([
      version("1"),
      version("silent", { requests: 0 }),
      version("rare", { requests: 0.1 }),
      version("gone", { stoppedSeconds: 400 }),
    ]);
    const none = { errors: "Inconclusive", "light-latency": "Inconclusive", "webhook-latency": "Inconclusive" };
    for (const canary of ["silent", "gone", "never"]) expect(await compared(canary)).toEqual(none);
    // Webhooks are rare: their objective asks for fewer events.
    const { "webhook-latency": _, ...others } = none;
    expect(await compared("rare")).toEqual(others);
  });

  test("no verdict comes of a stage whose metrics have ended, unless it was broken then", async () => {
    const ended = { stoppedSeconds: 400 };
    await generated([version("1", ended), { ...version("1", { ...ended, failed: 0.5 }), stage: "staging" }]);
    const { availability: _, ...served } = await phases(production.gate, "", "");
    expect(served).toEqual({
      errors: "Inconclusive",
      "light-latency": "Inconclusive",
      "webhook-latency": "Inconclusive",
    });
    const { gate } = stageAnalysis(relay as Service, "staging", { scrapeSeconds: 15 });
    expect(await phases(gate, "", "")).toMatchObject({ errors: "Failed", "light-latency": "Inconclusive" });
  });

  test("no verdict comes of a comparison with what is no number", async () => {
    const to = Math.floor(Date.now() / 1000);
    const counter = (name: string, at: (seconds: number) => number) => ({
      labels: { service: "relay", env: "production", version: name, code: "200" },
      at,
    });
    const series = [counter("1", () => Number.NaN), counter("2", (seconds) => seconds)];
    prometheus = await startPrometheus({
      openMetrics: openMetrics({ from: to - 900, to, stepSeconds: 15 }, [{ metric: "http_requests_total", series }]),
    });
    expect(await compared("2")).toMatchObject({ errors: "Inconclusive" });
    expect(await compared("2", "0")).not.toHaveProperty("errors");
  });

  test("a canary that broke and then stopped fails all the same", async () => {
    await generated([version("1"), version("died", { failed: 0.5, stoppedSeconds: 400 })]);
    expect(await compared("died")).toMatchObject({ errors: "Failed", "light-latency": "Inconclusive" });
  });

  test("a Prometheus that knows nothing gives no verdict", async () => {
    prometheus = await startPrometheus();
    const all = (phase: MeasurementPhase) => Object.fromEntries(production.gate.map(({ name }) => [name, phase]));
    expect(await phases(production.gate, "", "")).toEqual(all("Inconclusive"));
    expect(await compared("2")).toEqual(all("Inconclusive"));
  });

  test("a failing probe of the whole stage fails the canary, which has none of its own", async () => {
    await generated([version("1"), version("2")], { production: 0 });
    expect(await compared("2")).toEqual({ availability: "Failed" });
  });

  test("it refuses none of the queries, whatever the kind of signal", async () => {
    prometheus = await startPrometheus();
    const { gate, step, watch } = stageAnalysis(everyKind, "production", PROPS);
    for (const metric of [...gate, ...step, ...watch])
      await expect(prometheus.query(resolved(metric, "a", "b"))).resolves.toEqual([]);
  });
});
