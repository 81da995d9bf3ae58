import { deliveryTraceId } from "../../declaration/delivery-trace";
import { describeWithCluster } from "../support/cluster";
import { TrainCluster } from "./train-cluster";
import { commit, digest, image, type StageOptions, type TrainStage } from "./train-stage";

describeWithCluster("the release train in a cluster", ["rollouts-controller", "jq"], () => {
  let train: TrainCluster;
  let stage: TrainStage;
  beforeAll(async () => {
    train = await TrainCluster.start();
  });
  afterAll(() => train?.stop());

  async function make(options?: StageOptions): Promise<void> {
    stage = await train.make(options);
  }

  describe("the gate", () => {
    test("passes when the controller's analysis does, and says what was measured", async () => {
      await make();
      train.measure("gate", 0.01);
      const { code, output } = await stage.gate();
      expect(output).toContain("the gate of prod is open: availability: Successful = [0.01]");
      expect(code).toBe(0);
    });

    test("stops the train when it fails, and deploys nothing", async () => {
      train.measure("gate", 0.2);
      const { code, output } = await stage.gate();
      expect(code).toBe(1);
      expect(output).toContain("::error::the gate of prod is shut:");
      expect(output).toContain("availability: Failed");
      expect(await stage.image()).toBe(image(1));
    });

    test.each([
      ["is NaN", Number.NaN],
      ["is absent", undefined],
    ])("is no pass when what it measures %s", async (_what, value) => {
      train.measure("gate", value);
      const { code, output } = await stage.gate();
      expect(code).toBe(1);
      expect(output).toContain("the gate of prod came to no verdict: ");
      expect(output).toContain("No verdict is no pass: nothing was deployed");
    });

    test("says that the metrics store is away, and not that all is well", async () => {
      train.metrics.away = true;
      const { code, output } = await stage.gate();
      train.metrics.away = false;
      expect(code).toBe(1);
      expect(output).toContain("the gate of prod came to no verdict: ");
    });

    test("is not asked again about what is deployed already", async () => {
      train.measure("gate", 0.2);
      const { code, output } = await stage.gate(1);
      expect(code).toBe(0);
      expect(output).toContain("prod has");
    });
  });

  test("a digest is stepped, promoted, and noted as known to be good", async () => {
    await make();
    train.measure("step", 0.01);
    const { code, output } = await stage.deploy(2, { CHANGE: "42" });
    expect(output).toContain(`✓ ${digest(2)} of ${commit(2)} serves all requests of prod`);
    expect(code).toBe(0);
    expect(await stage.image()).toBe(image(2));
    expect(await stage.knownGood()).toBe(digest(2));
    const { metadata, spec } = await stage.get();
    expect(metadata.annotations?.["gatehouse.dev/known-good-before"]).toBe(digest(1));
    expect(spec.template.metadata.annotations["gatehouse.dev/commit"]).toBe(commit(2));
    const trace = deliveryTraceId("openclaw/summit", { pullRequest: 42 });
    expect(spec.template.metadata.annotations["gatehouse.dev/release"]).toMatch(
      new RegExp(
        "^vcs.change.id=42,cicd.pipeline.run.id=1,cicd.pipeline.run.url.full=https://github.com/openclaw/summit/actions/runs/1," +
          `gatehouse.delivery.trace_id=${trace},gatehouse.delivery.traceparent=00-${trace}-[0-9a-f]{16}-01$`,
      ),
    );
    expect(stage.bench.output("verdict")).toBe("promoted");
    expect(stage.bench.output("before")).toBe(digest(1));
    expect(train.record()).toMatchObject({
      verdict: "promoted",
      commit: commit(2),
      digest: digest(2),
      who: "ada",
      reason: "merged: feat: more",
      analyses: [{ phase: "Successful" }, { phase: "Successful" }],
    });
    expect(train.record().steps.map(({ weight }) => weight)).toEqual(expect.arrayContaining([25, 50]));
    expect(stage.bench.read("summary")).toContain("### prod: promoted");
    expect(stage.bench.leftOvers).toEqual([]);
  });

  test("what is promoted already is neither changed nor stepped again", async () => {
    const { metadata } = await stage.get();
    const { code, output } = await stage.deploy(2, { ACTION: "resume" });
    expect(code).toBe(0);
    expect(output).toContain(`prod has ${digest(2)} already: this run watches`);
    expect((await stage.get()).metadata.generation).toBe(metadata.generation);
    expect(stage.bench.output("before")).toBe(digest(1));
  });

  test("a canary that the controller aborts is rolled back to what was known to be good", async () => {
    train.measure("step", 0.5);
    const { code, output } = await stage.deploy(3);
    expect(output).toContain(
      `::error::rolled back: ${digest(2)} runs in prod again, and is well; ${digest(3)} of ${commit(3)} failed:`,
    );
    expect(code).toBe(1);
    expect(await stage.image()).toBe(image(2));
    expect(await stage.running()).toContain(image(2));
    expect(await stage.knownGood()).toBe(digest(2));
    // What it sends says of which change it is, as before.
    expect((await stage.get()).spec.template.metadata.annotations["gatehouse.dev/release"]).toContain(
      "vcs.change.id=42,",
    );
    expect(stage.bench.output("verdict")).toBe("rolled-back");
    expect(stage.bench.output("went-to")).toBe(digest(2));
    expect(train.record()).toMatchObject({ verdict: "rolled-back", wentTo: digest(2) });
    expect(train.record().why).toContain('Metric "availability" assessed Failed');
  });

  test("no verdict leaves the canary where it is, and says who goes on how", async () => {
    train.measure("step", Number.NaN);
    const { code, output } = await stage.deploy(4);
    expect(code).toBe(1);
    expect(output).toContain("::error::no verdict in prod: an analysis came to no verdict, at 25 %");
    expect(output).toContain(`kubectl argo rollouts promote summit -n ${stage.namespace}`);
    expect(output).toContain(
      `gh workflow run release-train.yml --ref main --field action=resume --field commit=${commit(4)}`,
    );
    expect(await stage.image()).toBe(image(4));
    expect((await stage.get()).status).toMatchObject({
      phase: "Paused",
      canary: { weights: { canary: { weight: 25 } } },
    });
    expect(train.record()).toMatchObject({ verdict: "no-verdict", wentTo: "" });
  });

  test("nothing is deployed over a canary that has not come to its end", async () => {
    const { code, output } = await stage.deploy(5);
    expect(code).toBe(1);
    expect(output).toContain(`summit in ${stage.namespace} is on its way to ${digest(4)} (Paused`);
    expect(output).toContain(`--field action=resume --field commit=${commit(4)}`);
    expect(await stage.image()).toBe(image(4));
  });

  test("a person's word makes it go on, and a run that resumes records how it ended", async () => {
    train.measure("step", 0.01);
    await train.cluster.admin.patch(`${stage.path}/status`, { status: { pauseConditions: null, currentStepIndex: 3 } });
    const { code, output } = await stage.deploy(4, { ACTION: "resume" });
    expect(output).toContain(`✓ ${digest(4)} of ${commit(4)} serves all requests of prod`);
    expect(code).toBe(0);
    expect(await stage.knownGood()).toBe(digest(4));
  });

  describe("a Deployment, in a cluster without the controller", () => {
    test("is changed and watched until all of its pods are new", async () => {
      await make({ workload: "deployment" });
      const { code } = await stage.deploy(2);
      expect(code).toBe(0);
      expect(await stage.running()).toEqual([image(2)]);
      expect(await stage.knownGood()).toBe(digest(2));
    });

    test("goes back when its pods don't get well", async () => {
      const { code, output } = await stage.deploy(8);
      expect(output).toContain(
        `rolled back: ${digest(2)} runs in prod again, and is well; ${digest(8)} of ${commit(8)} failed`,
      );
      expect(code).toBe(1);
      expect(await stage.image()).toBe(image(2));
      expect((await stage.get()).status.availableReplicas).toBe(2);
    });
  });
});
