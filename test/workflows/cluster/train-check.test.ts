import type { Service } from "../../../declaration/service";
import { organization } from "../../../services/organization";
import { summit } from "../../../services/summit";
import { trainFiles } from "../../../workflows/cluster/train-files";
import { describeWith } from "../../support/programs";
import { type Environment, TrainBench } from "./train-bench";

describeWith(["git"], "what the release train lets go on", () => {
  let bench: TrainBench;
  let first: string;
  let second: string;
  beforeEach(() => {
    bench = new TrainBench(trainFiles(summit as Service, organization));
    bench.initialize();
    first = bench.commit("a", "1", "feat: first");
    second = bench.commit("a", "2", "feat: second ::error:: @everyone");
  });
  afterEach(() => bench.dispose());

  const check = (env: Environment = {}) =>
    bench.run("train-check.sh", { ACTION: "release", COMMIT: second, REASON: "because", ...env });
  async function refused(env: Environment): Promise<string> {
    const { code, output } = await check(env);
    expect(code).toBe(1);
    expect(bench.read("output")).toBe("");
    return output;
  }

  test("a merge goes on; its reason is its message, on one line and without commands", async () => {
    expect(await check({ GITHUB_EVENT_NAME: "push", REASON: "" })).toMatchObject({ code: 0 });
    expect(bench.read("output")).toBe(
      `action=release\ncommit=${second}\nchange=\ndigest=\nreason=merged: feat: second : :error: : @everyone\nreleased=no\n`,
    );
  });

  test.each([
    ["feat: pay by card (#123)", "123"],
    ["revert: pay by card (#123) (#130)", "130"],
    ["fix: what (#7) broke", ""],
    ["fix: a thing (#0)", ""],
    ["fix: a thing (#12a)", ""],
    ["fix: a thing (#1234567890)", ""],
  ])("a commit called %j came by the pull request %j", async (subject, change) => {
    const merged = bench.commit("a", subject, subject);
    expect(await check({ COMMIT: merged })).toMatchObject({ code: 0 });
    expect(bench.output("change")).toBe(change);
  });

  test("only the title names the pull request, not the text below it", async () => {
    const merged = bench.commit("a", "3", "feat: third\n\nsee (#9)");
    expect(await check({ COMMIT: merged })).toMatchObject({ code: 0 });
    expect(bench.output("change")).toBe("");
  });

  test("a commit of main that was released is known as such", async () => {
    bench.git("tag", `prod-20260101-1200-${first.slice(0, 7)}`, first);
    bench.git("tag", "prod-not-ours", second);
    expect(await check({ COMMIT: first })).toMatchObject({ code: 0 });
    expect(bench.output("released")).toBe("yes");
    expect(await check()).toMatchObject({ code: 0 });
    expect(bench.output("released")).toBe("no");
  });

  test("a reason can't write another output", async () => {
    expect(await check({ REASON: "well\ncommit=evil" })).toMatchObject({ code: 0 });
    expect(bench.output("commit")).toBe(second);
    expect(bench.output("reason")).toBe("well commit=evil");
  });

  test("a commit that is not on main is refused", async () => {
    bench.git("checkout", "--quiet", "-b", "feat/x");
    bench.write("clone/b", "");
    bench.git("add", "--all");
    bench.git("commit", "--quiet", "--message", "feat: x");
    const other = bench.git("rev-parse", "HEAD");
    expect(await refused({ COMMIT: other })).toContain(
      `::error::${other} is not on main; expected a commit of main; merge it first`,
    );
  });

  test.each([
    ["another branch", { GITHUB_REF: "refs/heads/feat/x" }, "started from refs/heads/feat/x; expected refs/heads/main"],
    [
      "an unknown action",
      { ACTION: "force" },
      "the variable ACTION is force; expected release, rollback or resume; choose one",
    ],
    [
      "a short commit",
      { COMMIT: "abc1234" },
      "the variable COMMIT is abc1234; expected 40 hexadecimal digits; copy the full SHA",
    ],
    ["a command", { COMMIT: "$(touch /tmp/x)" }, "the variable COMMIT is \\$\\(touch\\ /tmp/x\\); expected"],
    [
      "an unknown commit",
      { COMMIT: "f".repeat(40) },
      `${"f".repeat(40)} is no commit of this repository; expected one of main's history`,
    ],
    [
      "a start by hand without a reason",
      { REASON: "  " },
      "no reason came with the action release; expected why it is done",
    ],
    [
      "a rollback without a reason",
      { ACTION: "rollback", REASON: "" },
      "no reason came with the action rollback; expected why it is done",
    ],
    [
      "a digest to release",
      { DIGEST: `sha256:${"a".repeat(64)}` },
      "a digest came with the action release; expected one for rollback only",
    ],
    [
      "a tag to roll back to",
      { ACTION: "rollback", DIGEST: "v1" },
      "the variable DIGEST is v1; expected a digest; copy it as a release names it",
    ],
  ])("%s is refused", async (_what, env: Environment, message) => {
    expect(await refused(env)).toContain(`::error::${message}`);
  });

  describe("frozen by a rollback", () => {
    const freeze = (env: Environment = {}) =>
      bench.run("train-freeze.sh", {
        COMMIT: second,
        REASON: "release in prod: rolled-back to sha256:abc; it broke",
        ...env,
      });
    const remoteTag = () => bench.git("ls-remote", "origin", "refs/tags/frozen/rollback");

    beforeEach(async () => expect(await freeze()).toMatchObject({ code: 0 }));

    test("the tag is pushed, with why, when and in which run", () => {
      expect(remoteTag()).toContain("refs/tags/frozen/rollback");
      expect(bench.git("rev-parse", "frozen/rollback^{commit}")).toBe(second);
      const message = bench.git("for-each-ref", "--format=%(contents:subject)", "refs/tags/frozen/rollback");
      expect(message).toMatch(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ release in prod: rolled-back to sha256:abc; it broke\. Run: https:\/\/github\.com\/openclaw\/summit\/actions\/runs\/1$/,
      );
      expect(bench.read("summary")).toContain("git push origin --delete refs/tags/frozen/rollback");
    });

    test.each(["release", "resume"])("a %s is stopped, and told why and who can remove the tag how", async (action) => {
      const output = await refused({ ACTION: action });
      expect(output).toContain("::error::the train is frozen by the tag frozen/rollback: ");
      expect(output).toContain("it broke");
      expect(output).toContain(
        "@openclaw/release-captains (the role release-captain) may remove it: git push origin --delete refs/tags/frozen/rollback; then start this again",
      );
    });

    test("a rollback goes on", async () => {
      expect(await check({ ACTION: "rollback" })).toMatchObject({ code: 0 });
    });

    test("a second rollback leaves the tag as it is", async () => {
      const before = remoteTag();
      expect(await freeze({ COMMIT: first, REASON: "again" })).toMatchObject({ code: 0 });
      expect(remoteTag()).toBe(before);
    });

    test("the command that is told sets the train going again", async () => {
      bench.git("push", "--quiet", "origin", "--delete", "refs/tags/frozen/rollback");
      bench.git("tag", "--delete", "frozen/rollback");
      expect(await check()).toMatchObject({ code: 0 });
    });
  });

  test("a tag that can't be pushed fails, and says that the next merge would be released", async () => {
    bench.write("remote.git/hooks/pre-receive", "#!/bin/sh\necho 'a ruleset forbids it' >&2\nexit 1\n", true);
    const { code, output } = await bench.run("train-freeze.sh", { COMMIT: second, REASON: "because" });
    expect(code).toBe(1);
    expect(output).toContain("a ruleset forbids it");
    expect(output).toContain(
      "::error::the tag frozen/rollback could not be pushed, so the next merge would be released: push it by hand",
    );
  });
});
