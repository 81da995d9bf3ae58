import { openclawPos } from "../../../services/openclaw-pos";
import { organization } from "../../../services/organization";
import { releaseFiles } from "../../../workflows/release/release-files";
import { describeWith } from "../../support/programs";
import { FakeRelease } from "./fake-release";

describeWith(["git"], "the commit of a release", () => {
  let release: FakeRelease;
  let first: string;
  let second: string;
  const commit = (path: string, subject: string) => {
    release.write(`source/${path}`, subject);
    release.git("add", "--", path);
    release.git("commit", "--message", subject);
    return release.git("rev-parse", "HEAD");
  };

  beforeEach(() => {
    release = new FakeRelease(releaseFiles(openclawPos, organization));
    release.git("init", "--initial-branch", "main");
    first = commit("migrations/0001_first.sql", "feat: first");
    second = commit("migrations/0002_second.sql", "feat: ~~~~~~ second @everyone");
    release.git("update-ref", "refs/remotes/origin/main", second);
  });
  afterEach(() => release.dispose());

  describe("release-check-commit.sh", () => {
    const check = (env: Record<string, string>) =>
      release.run("scripts/release-check-commit.sh", {
        GITHUB_REF: "refs/heads/main",
        MODE: "release",
        RELEASE_SHA: second,
        ...env,
      });

    test("a commit of main goes on", async () => {
      expect(await check({ RELEASE_SHA: first })).toMatchObject({ code: 0 });
      expect(release.read("fake/output")).toBe(`sha=${first}\nmode=release\n`);
    });

    test("a commit that is not on main is refused", async () => {
      release.git("checkout", "--quiet", "-b", "feat/x");
      const other = commit("x", "feat: x");
      const { code, output } = await check({ RELEASE_SHA: other });
      expect(code).toBe(1);
      expect(output).toContain(`${other} is not on main; merge it first, only what is on main is released`);
    });

    test.each([
      ["a short SHA", { RELEASE_SHA: "abc1234" }, "the commit is not 40 hexadecimal digits; copy the full SHA"],
      ["a branch", { RELEASE_SHA: "main" }, "the commit is not 40 hexadecimal digits"],
      ["a shell command", { RELEASE_SHA: "$(touch /tmp/x)" }, "the commit is not 40 hexadecimal digits"],
      ["an unknown commit", { RELEASE_SHA: "f".repeat(40) }, `${"f".repeat(40)} is no commit of this repository`],
      [
        "another branch's dispatch",
        { GITHUB_REF: "refs/heads/feat/x" },
        "started from refs/heads/feat/x; releases run from main only",
      ],
      ["an unknown mode", { MODE: "force" }, "the mode is force; expected release or rollback"],
    ])("%s is refused", async (_what, env, message) => {
      const { code, output } = await check(env);
      expect(code).toBe(1);
      expect(output).toContain(message);
      expect(release.read("fake/output")).toBe("");
    });

    test("a rollback goes only to a commit that was released before", async () => {
      const refused = await check({ MODE: "rollback", RELEASE_SHA: first });
      expect(refused.code).toBe(1);
      expect(refused.output).toContain(`${first} was never released: no tag prod-* is on it`);
      release.git("tag", `prod-20260101-1200-${first.slice(0, 7)}`, first);
      expect(await check({ MODE: "rollback", RELEASE_SHA: first })).toMatchObject({ code: 0 });
    });
  });

  describe("release-tag.sh", () => {
    const tag = (env: Record<string, string> = {}) =>
      release.run("scripts/release-tag.sh", { MODE: "release", RELEASE_SHA: second, VERSION_ID: "v2", ...env });

    test("a tag of date, time and commit is made with commits and migrations since the one before", async () => {
      release.git("tag", `prod-20260101-1200-${first.slice(0, 7)}`, first);
      release.git("tag", "prod-not-ours", first);
      expect(await tag({ MIGRATION_NOTE: "index first ~~~~~~" })).toMatchObject({ code: 0 });
      expect(release.calls("gh release create")[0]).toMatch(
        new RegExp(`^gh release create prod-\\d{8}-\\d{4}-${second.slice(0, 7)} --target ${second} --title prod-`),
      );
      const notes = release.read("fake/notes.md");
      expect(notes).toContain(`Range: prod-20260101-1200-${first.slice(0, 7)}..${second}`);
      expect(notes).toContain("feat: ~ second @everyone");
      expect(notes).toContain("migrations/0002_second.sql");
      expect(notes).not.toContain("migrations/0001_first.sql");
      expect(notes).toContain(openclawPos.release.migrationNotes);
      expect(notes).toContain("index first ~\n~~~~~~");
    });

    test("the first release says so and lists all migrations", async () => {
      expect(await tag()).toMatchObject({ code: 0 });
      expect(release.read("fake/notes.md")).toContain("The first release");
      expect(release.read("fake/notes.md")).toContain("migrations/0001_first.sql");
    });

    test("a rollback names what it takes out, and that migrations stay", async () => {
      release.git("tag", `prod-20260101-1200-${second.slice(0, 7)}`, second);
      expect(await tag({ MODE: "rollback", RELEASE_SHA: first })).toMatchObject({ code: 0 });
      const notes = release.read("fake/notes.md");
      expect(notes).toContain("## Rollback");
      expect(notes).toContain("### Commits taken out of production");
      expect(notes).toContain("Migrations are not taken back; these stay applied:");
    });

    test("a release that exists already is taken up, not made twice", async () => {
      release.write("fake/release-exists", "");
      expect(await tag()).toMatchObject({ code: 0 });
      expect(release.calls("gh release create")).toEqual([]);
    });

    test("a tag that stands on another commit is never moved", async () => {
      // The minute may turn while the script starts, so the tag is there for this one and the next.
      for (const minutes of [0, 1]) {
        const time = new Date(Date.now() + minutes * 60_000).toISOString().replace(/[-:]/g, "");
        release.git("tag", `prod-${time.slice(0, 8)}-${time.slice(9, 13)}-${second.slice(0, 7)}`, first);
      }
      const { code, output } = await tag();
      expect(code).toBe(1);
      expect(output).toMatch(new RegExp(`the tag prod-\\S+ is on ${first} already, and tags don't move`));
      expect(release.calls("gh release create")).toEqual([]);
    });

    test("a release that could not be made fails", async () => {
      release.write("fake/fail-gh", "");
      const { code, output } = await tag();
      expect(code).toBe(1);
      expect(output).toContain("could not be made");
    });
  });
});
