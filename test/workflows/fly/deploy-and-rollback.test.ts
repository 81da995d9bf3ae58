import { hotdash } from "../../../services/hotdash";
import { flyFiles } from "../../../workflows/fly/fly-files";
import { FAKE_GH } from "../versions/fake-gh";
import { FlyBench, TOKEN } from "./fly-bench";

const OLD = "a".repeat(40);
const HAND_MADE = "registry.fly.io/hotdash:deployment-01J";
const image = (commit: string) => `registry.fly.io/hotdash:${commit}`;

const SECRETS = {
  SHOPIFY_API_KEY: "key",
  SHOPIFY_API_SECRET: 'a"b # c',
  SUPABASE_SERVICE_KEY: "x#y",
  DATABASE_URL: "postgresql://u:p@h/d",
  SESSION_SECRET: `it's "said"`,
};

describe("a commit reaches Fly, and the release before comes back when it is not well (HOT-5, HOT-6)", () => {
  let bench: FlyBench;
  let commit: string;

  beforeEach(async () => {
    bench = new FlyBench(flyFiles(hotdash));
    bench.write("bin/gh", FAKE_GH, true);
    await bench.start();
    commit = bench.git("rev-parse", "HEAD");
    bench.releases({ image: HAND_MADE }, { image: image(OLD) }, { image: image("b".repeat(40)), status: "failed" });
    bench.machines(2);
  });

  afterEach(() => bench.stop());

  const deploy = (env: NodeJS.ProcessEnv = {}) =>
    bench.run("scripts/fly-deploy.sh", [], {
      STAGE: "production",
      MODE: "release",
      RELEASE_SHA: commit,
      SOURCE: bench.source,
      ...SECRETS,
      ...env,
    });

  const rollback = (...args: readonly string[]) => bench.run("scripts/fly-rollback.sh", args);

  describe("deployment", () => {
    test("sets the secrets, deploys with the settings of the stage, and asks the health check for the commit", async () => {
      const { code, output } = await deploy();
      expect({ code, output }).toEqual({
        code: 0,
        output: `✓ release: ${commit} runs in production, and is well at ${bench.url}\n`,
      });
      expect(bench.calls("flyctl")).toEqual([
        "releases --app hotdash --json",
        "secrets import --stage --app hotdash",
        `deploy ${bench.source} --config ${bench.source}/fly.production.toml --app hotdash --ha=false --yes --remote-only --image-label ${commit} --label org.opencontainers.image.revision=${commit} --env RELEASE_SHA=${commit}`,
        "machine list --app hotdash --json",
      ]);
      expect(bench.read("fake/output")).toBe(`began=yes\nprevious=${image(OLD)}\n`);
      expect(JSON.parse(bench.read("evidence/deployment.json"))).toEqual({
        stage: "production",
        mode: "release",
        commit,
        app: "hotdash",
        previous: image(OLD),
        url: bench.url,
      });
    });

    test("secrets reach flyctl's own reader as they are, and stand in no argument and no message", async () => {
      const { output } = await deploy();
      expect(bench.read("fake/secrets").split("\n")).toEqual([
        'SHOPIFY_API_KEY="""key"""',
        `SHOPIFY_API_SECRET='a"b # c'`,
        'SUPABASE_SERVICE_KEY="""x#y"""',
        'DATABASE_URL="""postgresql://u:p@h/d"""',
        `SESSION_SECRET="""it's "said""""`,
        "",
      ]);
      for (const secret of [...Object.values(SECRETS).slice(1), TOKEN]) {
        expect(bench.read("fake/calls")).not.toContain(secret);
        expect(output).not.toContain(secret);
      }
    });

    test("makes the Machines that are missing, and takes none away", async () => {
      bench.machines(1);
      expect((await deploy()).output).toContain("hotdash has 1 Machines, and gets 2");
      expect(bench.calls("flyctl")).toContain("scale count 2 --app hotdash --yes");
      bench.machines(5);
      bench.write("fake/calls", "");
      await deploy();
      expect(bench.calls("flyctl").join("\n")).not.toContain("scale");
    });

    test("a first deployment has nothing to go back to, and says so", async () => {
      bench.write("fake/releases.json", "null");
      const { code, output } = await deploy();
      expect(code).toBe(0);
      expect(output).toContain("::warning::there is no release to go back to: this is the first");
      expect(bench.read("fake/output")).toBe("began=yes\nprevious=\n");
    });

    test("a rollback takes the image that the commit was released with; without one it is built again", async () => {
      bench.releases({ image: image(commit) }, { image: image(OLD) });
      expect((await deploy({ MODE: "rollback" })).code).toBe(0);
      expect(bench.calls("flyctl")[2]).toContain(`--image ${image(commit)} --env RELEASE_SHA=${commit}`);
      bench.releases({ image: image(OLD) });
      bench.write("fake/calls", "");
      await deploy({ MODE: "rollback" });
      expect(bench.calls("flyctl")[2]).toContain("--remote-only");
    });

    test("is not well when another commit answers, or none: asked five times, ten seconds apart", async () => {
      bench.health = 503;
      const { code, output } = await deploy();
      expect(code).toBe(1);
      expect(output).toContain(`::error::hotdash runs ${commit}, and is not well: ${bench.url}/health answers 503`);
      expect(bench.calls("sleep")).toEqual(["10", "10", "10", "10"]);
      expect(bench.calls("curl")).toHaveLength(5);
    });

    test.each([
      [
        "fail-releases",
        'Error: Could not find App "hotdash"',
        "the releases of hotdash can't be read: Error: Could not find App",
      ],
      ["fail-secrets", "Error: unauthorized", "the secrets could not be set in hotdash: Error: unauthorized"],
      ["fail-deploy", "Error: smoke checks failed", "the deployment of "],
    ])("%s ends it with what Fly said", async (file, said, expected) => {
      bench.write(`fake/${file}`, `${said}\n`);
      const { code, output } = await deploy();
      expect(code).toBe(1);
      expect(output).toContain(`::error::${expected}`);
    });

    test.each([
      [{ STAGE: "prod" }, "there is no stage prod; the stages are"],
      [{ RELEASE_SHA: "main" }, "the commit is not 40 hexadecimal digits"],
      [{ SESSION_SECRET: "" }, "the secret SESSION_SECRET is empty in this environment; seal it, or set it"],
      [{ SESSION_SECRET: "a\nb" }, "the secret SESSION_SECRET has more than one line; encode it (base64)"],
      [{ FLY_API_TOKEN: "" }, "FLY_API_TOKEN: the secret is empty in this environment"],
    ])("%p is refused before anything is deployed", async (env, expected) => {
      const { code, output } = await deploy(env);
      expect(code).toBe(1);
      expect(output).toContain(expected);
      expect(bench.calls("flyctl").some((call) => call.startsWith("deploy"))).toBe(false);
    });

    test("a commit from before this pipeline is refused", async () => {
      bench.git("rm", "--quiet", "fly.production.toml");
      expect((await deploy()).output).toContain(
        "has no fly.production.toml; this pipeline can't deploy commits from before it",
      );
    });
  });

  describe("rollback", () => {
    beforeEach(() => bench.releases({ image: HAND_MADE }, { image: image(OLD) }, { image: image(commit) }));

    test("to the release before, with its own settings, a health check after it, and a record", async () => {
      bench.write("source/fly.production.toml", "# the settings of the second commit\n");
      bench.git("commit", "--quiet", "--all", "--message", "feat: another port");
      const second = bench.git("rev-parse", "HEAD");
      bench.releases({ image: image(commit) }, { image: image(second) }, { image: image(second) });
      const { code, output } = await rollback("--stage", "production", "--previous", "--confirm", "hotdash");
      expect({ code, output }).toEqual({
        code: 0,
        output: expect.stringContaining(`✓ ${image(commit)} runs again in production`),
      });
      expect(bench.calls("flyctl").at(-1)).toContain(`--image ${image(commit)} --env RELEASE_SHA=${commit}`);
      expect(bench.read("fake/config.toml")).toContain('app = "hotdash"');
      expect(JSON.parse(bench.read("evidence/rollback-production.json"))).toMatchObject({
        stage: "production",
        app: "hotdash",
        from: image(second),
        to: image(commit),
        result: "back",
      });
    });

    test("to an image of a release, by hand too; what is none is refused", async () => {
      const back = await rollback("--stage", "staging", "--image", HAND_MADE);
      expect(back.code).toBe(0);
      expect(back.output).toContain("The settings of its commit are not known here");
      expect(await rollback("--stage", "staging", "--image", "registry.fly.io/other:x")).toEqual({
        code: 1,
        output: expect.stringContaining(
          "✗ registry.fly.io/other:x is no image of a release of hotdash-staging that ended well",
        ),
      });
    });

    test.each([
      [[], "production goes back only when it is confirmed; expected --confirm hotdash"],
      [["--confirm", "yes"], "--confirm yes is not the name of the app; expected hotdash"],
    ])("production is confirmed by name: %p is refused, and nothing is changed", async (args, expected) => {
      const { code, output } = await rollback("--stage", "production", "--previous", ...args);
      expect(code).toBe(1);
      expect(output).toContain(expected);
      expect(bench.calls("flyctl")).toEqual(["releases --app hotdash --json"]);
    });

    test("one that fails is loud, says what to do by hand, and is in the record", async () => {
      bench.health = 500;
      const { code, output } = await bench.run(
        "scripts/fly-rollback.sh",
        ["--stage", "production", "--previous", "--confirm", "hotdash"],
        { GITHUB_ACTIONS: "true" },
      );
      expect(code).toBe(1);
      expect(output).toContain("::error title=ROLLBACK FAILED in production::");
      expect(output).toContain(
        "By hand: flyctl releases --app hotdash --image; flyctl deploy --app hotdash --config fly.production.toml",
      );
      expect(JSON.parse(bench.read("evidence/rollback-production.json"))).toMatchObject({ result: "failed" });
    });

    test("the record is an entry of GitHub's deployments too; if GitHub doesn't take it, the rollback is done all the same", async () => {
      bench.releases({ image: image(commit) }, { image: HAND_MADE });
      await rollback("--stage", "staging", "--previous");
      expect(JSON.parse(bench.read("fake/deployment"))).toMatchObject({
        ref: commit,
        environment: "staging",
        required_contexts: [],
        payload: { from: HAND_MADE, to: image(commit), result: "back" },
      });
      expect(bench.calls("gh").at(-1)).toContain("deployments/42/statuses --field state=success");
      bench.write("fake/fail-api", "HTTP 403\n");
      const { code, output } = await rollback("--stage", "staging", "--previous");
      expect({ code, output }).toEqual({
        code: 0,
        output: expect.stringContaining("rollback-staging.json only: GitHub did not take it: HTTP 403"),
      });
    });

    describe("to a version", () => {
      beforeEach(async () => {
        bench.write("source/package.json", JSON.stringify({ version: "1.2.3" }));
        bench.git("add", "--all");
        bench.git("commit", "--quiet", "--message", "feat: 1.2.3");
        bench.git("tag", "v1.2.3");
        commit = bench.git("rev-parse", "HEAD");
        await bench.run("scripts/version-package.sh", [], { VERSION: "1.2.3", COMMIT: commit });
        await bench.run("scripts/version-publish.sh", [], { VERSION: "1.2.3" });
        bench.write("source/fly.production.toml", "# settings of later\n");
        bench.write("fake/calls", "");
        expect(bench.read("fake/github/v1.2.3/SHA256SUMS")).toContain("hotdash-1.2.3.tar.gz");
      });

      const back = (...more: readonly string[]) =>
        rollback("--stage", "production", "--to", "v1.2.3", "--confirm", "hotdash", ...more);

      test("its image runs again, with the settings of its tarball", async () => {
        bench.releases({ image: image(commit) }, { image: HAND_MADE });
        const { code, output } = await back();
        expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining(`✓ ${image(commit)} runs again`) });
        expect(bench.calls("flyctl").at(-1)).toContain(`--image ${image(commit)} --env RELEASE_SHA=${commit}`);
        expect(bench.read("fake/config.toml")).toContain('app = "hotdash"');
      });

      test("an image that Fly has no more is built again from the tarball", async () => {
        expect((await back()).code).toBe(0);
        expect(bench.calls("flyctl").at(-1)).toMatch(/^deploy \S+\/source --config \S+ .*--remote-only --image-label/);
      });

      test("a tarball that is not what its checksum says is refused, and nothing is changed", async () => {
        bench.write("fake/github/v1.2.3/hotdash-1.2.3.tar.gz", "something else");
        const { code, output } = await back();
        expect(code).toBe(1);
        expect(output).toContain("hotdash-1.2.3.tar.gz is not what its checksum says: nothing was changed");
        expect(bench.calls("flyctl")).toEqual(["releases --app hotdash --json"]);
      });

      test("a checksum of another file, and a tarball of another commit than the tag's, are refused", async () => {
        const sums = bench.read("fake/github/v1.2.3/SHA256SUMS");
        bench.write("fake/github/v1.2.3/SHA256SUMS", `${sums}${sums}`);
        expect((await back()).output).toContain("SHA256SUMS of v1.2.3 is not that of hotdash-1.2.3.tar.gz");
        bench.write("fake/github/v1.2.3/SHA256SUMS", sums);
        bench.git("tag", "--force", "v1.2.3", "HEAD~1");
        expect((await back()).output).toContain(`was packed from the commit ${commit}; expected `);
        expect(bench.calls("flyctl").join()).not.toContain("deploy");
      });

      test.each([
        [["--to", "1.2"], "1.2 is no version; expected one such as 1.2.3"],
        [["--to", "1.2.4"], "there is no tag v1.2.4 here; fetch the tags"],
        [["--previous", "--to", "1.2.3"], "two places to go back to"],
      ])("%p is refused", async (args, expected) => {
        expect((await rollback("--stage", "staging", ...args)).output).toContain(expected);
      });

      test("a version whose release was pruned is named as such", async () => {
        bench.git("tag", "v0.1.0");
        expect((await rollback("--stage", "staging", "--to", "0.1.0")).output).toContain(
          "v0.1.0 has no release with a tarball, or it was pruned; those there are: gh release list",
        );
      });
    });

    test("without a release before there is nowhere to go", async () => {
      bench.releases({ image: image(commit) });
      expect((await rollback("--stage", "staging", "--previous")).output).toContain(
        `hotdash-staging has no release before ${image(commit)}: nothing was changed`,
      );
    });

    test.each([
      [["--previous"], "no stage; expected --stage and one of"],
      [["--stage", "production"], "nowhere to go back to; expected --previous, --to <version> or --image <image>"],
      [["--stage"], "--stage wants a value"],
      [["--force"], "--force is no option"],
      [["--stage", "prod", "--previous"], "there is no stage prod; the stages are"],
    ])("%p is refused", async (args, expected) => {
      const { code, output } = await rollback(...args);
      expect(code).toBe(1);
      expect(output).toContain(expected);
    });

    test("--help says how it is used", async () => {
      expect(await rollback("--help")).toEqual({
        code: 0,
        output: expect.stringContaining("--stage <stage> and one of"),
      });
    });
  });
});
