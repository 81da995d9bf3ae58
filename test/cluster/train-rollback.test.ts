import { describeWithCluster } from "../support/cluster";
import { SECRETS, SigningBench } from "../workflows/cluster/signing-bench";
import type { Environment, Outcome } from "../workflows/cluster/train-bench";
import { TrainCluster } from "./train-cluster";
import { digest, type TrainStage } from "./train-stage";

interface Release {
  readonly commit: string;
  readonly digest: string;
}

describeWithCluster("a rollback by hand", ["rollouts-controller", "jq", "cosign", "crane", "registry"], () => {
  let train: TrainCluster;
  let stage: TrainStage;
  let bench: SigningBench;
  const releases: Release[] = [];
  beforeAll(async () => {
    train = await TrainCluster.start();
    stage = await train.make({ signed: true });
    if (!(stage.bench instanceof SigningBench)) throw new Error("no bench that signs");
    bench = stage.bench;
    train.measure("step", 0.01);
    bench.write("clone/Dockerfile", "FROM scratch\nCOPY . /\n");
    for (const subject of ["feat: one", "feat: two"]) {
      const commit = bench.commit("app.js", subject, subject);
      await bench.build(commit);
      releases.push({ commit, digest: bench.output("digest") });
      await bench.sign(commit);
      await deploy(releases.length - 1);
    }
  });
  afterAll(async () => {
    await bench?.registry.stop();
    await train?.stop();
  });

  const [one, two] = [0, 1];
  const of = (release: number): Release => {
    const found = releases[release];
    if (found === undefined) throw new Error(`release ${release} was not made`);
    return found;
  };
  const deploy = (release: number): Promise<Outcome> =>
    stage.run("train-deploy.sh", { ACTION: "release", DIGEST: of(release).digest, COMMIT: of(release).commit });
  const rollback = (env: Environment = {}): Promise<Outcome> =>
    stage.run("train-rollback.sh", {
      ACTION: "rollback",
      REASON: "checkout is broken",
      REAL_PATH: process.env.PATH ?? "",
      REGISTRY_USER: "robot",
      REGISTRY_TOKEN: SECRETS[1] ?? "",
      ...env,
    });
  const runs = async () => (await stage.image()).split("@")[1];
  const notes = async () => {
    const { annotations } = (await stage.get()).metadata;
    return [annotations?.["gatehouse.dev/known-good"], annotations?.["gatehouse.dev/known-good-before"]];
  };

  test("goes to what was known to be good before, at once, with the metrics store away", async () => {
    expect(await runs()).toBe(of(two).digest);
    train.metrics.away = true;
    const { code, output } = await rollback();
    train.metrics.away = false;
    expect(output).toContain(
      `✓ rolled back: ${of(one).digest} of ${of(one).commit} serves all requests of prod; before: ${of(two).digest}`,
    );
    expect(code).toBe(0);
    expect(await runs()).toBe(of(one).digest);
    const { spec, status } = await stage.get();
    expect(status.stableRS).toBe(status.currentPodHash);
    expect(spec.template.metadata.annotations["gatehouse.dev/commit"]).toBe(of(one).commit);
    // What was left is not good any more.
    expect(await notes()).toEqual([of(one).digest, undefined]);
  });

  test("leaves a record with who, why, from where and to where", () => {
    expect(bench.json("evidence/prod.json")).toMatchObject({
      action: "rollback",
      verdict: "rolled-back",
      who: "ada",
      reason: "checkout is broken",
      before: of(two).digest,
      digest: of(one).digest,
      commit: of(one).commit,
      wentTo: of(one).digest,
    });
    expect(bench.output("verdict")).toBe("rolled-back");
    for (const secret of SECRETS) expect(bench.calls + bench.read("evidence/prod.json")).not.toContain(secret);
  });

  test("goes nowhere when no earlier digest is noted, and asks for one", async () => {
    const { code, output } = await rollback();
    expect(code).toBe(1);
    expect(output).toContain(
      `::error::prod runs ${of(one).digest}, and no digest is noted that was good before it; expected one`,
    );
    expect(await runs()).toBe(of(one).digest);
    expect(bench.output("verdict")).toBe("refused");
  });

  test("goes to the digest that is named", async () => {
    expect(await rollback({ DIGEST: of(two).digest })).toMatchObject({ code: 0 });
    expect(await runs()).toBe(of(two).digest);
  });

  test("takes back a canary that is under way, without waiting for its verdict", async () => {
    train.measure("step", Number.NaN);
    expect((await deploy(one)).output).toContain("no verdict in prod");
    const { code } = await rollback();
    expect(code).toBe(0);
    expect(await runs()).toBe(of(two).digest);
  });

  test.each([
    ["an image that nobody signed", () => bench.push("unsigned", "unsigned"), "it has no signature that is trusted"],
    ["an image that is not there", () => digest(9), "it has no signature that is trusted"],
  ])("never goes to %s", async (_what, target, message) => {
    const { code, output } = await rollback({ DIGEST: target() });
    expect(code).toBe(1);
    expect(output).toContain("is not deployed: ");
    expect(output).toContain(message);
    expect(await runs()).toBe(of(two).digest);
    expect(bench.output("verdict")).toBe("refused");
  });

  test.each([
    [
      "a reason",
      { REASON: " " },
      "the variable REASON is empty; expected why prod goes back; start the rollback with a reason",
    ],
    [
      "a digest that is one",
      { DIGEST: "latest" },
      "the variable DIGEST is latest; expected a digest; copy it as a release names it",
    ],
  ])("wants %s", async (_what, env: Environment, message) => {
    const { code, output } = await rollback(env);
    expect(code).toBe(1);
    expect(output).toContain(`::error::${message}`);
  });
});
