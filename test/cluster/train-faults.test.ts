import { readFileSync } from "node:fs";
import { describeWithCluster } from "../support/cluster";
import { TrainCluster } from "./train-cluster";
import { commit, digest, image, type StageOptions, type TrainStage } from "./train-stage";

describeWithCluster("the release train when something goes wrong", ["rollouts-controller", "jq"], () => {
  let train: TrainCluster;
  let stage: TrainStage;
  beforeAll(async () => {
    train = await TrainCluster.start();
  });
  afterAll(() => train?.stop());

  async function make(options?: StageOptions): Promise<void> {
    stage = await train.make(options);
  }

  describe("a run that is lost", () => {
    test("leaves the canary to the controller, and a second run sees it through", async () => {
      await make();
      train.measure("step", 0.01);
      const lost = await stage.deploy(2, {}, { said: "25 %", act: "kill" });
      expect(lost.code).not.toBe(0);
      expect(stage.bench.output("verdict")).toBe("");
      const resumed = await stage.deploy(2, { ACTION: "resume" });
      expect(resumed.output).toContain(`prod has ${digest(2)} already: this run watches`);
      expect(resumed.code).toBe(0);
      expect(await stage.knownGood()).toBe(digest(2));
      expect(stage.bench.output("before")).toBe(digest(1));
    });

    test("was promoted by the controller meanwhile: the next release goes back to it, not past it", async () => {
      await stage.deploy(3, {}, { said: "25 %", act: "kill" });
      await stage.is("Healthy");
      expect(await stage.knownGood()).toBe(digest(2));
      train.measure("step", 0.5);
      expect((await stage.deploy(4)).code).toBe(1);
      expect(await stage.image()).toBe(image(3));
      expect(await stage.knownGood()).toBe(digest(3));
    });

    test("that is cancelled takes nothing back, says so, and leaves no kubeconfig behind", async () => {
      train.measure("step", Number.NaN);
      const before = stage.bench.leftOvers;
      const { code, output } = await stage.deploy(5, {}, { said: "25 %", act: "interrupt" });
      expect(code).not.toBe(0);
      expect(output).toContain("::error::this run was stopped; it takes nothing back");
      expect(train.record().verdict).toBe("unknown");
      expect(await stage.image()).toBe(image(5));
      expect(stage.bench.leftOvers).toEqual(before);
    });
  });

  test("with the metrics store away the controller aborts, and the way back asks nobody", async () => {
    await make();
    train.measure("step", 0.01);
    expect((await stage.deploy(2)).code).toBe(0);
    train.metrics.away = true;
    const { code, output } = await stage.deploy(3);
    train.metrics.away = false;
    expect(output).toContain(`rolled back: ${digest(2)} runs in prod again, and is well`);
    expect(code).toBe(1);
    expect(await stage.image()).toBe(image(2));
  });

  test("with the analyses gone the controller refuses the Rollout; it keeps what was known to be good", async () => {
    await train.cluster.admin.delete(
      `/apis/argoproj.io/v1alpha1/namespaces/${stage.namespace}/analysistemplates/summit-step`,
    );
    const { code, output } = await stage.deploy(3);
    expect(output).toContain("::warning::the controller refuses the Rollout itself, and stands still: InvalidSpec:");
    expect(output).toContain(`rolled back: ${digest(2)} runs in prod again`);
    expect(code).toBe(1);
    expect(await stage.image()).toBe(image(2));
    expect(await stage.running()).toContain(image(2));
  });

  test("what somebody else has changed meanwhile is theirs", async () => {
    await make();
    train.measure("step", Number.NaN);
    const path = "/spec/template/spec/containers/0/image";
    let changed: Promise<unknown> = Promise.resolve();
    const { code, output } = await stage.deploy(
      2,
      {},
      {
        said: "(before:",
        act: () => {
          changed = train.cluster.admin.patch(stage.path, [{ op: "replace", path, value: image(7) }], "json");
        },
      },
    );
    await changed;
    expect(code).toBe(1);
    expect(output).toContain(`summit in ${stage.namespace} has ${image(7)} by now: somebody changed it`);
    expect(await stage.image()).toBe(image(7));
  });

  test("a promotion that takes longer than declared has failed", async () => {
    await make({ withinMinutes: 0 });
    train.measure("step", 0.01);
    const { code, output } = await stage.deploy(2);
    expect(output).toContain(
      `rolled back: ${digest(1)} runs in prod again, and is well; ${digest(2)} of ${commit(2)} failed: not at its end within 0 minutes`,
    );
    expect(code).toBe(1);
    expect(await stage.image()).toBe(image(1));
    // Before the first promotion nothing was noted but what ran, and was well.
    expect(await stage.knownGood()).toBe(digest(1));
  });

  test("what can't be seen any more is left to the controller", async () => {
    await make();
    const binding = `/apis/rbac.authorization.k8s.io/v1/namespaces/${stage.namespace}/rolebindings/deployer`;
    train.measure("step", Number.NaN);
    let revoked: Promise<unknown> = Promise.resolve();
    const { code, output } = await stage.deploy(
      2,
      {},
      {
        said: "(before:",
        act: () => {
          revoked = train.cluster.admin.delete(binding);
        },
      },
    );
    await revoked;
    expect(code).toBe(1);
    expect(output).toContain(
      `::error::summit in ${stage.namespace} can't be seen any more: the kubeconfig of the environment prod may not do this`,
    );
    expect(output).toContain("Nothing was taken back, the cluster's controller goes on by itself");
    expect(train.record()).toMatchObject({ verdict: "unknown", wentTo: "" });
    expect(await stage.image()).toBe(image(2));
  });

  describe("refuses", () => {
    beforeAll(() => make());
    test.each([
      [
        "a tag in place of a digest",
        { DIGEST: "v1.2.3" },
        "the variable DIGEST is v1.2.3; expected a digest; copy it as a release names it",
      ],
      ["an unknown digest format", { DIGEST: "sha512:abc" }, "the variable DIGEST is sha512:abc; expected a digest"],
      [
        "a short commit",
        { COMMIT: "abc1234" },
        "the variable COMMIT is abc1234; expected 40 hexadecimal digits; copy the full SHA",
      ],
      ["an unknown stage", { STAGE: "moon" }, "the variable STAGE is moon; expected one of: "],
      [
        "no credentials",
        { KUBE_CREDENTIALS: "" },
        "the variable KUBE_CREDENTIALS is empty; expected the kubeconfig of the service account deployer",
      ],
      [
        "what is no kubeconfig",
        { KUBE_CREDENTIALS: "aGVsbG8=" },
        "the secret KUBE_CONFIG of the environment prod holds no kubeconfig with a current context",
      ],
    ])("%s", async (_what, env: { readonly [name: string]: string }, message) => {
      const { code, output } = await stage.deploy(2, env);
      expect(output).toContain(`::error::${message}`);
      expect(code).toBe(1);
      expect(await stage.image()).toBe(image(1));
    });

    test("to resume what never began", async () => {
      const { code, output } = await stage.deploy(2, { STAGE: "stage", ACTION: "resume" });
      expect(code).toBe(1);
      expect(output).toContain(
        `::error::there is nothing to resume: stage has ${image(1)}; expected ${image(2)}; release the commit: `,
      );
      expect(await stage.image()).toBe(image(1));
    });

    test("another namespace than the deployer's, in plain words", async () => {
      const other = stage;
      await make();
      const theirs = await train.cluster.serviceAccountToken(other.namespace, "deployer");
      const text = readFileSync(train.cluster.kubeconfigFor(theirs, stage.namespace), "utf8");
      const { code, output } = await stage.deploy(2, { KUBE_CREDENTIALS: Buffer.from(text).toString("base64") });
      expect(code).toBe(1);
      expect(output).toContain(
        `the kubeconfig of the environment prod may not do this in the namespace ${stage.namespace}; expected that of the service account deployer of this very namespace`,
      );
      expect(output).not.toContain(theirs);
    });
  });
});
