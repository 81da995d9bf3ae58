import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hotdash } from "../../../services/hotdash";
import { relay } from "../../../services/relay";
import { versionFiles, versionWorkflow } from "../../../workflows/versions/version-workflow";
import { FlyBench } from "../fly/fly-bench";
import { FAKE_GH } from "./fake-gh";

const manifest = (version: string) => JSON.stringify({ name: "hotdash", version });

describe("a tag becomes a version (HOT-4)", () => {
  let bench: FlyBench;

  beforeEach(async () => {
    bench = new FlyBench(versionFiles(hotdash));
    bench.write("bin/gh", FAKE_GH, true);
    await bench.start();
  });
  afterEach(() => bench.stop());

  /** A commit with this version of the package, and a tag on it. */
  function version(name: string, subject = `feat: what ${name} brings`): string {
    bench.write("source/package.json", manifest(name));
    bench.write("source/changed.txt", subject);
    bench.git("add", "--all");
    bench.git("commit", "--quiet", "--message", subject);
    bench.git("tag", `v${name}`);
    bench.git("update-ref", "refs/remotes/origin/main", "HEAD");
    return bench.git("rev-parse", "HEAD");
  }

  const run = (script: string, env: NodeJS.ProcessEnv) =>
    bench.run(`scripts/${script}.sh`, [], { SERVICE_URL: "", ...env });
  const check = (tag: string) => run("version-check", { TAG: tag });
  const pack = (name: string, commit: string) => run("version-package", { VERSION: name, COMMIT: commit });
  const publish = (name: string) => run("version-publish", { VERSION: name });
  const at = (file: string) => bench.read(`source/version/${file}`);

  describe("version-check.sh", () => {
    test.each(["1.2.3", "1.2.3-alpha", "1.2.3-alpha.0", "0.1.0-beta.12", "10.0.0-rc.1"])(
      "v%s goes on",
      async (name) => {
        const commit = version(name);
        expect(await check(`v${name}`)).toEqual({
          code: 0,
          output: `v${name} is version ${name} of ${commit}, on main\n`,
        });
        expect(bench.read("fake/output")).toBe(`version=${name}\ncommit=${commit}\n`);
      },
    );

    test.each(["v1.2", "v1.2.3-rc", "v1.2.3-dev.1", "v01.2.3", "v1.2.3+build", "1.2.3", "v1.2.3-rc.01", "v1.2.3\nx"])(
      "%p is no version",
      async (tag) => {
        expect(await check(tag)).toEqual({
          code: 1,
          output: expect.stringContaining("is no version; expected v1.2.3"),
        });
      },
    );

    test("a package of another version is refused, and a lock file of another", async () => {
      version("1.2.3");
      bench.git("tag", "v1.2.4");
      expect((await check("v1.2.4")).output).toContain(
        "package.json of v1.2.4 says 1.2.3; expected 1.2.4: npm version 1.2.4",
      );
      bench.write("source/package-lock.json", manifest("1.2.4"));
      version("1.2.5");
      expect((await check("v1.2.5")).output).toContain("package-lock.json of v1.2.5 says 1.2.4; expected 1.2.5");
    });

    test("a commit that is not on main gets none", async () => {
      version("1.0.0");
      bench.write("source/package.json", manifest("1.0.1"));
      bench.git("commit", "--quiet", "--all", "--message", "feat: elsewhere");
      bench.git("tag", "v1.0.1");
      expect((await check("v1.0.1")).output).toContain("which is not on main; merge it first");
      expect((await check("v9.9.9")).output).toContain("there is no tag v9.9.9 here");
    });
  });

  describe("version-package.sh", () => {
    test("packs the commit, the same bytes each time, with its SHA-256", async () => {
      const commit = version("1.2.3");
      expect((await pack("1.2.3", commit)).code).toBe(0);
      const [first, sum] = [readFileSync(join(bench.source, "version/hotdash-1.2.3.tar.gz")), at("SHA256SUMS")];
      execFileSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], {
        cwd: join(bench.source, "version"),
        stdio: "pipe",
      });
      const listed = execFileSync("tar", [
        "--list",
        "--gzip",
        "--file",
        join(bench.source, "version/hotdash-1.2.3.tar.gz"),
      ]);
      expect(listed.toString()).toContain("hotdash-1.2.3/package.json\n");
      await pack("1.2.3", commit);
      expect(readFileSync(join(bench.source, "version/hotdash-1.2.3.tar.gz")).equals(first)).toBe(true);
      expect(at("SHA256SUMS")).toBe(sum);
    });

    test("the notes have the commits since the version before, by their kind, in blocks that nothing closes", async () => {
      version("1.0.0");
      for (const subject of [
        "fix(cart): the total",
        "feat!: no more v1 API",
        "chore: tidy",
        "an old habit",
        "feat: ~~~~~~ @everyone",
      ])
        version(`1.1.0-rc.${bench.git("tag").split("\n").length}`, subject);
      const commit = version("1.1.0", "perf: faster");
      await pack("1.1.0", commit);
      const notes = at("notes.md").replace(/\([0-9a-f]{7,}\)/g, "(…)");
      expect(notes).toContain(`Since v1.0.0, up to ${commit}.`);
      const sections = notes.split("### ").slice(1);
      expect(sections.map((section) => section.split("\n")[0])).toEqual([
        "Breaking changes",
        "New",
        "Repaired",
        "Faster",
        "Other changes",
        "Checksum",
      ]);
      expect(sections[0]).toContain("no more v1 API (…)");
      expect(sections[1]).toContain("\n~ @everyone (…)\n");
      expect(sections[1]).not.toContain("~~~~~~ @");
      expect(sections[2]).toContain("the total (…)");
      expect(sections[4]).toContain("tidy (…)");
      expect(sections[4]).toContain("an old habit (…)");
    });

    test("a candidate's notes begin at the candidate before it, and the first version's at the beginning", async () => {
      await pack("1.0.0-rc.1", version("1.0.0-rc.1"));
      expect(at("notes.md")).toContain("The first version: everything up to");
      await pack("1.0.0-rc.2", version("1.0.0-rc.2"));
      expect(at("notes.md")).toContain("Since v1.0.0-rc.1, up to");
      await pack("1.0.0", version("1.0.0"));
      expect(at("notes.md")).toContain("The first version: everything up to");
      // A version that is mended later than a newer one was made counts from the one below it.
      version("2.0.0");
      await pack("1.0.1", version("1.0.1"));
      expect(at("notes.md")).toContain("Since v1.0.0, up to");
    });
  });

  describe("version-publish.sh", () => {
    const published = () =>
      existsSync(join(bench.fake, "github")) ? readdirSync(join(bench.fake, "github")).sort() : [];
    async function release(name: string) {
      await pack(name, version(name));
      return publish(name);
    }

    test("publishes tarball and checksum; what is no stable version as a candidate", async () => {
      expect((await release("1.0.0-rc.1")).output).toContain("✓ v1.0.0-rc.1 is published");
      expect(bench.calls("gh")).toContainEqual(
        "release create v1.0.0-rc.1 --verify-tag --title hotdash 1.0.0-rc.1 --notes-file version/notes.md --prerelease version/hotdash-1.0.0-rc.1.tar.gz version/SHA256SUMS",
      );
      expect(readdirSync(join(bench.fake, "github/v1.0.0-rc.1")).sort()).toEqual([
        "SHA256SUMS",
        "hotdash-1.0.0-rc.1.tar.gz",
        "notes",
      ]);
    });

    test("keeps the last three, says which it pruned, and leaves every tag", async () => {
      for (const name of ["1.0.0", "1.1.0", "1.2.0"]) await release(name);
      expect((await release("1.10.0")).output).toContain("pruned: v1.0.0; the newest stable version is 1.10.0");
      expect(published()).toEqual(["v1.1.0", "v1.10.0", "v1.2.0"]);
      expect(bench.git("tag").split("\n")).toContain("v1.0.0");
      expect(bench.calls("gh").join()).not.toContain("cleanup-tag");
    });

    test("candidates never push out the newest stable version, and what was just published stays", async () => {
      for (const name of ["1.0.0", "2.0.0-alpha.1", "2.0.0-beta.1", "2.0.0-rc.1"]) await release(name);
      expect(published()).toEqual(["v1.0.0", "v2.0.0-alpha.1", "v2.0.0-beta.1", "v2.0.0-rc.1"]);
      await release("2.0.0-rc.2");
      expect(published()).toEqual(["v1.0.0", "v2.0.0-beta.1", "v2.0.0-rc.1", "v2.0.0-rc.2"]);
      await release("2.0.0");
      expect(published()).toEqual(["v2.0.0", "v2.0.0-rc.1", "v2.0.0-rc.2"]);
      await release("0.9.1");
      expect(published()).toContain("v0.9.1");
    });

    test("releases of other tags are nobody's versions: they stay", async () => {
      bench.write("fake/github/nightly/notes", "");
      for (const name of ["1.0.0", "1.1.0", "1.2.0", "1.3.0"]) await release(name);
      expect(published()).toContain("nightly");
    });

    test("taken up where it ended: the same again is well, another checksum is refused", async () => {
      await release("1.0.0");
      expect((await publish("1.0.0")).output).toContain("v1.0.0 is published already, with the same checksum");
      bench.write("fake/github/v1.0.0/SHA256SUMS", "0\n");
      expect(await publish("1.0.0")).toEqual({
        code: 1,
        output: expect.stringContaining("published already, with another checksum; a version is never changed"),
      });
    });

    test("what is not what its checksum says is not published", async () => {
      await pack("1.0.0", version("1.0.0"));
      bench.write("source/version/hotdash-1.0.0.tar.gz", "something else");
      expect((await publish("1.0.0")).output).toContain(
        "::error::what was packed is not what its checksum says: nothing was published",
      );
      expect(published()).toEqual([]);
    });
  });
});

test("release.yml is started by version tags alone; only the job that publishes may write", () => {
  const workflow = versionWorkflow(hotdash);
  expect(workflow?.triggers).toEqual({ push: { tags: ["v*.*.*"] } });
  expect(Object.entries(workflow?.jobs ?? {}).map(([id, { permissions }]) => [id, permissions.contents])).toEqual([
    ["verify", "read"],
    ["package", "read"],
    ["publish", { access: "write", because: "to make the release, and to prune old ones" }],
  ]);
  expect(workflow?.jobs.package?.steps.at(-1)).toMatchObject({ with: { "retention-days": 90 } });
  expect(versionWorkflow(relay)).toBeUndefined();
  expect(versionFiles(relay)).toEqual([]);
});
