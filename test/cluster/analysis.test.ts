import type { Service } from "../../declaration/service";
import type { AnalysisMetric } from "../../objectives/analysis-metric";
import { stageAnalysis } from "../../objectives/canary-analysis";
import { relay } from "../../services/relay";
import type { ApiObject } from "../support/api-client";
import { Cluster, describeWithCluster } from "../support/cluster";
import { installDefinitions } from "../support/definitions";
import { type RunningPrometheus, startPrometheus } from "../support/prometheus";
import { HEALTHY, relaySamples, type Version } from "../support/relay-samples";
import { startRollouts } from "../support/rollouts";
import { until } from "../support/until";

const RUNS = "/apis/argoproj.io/v1alpha1/namespaces/web/analysisruns";
const ANALYSIS = stageAnalysis(relay as Service, "production", {
  canary: { observeSeconds: 600, versionLabel: "version" },
  scrapeSeconds: 15,
});

const version = (name: string, figures: Partial<Version> = {}): Version => ({
  stage: "production",
  version: name,
  ...HEALTHY,
  ...figures,
});

/** A dozen looks, which the controller takes every other second at best. */
const LIMIT_SECONDS = 90;

/** Samples are as they are: a test need not wait a minute between two looks. */
const hurried = (metric: AnalysisMetric): AnalysisMetric => ({ ...metric, interval: "1s" });

