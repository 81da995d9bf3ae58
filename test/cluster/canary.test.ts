import type { ServiceValues } from "../../constructs/helm/service-values";
import { fleetValues } from "../charts/fleet-values";
import { EVERYTHING } from "../charts/sample-values";
import { Cluster, describeWithCluster } from "../support/cluster";
import { installDefinitions } from "../support/definitions";
import { render } from "../support/helm";
import { startRollouts } from "../support/rollouts";
import { type ToldAnswer, ToldPrometheus } from "../support/told-prometheus";
import { until } from "../support/until";
import { CanaryStage, canaryValues, image, LONG } from "./canary-stage";

const PROGRAMS = ["helm", "rollouts-controller", "kubectl-argo-rollouts"];

// Machines that are busy with other tests are slow.

describeWithCluster("the chart's canary under the real controller", PROGRAMS, () => {
  let cluster: Cluster;
  let prometheus: ToldPrometheus;
  const stages: CanaryStage[] = [];
  beforeAll(async () => {
    [cluster, prometheus] = await Promise.all([Cluster.start(), ToldPrometheus.start()]);
    await installDefinitions(cluster, "argo-rollouts");
    await installDefinitions(cluster, "kyverno");
    await Promise.all([startRollouts(cluster), cluster.playKubelet()]);
  });
  afterAll(async () => {
    await Promise.all(stages.map((stage) => stage.stop()));
    await Promise.all([cluster?.stop(), prometheus?.stop()]);
  });
  beforeEach(() => tell({}));

  /** What the analyses of a canary hear from now on. @default - all is well */
  function tell({ watched = 1, stepped = 1 }: { readonly watched?: ToldAnswer; readonly stepped?: ToldAnswer }): void {
    prometheus.answer = (query) => (query.startsWith("watched") ? watched : stepped);
  }

  async function install(
    namespace: string,
    observeSeconds: number,
    change: Partial<ServiceValues> = {},
  ): Promise<CanaryStage> {
    const values = { ...canaryValues(prometheus.url, observeSeconds), ...change };
    const stage = await CanaryStage.install(cluster, namespace, values);
    stages.push(stage);
    return stage;
  }

  test("advances step by step while each is judged well, and then has all the traffic", async () => {
    const stage = await install("advances", 1);
    const { stableRS: before } = await stage.status();
    prometheus.asked.length = 0;

    await stage.release(image(2), "abc1234");
    await stage.becomes("Healthy");
    await stage.hasWeight(0);

    expect(stage.weights).toEqual(["5", "25", "50", "100", "0"]);
    const { stableRS: after, currentPodHash } = await stage.status();
    expect(after).toBe(currentPodHash);
    expect(after).not.toBe(before);
    expect(await stage.sendsTo("shop")).toBe(after);
    expect(await stage.analysesEnd()).toEqual(["Successful"]);
    expect(await stage.analyses("Step")).toHaveLength(3);
    expect(await stage.analyses("Background")).toHaveLength(1);
    // The hashes of the two versions came into the queries, and the Secret into the header.
    expect(prometheus.asked).toContainEqual({
      query: `stepped{version="${after}"} / stepped{version="${before}"}`,
      authorization: "Bearer of-a-test",
    });
    expect(prometheus.asked).toContainEqual({
      query: `watched{version="${after}"} / watched{version="${before}"}`,
      authorization: "Bearer of-a-test",
    });
  });

  test("is aborted when the watch fails, in the middle of a step; the stable version keeps its traffic and its pods", async () => {
    const stage = await install("breaks", LONG);
    const { stableRS } = await stage.status();
    const pods = await stage.pods(image(1));
    await stage.release(image(2), "abc1234");
    await stage.hasWeight(5);

    tell({ watched: 0.5 });
    await stage.becomes("Degraded");

    const status = await stage.status();
    expect(status).toMatchObject({ abort: true, stableRS });
    expect(status.message).toContain('Metric "availability" assessed Failed');
    await stage.hasWeight(0);
    expect(await stage.sendsTo("shop")).toBe(stableRS);
    expect(await stage.pods(image(1))).toEqual(pods);
  });

  test("is aborted when a step is judged badly", async () => {
    const stage = await install("fails", 1);
    const { stableRS } = await stage.status();
    tell({ stepped: 0.5 });
    await stage.release(image(2), "abc1234");
    await stage.becomes("Degraded");
    await stage.hasWeight(0);
    expect(stage.weights).toEqual(["5", "0"]);
    expect(await stage.status()).toMatchObject({ abort: true, stableRS });
  });

  test.each(["NaN", "empty"] as const)(
    "waits where the answer is %s: no verdict is none; a person lets it go on",
    async (answer) => {
      const stage = await install(`waits-${answer.toLowerCase()}`, 1);
      tell({ watched: answer, stepped: answer });
      await stage.release(image(2), "abc1234");
      await stage.becomes("Paused", ({ pauseConditions = [] }) =>
        pauseConditions.some(({ reason }: { reason: string }) => reason === "InconclusiveAnalysisRun"),
      );
      expect(stage.weights).toEqual(["5"]);
      expect(await stage.analyses("Step")).toEqual(["Inconclusive"]);

      tell({});
      await stage.promote();
      await stage.becomes("Healthy");
      await stage.hasWeight(0);
      expect(stage.weights).toEqual(["5", "25", "50", "100", "0"]);
      expect((await stage.status()).stableRS).toBe((await stage.status()).currentPodHash);
    },
  );

  test("goes on by itself when the data come while it still asks", async () => {
    const stage = await install("late", 1);
    let asked = 0;
    prometheus.answer = (query) => {
      if (query.startsWith("stepped")) asked += 1;
      return asked < 3 ? "empty" : 1;
    };
    await stage.release(image(2), "abc1234");
    await stage.becomes("Healthy");
    expect(await stage.analysesEnd()).toEqual(["Successful"]);
  });

  test("is not promoted by a Prometheus that is away: nobody could judge it", async () => {
    const stage = await install("blind", 1);
    const { stableRS } = await stage.status();
    tell({ watched: "broken", stepped: "broken" });
    await stage.release(image(2), "abc1234");
    await stage.becomes("Degraded");
    await stage.hasWeight(0);
    expect(stage.weights).toEqual(["5", "0"]);
    expect(await stage.status()).toMatchObject({ abort: true, stableRS });
    expect(await stage.analysesEnd()).toContain("Error");
  });

  test("goes back to what was stable at once, without asking any metrics", async () => {
    const stage = await install("back", LONG);
    const pods = await stage.pods(image(1));
    await stage.release(image(2), "abc1234");
    await stage.hasWeight(5);
    tell({ watched: "broken", stepped: "broken" });
    await stage.release(image(1), "unknown");
    await stage.becomes("Healthy");
    await stage.hasWeight(0);
    expect(await stage.pods(image(1))).toEqual(pods);
  });

  test("goes back to a version before the stable one without steps, by a full promotion", async () => {
    const stage = await install("further-back", 1);
    await stage.release(image(2), "abc1234");
    await stage.becomes("Healthy");
    tell({ watched: "broken", stepped: "broken" });

    await stage.release(image(1), "unknown");
    await until("the controller has seen it", async () => (await stage.status()).phase !== undefined);
    await cluster.admin.patch(`${stage.path}/status`, { status: { promoteFull: true } });
    await stage.becomes("Healthy");
    const { currentPodHash } = await stage.status();
    await until("its pods get all requests", async () => (await stage.sendsTo("shop")) === currentPodHash);
    expect((await stage.wanted()).image).toBe(image(1));
  });

  test.each(fleetValues().filter(([, { analysis }]) => analysis !== undefined))(
    "the analyses of %s are taken, and pass where all is well",
    async (name, values) => {
      await cluster.createNamespace(name);
      const analysis = values.analysis && { ...values.analysis, prometheus: { address: prometheus.url } };
      const templates = render({ ...values, analysis }).filter(({ kind }) => kind === "AnalysisTemplate");
      expect(templates).not.toEqual([]);
      const runs = `/apis/argoproj.io/v1alpha1/namespaces/${name}/analysisruns`;
      for (const { metadata, spec } of templates) {
        const args = spec.args?.map((arg: object) => ({ ...arg, value: "5d8f7c9b6" }));
        const run = { apiVersion: "argoproj.io/v1alpha1", kind: "AnalysisRun", metadata: { name: metadata.name } };
        await cluster.admin.create(runs, { ...run, spec: { ...spec, ...(args && { args }) } });
      }
      await until(`each metric of ${name} has passed once`, async () => {
        const found = await cluster.admin.list(runs);
        return found.every(({ spec, status }) => {
          if (["Error", "Failed"].includes(status?.phase)) throw new Error(`${status.phase}: ${status.message}`);
          const passed = (status?.metricResults ?? []).filter((result: { successful?: number }) => result.successful);
          return passed.length === spec.metrics.length;
        });
      });
    },
  );

  test("the autoscaler counts the pods of a Rollout, also a fixed number of them", async () => {
    const stage = await install("counted", 1, { replicas: { least: 2, most: 2, cpuPercent: 70 } });
    await until("two pods run", async () => (await stage.status()).availableReplicas === 2, 60);
    await stage.upgrade({ annotations: { "gatehouse.dev/owner": "others" } });
    expect((await stage.rollout()).spec.replicas).toBe(2);
  });

  describe("with Helm in the middle of it", () => {
    /** A stage whose canary has its first share, and keeps it. */
    async function canary(namespace: string): Promise<CanaryStage> {
      const stage = await install(namespace, LONG);
      await stage.release(image(2), "abc1234");
      await stage.hasWeight(5);
      return stage;
    }

    test("leaves it where it is when its pods don't change", async () => {
      const stage = await canary("outside");
      const before = await stage.becomes("Paused").then(() => stage.status());
      await stage.upgrade({ annotations: { "gatehouse.dev/owner": "others" }, chartHash: "d".repeat(64) });
      await until("the controller has seen it", async () => (await stage.status()).currentPodHash !== undefined);
      expect(await stage.wanted()).toEqual({ image: image(2), commit: "abc1234" });
      const { currentPodHash, currentStepIndex, stableRS } = await stage.status();
      expect({ currentPodHash, currentStepIndex, stableRS }).toEqual({
        currentPodHash: before.currentPodHash,
        currentStepIndex: before.currentStepIndex,
        stableRS: before.stableRS,
      });
      expect(stage.weights).toEqual(["5"]);
    });

    test("begins it again with the version that is on its way, not with the declared one, when its pods change", async () => {
      const stage = await canary("inside");
      const { stableRS, currentPodHash } = await stage.status();
      const container = { ...canaryValues("", LONG).container, memoryMebibytes: 512 };
      await stage.upgrade({ container });
      expect(await stage.wanted()).toEqual({ image: image(2), commit: "abc1234" });
      await stage.becomes("Paused", (status) => status.currentPodHash !== currentPodHash);
      expect((await stage.status()).stableRS).toBe(stableRS);
      expect(await stage.pods(image(1))).toHaveLength(1);
    });

    test("installs the version that is pinned", async () => {
      const stage = await canary("pinned");
      await stage.upgrade({ image: { ...EVERYTHING.image, digest: `sha256:${"3".repeat(64)}`, pinned: true } });
      expect(await stage.wanted()).toEqual({ image: image(3), commit: "unknown-2" });
    });

    test("leaves an aborted one aborted when its pods don't change", async () => {
      const stage = await canary("aborted");
      prometheus.answer = () => 0.5;
      await stage.becomes("Degraded");
      await stage.upgrade({ annotations: { "gatehouse.dev/owner": "others" } });
      await stage.becomes("Degraded", ({ abort }) => abort);
      expect(await stage.wanted()).toEqual({ image: image(2), commit: "abc1234" });
      expect(await stage.pods(image(1))).toHaveLength(1);
    });

    test("a rollback of Helm's own brings back the version that its old manifest has: nobody runs one while releases own the version", async () => {
      const stage = await install("rolled-back", 1);
      await stage.release(image(2), "abc1234");
      await stage.becomes("Healthy");
      await stage.upgrade({ container: { ...canaryValues("", 1).container, memoryMebibytes: 512 } });
      expect((await stage.wanted()).image).toBe(image(2));
      await cluster.run("helm", ["rollback", "shop", "1", "--namespace", "rolled-back"]);
      expect((await stage.wanted()).image).toBe(image(1));
    });
  });
});
