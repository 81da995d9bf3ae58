import type { Service } from "../../../declaration/service";
import { relay } from "../../../services/relay";
import { describeWith } from "../../support/programs";
import { TOKEN } from "./fake-railway";
import { type Outcome, ReleaseBench } from "./release-bench";

/** A minute of waiting is six questions. */
const service = { ...relay, railway: { ...relay.railway, waitMinutes: 1 } } as Service;

describeWith(["curl", "jq", "git"], "a deployment to Railway", () => {
  let bench: ReleaseBench;
  let first: string;
  let second: string;

  beforeEach(async () => {
    bench = new ReleaseBench(service);
    await bench.start();
    first = bench.commit("0001_first.sql");
    second = bench.commit("0002_second.sql");
  });
  afterEach(() => bench.dispose());

  const deploy = (env: Record<string, string> = {}) => bench.run("railway-deploy.sh", { RELEASE_SHA: second, ...env });
  const wait = () => bench.run("railway-wait.sh", { RELEASE_SHA: second, DEPLOYMENT: bench.output("deployment") });
  const rollback = (env: Record<string, string> = {}) =>
    bench.run("railway-rollback.sh", {
      PREVIOUS: bench.output("previous"),
      PREVIOUS_COMMIT: bench.output("previous-commit"),
      ...env,
    });
  const tag = (sha: string) => bench.git("tag", `prod-20260101-1200-${sha.slice(0, 7)}`, sha);

  /** The steps of the workflow, one after another: what fails after the deployment has begun is followed by the rollback. */
  async function release(): Promise<{ readonly failed: string; readonly back: Outcome | undefined }> {
    const steps: readonly (readonly [string, () => Promise<Outcome>])[] = [
      ["deploy", () => deploy()],
      ["wait", () => wait()],
      ["migrate", () => bench.run("migrate.sh")],
      ["smoke", () => bench.run("smoke-test.sh", { RELEASE_SHA: second })],
    ];
    for (const [name, step] of steps) {
      if ((await step()).code === 0) continue;
      return { failed: name, back: bench.output("began") === "yes" ? await rollback() : undefined };
    }
    return { failed: "", back: undefined };
  }

  test("the commit is built, waited for, migrated and smoke-tested, in this order", async () => {
    const before = bench.railway.has(first, "SUCCESS");
    expect(await release()).toEqual({ failed: "", back: undefined });
    expect(bench.railway.mutations).toEqual([`serviceInstanceDeployV2 ${second}`]);
    expect(bench.output("previous")).toBe(before.id);
    expect(bench.json("evidence/deployment.json")).toMatchObject({
      stage: "production",
      commit: second,
      deployment: bench.output("deployment"),
      previous: before.id,
      previousCommit: first,
    });
    expect(bench.read("evidence/migrations.txt")).toContain("connecting to [the database URL]");
    expect(bench.read("fake/applied")).toContain("0002_second");
  });

  test("no token stands in an argument, in the output or in what is kept", async () => {
    bench.railway.has(first, "SUCCESS");
    const outcomes = [await deploy(), await wait(), await rollback()];
    expect(outcomes.map(({ output }) => output).join("") + bench.read("fake/calls")).not.toContain(TOKEN);
  });

  describe("goes back to what ran before", () => {
    const wellAgain = async (failed: string) => {
      const outcome = await release();
      expect(outcome.failed).toBe(failed);
      expect(outcome.back?.code).toBe(0);
      expect(bench.relay.commit).toBe(first);
      return outcome.back?.output;
    };

    test("when the migrations fail, and says that migrations stay", async () => {
      const before = bench.railway.has(first, "SUCCESS");
      bench.write("fake/fail-migrations", "");
      const output = await wellAgain("migrate");
      expect(bench.railway.mutations.at(-1)).toBe(`deploymentRollback ${first}`);
      expect(output).toContain(`rolled back: ${before.id} of ${first} runs again in production, and is well`);
      expect(output).toContain("Migrations that were applied stay applied");
      expect(bench.json("evidence/rollback.json")).toMatchObject({ to: before.id, commit: first });
    });

    test("when a smoke test fails", async () => {
      bench.railway.has(first, "SUCCESS");
      bench.relay.flaws.add("no csp");
      await wellAgain("smoke");
    });

    test("when the health check answers as another commit until the time is over", async () => {
      bench.railway.has(first, "SUCCESS");
      await deploy();
      bench.relay.flaws.add("another commit");
      const { code, output } = await wait();
      expect(code).toBe(1);
      expect(output).toContain(`answers 200, but not as ${second}`);
      bench.relay.flaws.clear();
      expect((await rollback()).code).toBe(0);
      expect(bench.relay.commit).toBe(first);
    });

    test("without a rollback, when the deployment never went live", async () => {
      const before = bench.railway.has(first, "SUCCESS");
      bench.railway.next = ["BUILDING", "FAILED"];
      const output = await wellAgain("wait");
      expect(output).toContain(`The new deployment never went live: ${before.id} still runs`);
      expect(bench.railway.mutations).toEqual([`serviceInstanceDeployV2 ${second}`]);
    });

    test("after it has stopped what is still being built", async () => {
      bench.railway.has(first, "SUCCESS");
      bench.railway.next = ["BUILDING"];
      await wellAgain("wait");
      expect(bench.railway.mutations).toEqual([`serviceInstanceDeployV2 ${second}`, `deploymentCancel ${second}`]);
    });

    test("by building it again, when Railway keeps its image no more", async () => {
      bench.railway.has(first, "SUCCESS");
      bench.write("fake/fail-migrations", "");
      bench.railway.refused.add("deploymentRollback");
      await wellAgain("migrate");
      expect(bench.railway.mutations.slice(1)).toEqual([
        `deploymentRollback ${first}`,
        `serviceInstanceDeployV2 ${first}`,
      ]);
    });

    test("when the run was stopped before Railway said which deployment it started", async () => {
      bench.railway.has(first, "SUCCESS");
      await deploy();
      bench.write("fake/output", bench.read("fake/output").replace(/^deployment=.*\n/m, ""));
      bench.railway.deployments.at(-1)?.next.splice(0);
      expect((await rollback()).code).toBe(0);
      expect(bench.railway.mutations.at(-1)).toBe(`deploymentCancel ${second}`);
    });
  });

  describe("says loudly that a rollback failed", () => {
    test.each([
      [
        "is refused",
        () => bench.railway.refused.add("deploymentRollback").add("serviceInstanceDeployV2"),
        "Railway refused",
      ],
      ["is built and crashes", () => (bench.railway.nextRollback = ["DEPLOYING", "CRASHED"]), "it is CRASHED"],
      ["is not well", () => bench.relay.flaws.add("sick"), "answers 503"],
    ])("that %s", async (_what, broken, reason) => {
      const before = bench.railway.has(first, "SUCCESS");
      await deploy();
      await wait();
      broken();
      const { code, output } = await rollback();
      expect(code).toBe(1);
      expect(output).toContain("::error title=ROLLBACK FAILED in production::");
      expect(output).toContain(reason);
      expect(output).toContain(`choose Rollback at ${before.id} (commit ${first})`);
      expect(bench.read("fake/summary")).toContain("### ROLLBACK FAILED in production");
    });

    test("that has nothing to go back to", async () => {
      await deploy();
      const { code, output } = await rollback();
      expect(code).toBe(1);
      expect(output).toContain("there is no deployment to go back to: this was the first");
    });
  });

  describe("after a run that died", () => {
    test("takes over what is being built of the same commit", async () => {
      bench.railway.has(first, "SUCCESS");
      const left = bench.railway.has(second, "BUILDING");
      left.next.push("SUCCESS");
      const { code, output } = await deploy();
      expect(code).toBe(0);
      expect(output).toContain(`Railway has ${left.id} of ${second} already, not verified yet: this run takes it over`);
      expect(bench.railway.mutations).toEqual([]);
      expect((await wait()).code).toBe(0);
    });

    test("takes over what went live unverified, and goes back to the last that was verified", async () => {
      const good = bench.railway.has(first, "REMOVED", true);
      tag(first);
      const left = bench.railway.has(second, "SUCCESS");
      const { output } = await deploy();
      expect(bench.output("deployment")).toBe(left.id);
      expect(bench.output("previous")).toBe(good.id);
      expect(output).toContain(`${left.id} of ${second} runs without having been verified`);
    });

    test("of another commit, goes back past it to the last that was verified", async () => {
      const good = bench.railway.has(first, "REMOVED", true);
      tag(first);
      bench.railway.has(second, "SUCCESS");
      const third = bench.commit("0003_third.sql");
      await deploy({ RELEASE_SHA: third });
      expect(bench.railway.mutations).toEqual([`serviceInstanceDeployV2 ${third}`]);
      expect(bench.output("previous")).toBe(good.id);
    });

    test("doesn't deploy while Railway deploys something else", async () => {
      bench.railway.has(first, "SUCCESS");
      bench.railway.has("a".repeat(40), "WAITING");
      const { code, output } = await deploy();
      expect(code).toBe(1);
      expect(output).toContain("If nobody started it, switch automatic deployments off: Settings, Source");
      expect(bench.output("began")).toBe("");
    });
  });

  describe("a rollback by hand", () => {
    const back = () => deploy({ MODE: "rollback", RELEASE_SHA: first });

    test("restores the image that Railway keeps", async () => {
      const kept = bench.railway.has(first, "REMOVED", true);
      bench.railway.has(second, "SUCCESS");
      expect((await back()).code).toBe(0);
      expect(bench.railway.mutations).toEqual([`deploymentRollback ${first}`]);
      expect(bench.output("deployment")).not.toBe(kept.id);
      expect(bench.output("deployment")).toBe(bench.railway.deployments.at(-1)?.id);
    });

    test("builds the commit again when Railway keeps none", async () => {
      bench.railway.has(second, "SUCCESS");
      const { output } = await back();
      expect(output).toContain(`Railway keeps no image of ${first}; it is built again`);
      expect(bench.railway.mutations).toEqual([`serviceInstanceDeployV2 ${first}`]);
    });

    test("to what runs already changes nothing", async () => {
      const runs = bench.railway.has(first, "SUCCESS");
      expect((await back()).code).toBe(0);
      expect(bench.output("deployment")).toBe(runs.id);
      expect(bench.railway.mutations).toEqual([]);
    });
  });

  describe("is refused before anything is changed", () => {
    test.each([
      [
        "a token that Railway doesn't take",
        { RAILWAY_TOKEN: "wrong" },
        "Railway doesn't take the token (HTTP 200, Not Authorized)",
      ],
      ["an empty token", { RAILWAY_TOKEN: "" }, "the secret is empty in this environment"],
      ["a token with a line break", { RAILWAY_TOKEN: "a\nX-Other: b" }, "the Railway token has white space in it"],
      ["a stage that isn't deployed to", { STAGE: "dev" }, "there is no stage dev"],
      ["an API without TLS", { RAILWAY_API: "http://example.com" }, "must begin with https://"],
    ])("with %s", async (_what, env, message) => {
      const { code, output } = await deploy(env);
      expect(code).not.toBe(0);
      expect(output).toContain(message);
      expect(bench.railway.mutations).toEqual([]);
    });

    test("with the token of another environment", async () => {
      bench.railway.environmentName = "staging";
      const { code, output } = await deploy();
      expect(code).toBe(1);
      expect(output).toContain(
        "the token of the stage production is for the Railway environment staging; expected one for production",
      );
    });

    test.each([
      ["another repository", "somebody/else"],
      ["no repository", null],
    ])("when the service builds from %s", async (what, repository) => {
      bench.railway.repository = repository;
      const { code, output } = await deploy();
      expect(code).toBe(1);
      expect(output).toContain(`builds from ${repository ?? what}; expected example/relay: connect it`);
    });

    test("when Railway refuses the commit", async () => {
      const before = bench.railway.has(first, "SUCCESS");
      bench.railway.refused.add("serviceInstanceDeployV2");
      const { code, output } = await deploy();
      expect(code).toBe(1);
      expect(output).toContain(`HTTP 200, no serviceInstanceDeployV2 today; ${before.id} still runs`);
    });
  });

  test("questions are asked again when Railway's API has a hiccup", async () => {
    bench.railway.has(first, "SUCCESS");
    bench.railway.failures = 2;
    const { code, output } = await deploy();
    expect(code).toBe(0);
    expect(output).toContain("Railway's API: HTTP 502; asked again");
  });

  test("an API that stays away fails the run, and names the reason", async () => {
    bench.railway.failures = 100;
    const { code, output } = await deploy();
    expect(code).toBe(1);
    expect(output).toContain("HTTP 502");
    expect(bench.output("began")).toBe("");
  });
});