describeWithCluster("analyses under the real controller", ["rollouts-controller", "prometheus", "promtool"], () => {
  let cluster: Cluster;
  let prometheus: RunningPrometheus;
  let made = 0;

  beforeAll(async () => {
    const samples = relaySamples(
      [
        version("1"),
        version("good", { requests: 5 }),
        version("worse", { requests: 5, failed: 0.008 }),
        version("broken", { requests: 5, failed: 0.2, slow: 0.3 }),
        version("rare", { requests: 0.1 }),
        version("silent", { requests: 0 }),
        version("gone", { stoppedSeconds: 400 }),
        { ...version("1"), stage: "staging" },
      ],
      { production: 1, staging: 1 },
    );
    [cluster, prometheus] = await Promise.all([Cluster.start(), startPrometheus({ openMetrics: samples })]);
    await installDefinitions(cluster, "argo-rollouts");
    await Promise.all([startRollouts(cluster), cluster.createNamespace("web")]);
  });
  afterAll(() => Promise.all([cluster?.stop(), prometheus?.stop()]));

  /** Starts a run with these metrics, as a Rollout or the release train would; its name. */
  async function started(
    metrics: readonly AnalysisMetric[],
    canary: string,
    address: string = prometheus.url,
  ): Promise<string> {
    made += 1;
    const name = `run-${made}`;
    await cluster.apply({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "AnalysisRun",
      metadata: { name, namespace: "web" },
      spec: {
        args: [
          { name: "canary-hash", value: canary },
          { name: "stable-hash", value: "1" },
        ],
        metrics: metrics.map(({ query, ...metric }) => ({ ...metric, provider: { prometheus: { address, query } } })),
      },
    });
    return name;
  }

  const status = async (name: string): Promise<ApiObject["status"]> =>
    (await cluster.admin.get(`${RUNS}/${name}`)).status ?? {};

  /** How a run ends. */
  async function ended(metrics: readonly AnalysisMetric[], canary: string, address?: string) {
    const name = await started(metrics, canary, address);
    const end = async () => {
      const { phase, message, metricResults } = await status(name);
      return ["Successful", "Failed", "Inconclusive", "Error"].includes(phase) && { phase, message, metricResults };
    };
    return until(`${name} ends`, end, LIMIT_SECONDS);
  }

  test("the gate passes a healthy stage at the first look", async () => {
    const { gate } = stageAnalysis(relay as Service, "staging", { scrapeSeconds: 15 });
    const { phase, metricResults } = await ended(gate, "");
    expect(phase).toBe("Successful");
    expect(metricResults.map(({ count }: { count: number }) => count)).toEqual([1, 1, 1, 1]);
  });

  test("the gate fails a stage with a broken version in it, at the first look", async () => {
    const { phase, message } = await ended(ANALYSIS.gate, "");
    expect(phase).toBe("Failed");
    expect(message).toMatch(/assessed Failed due to failed \(1\) > failureLimit \(0\)$/);
  });

  test("a step passes a good canary at the first look", async () => {
    const { phase, metricResults } = await ended(ANALYSIS.step, "good");
    expect(phase).toBe("Successful");
    expect(metricResults.map(({ count }: { count: number }) => count)).toEqual([1, 1, 1, 1]);
  });

  test.each([
    ["worse", "errors"],
    ["broken", "errors"],
  ])("a step fails a canary that is %s at the first look, and says by which objective", async (canary, objective) => {
    const { phase, message } = await ended(ANALYSIS.step, canary);
    expect(phase).toBe("Failed");
    expect(message).toBe(`Metric "${objective}" assessed Failed due to failed (1) > failureLimit (0)`);
  });

  test("a step without enough data on the canary ends without a verdict after all its looks", async () => {
    const canaries = ["rare", "silent", "gone", "never"];
    // Not a whole day of them.
    const fewer = ANALYSIS.step.map((metric) => hurried({ ...metric, count: 11, inconclusiveLimit: 10 }));
    const ends = await Promise.all(canaries.map((canary) => ended(fewer, canary)));
    for (const { phase, message } of ends) {
      expect(phase).toBe("Inconclusive");
      expect(message).toMatch(/ assessed Inconclusive due to inconclusive \(11\) > inconclusiveLimit \(10\)$/);
    }
  });

  test("the watch fails a broken canary at the third failure", async () => {
    const { phase, message } = await ended(ANALYSIS.watch.map(hurried), "broken");
    expect(phase).toBe("Failed");
    expect(message).toMatch(/assessed Failed due to failed \(3\) > failureLimit \(2\)$/);
  });

  test("the watch of a good canary goes on, and so it does without any data", async () => {
    const names = await Promise.all(["good", "never"].map((canary) => started(ANALYSIS.watch.map(hurried), canary)));
    for (const name of names) {
      const twelve = async () => {
        const { metricResults = [] } = await status(name);
        return metricResults.length === 4 && metricResults.every(({ count }: { count: number }) => count >= 12);
      };
      await until(`${name} looks 12 times`, twelve, LIMIT_SECONDS);
      expect((await status(name)).phase).toBe("Running");
    }
  });

  test("a Prometheus that is away is an error, and no pass", async () => {
    const patient = ANALYSIS.step.map((metric) => ({ ...metric, consecutiveErrorLimit: 0 }));
    const { phase, message } = await ended(patient, "good", "http://127.0.0.1:9");
    expect(phase).toBe("Error");
    expect(message).toContain("consecutiveErrors (1) > consecutiveErrorLimit (0)");
  });

  test("no answer but one number between the target and 1 is a success", async () => {
    const [metric] = ANALYSIS.step as [AnalysisMetric];
    const once = { ...metric, count: 1, inconclusiveLimit: 0, consecutiveErrorLimit: 0 };
    const numbers = ["vector(1)", "vector(NaN)", "vector(Inf)", "vector(-Inf)", "vector(1.5)"];
    const several = 'label_replace(vector(1), "a", "b", "", "") or vector(1)';
    const phases = await Promise.all(
      [...numbers, several, "vector(1) > 2", "1"].map(
        async (query) => (await ended([{ ...once, query }], "good")).phase,
      ),
    );
    expect(phases).toEqual([
      "Successful",
      "Inconclusive",
      "Inconclusive",
      "Inconclusive",
      "Inconclusive",
      "Inconclusive",
      "Inconclusive",
      "Error",
    ]);
  });
});
