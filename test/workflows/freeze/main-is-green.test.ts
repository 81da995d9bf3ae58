import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { summit } from "../../../services/summit";
import { freezeFiles } from "../../../workflows/freeze/freeze-files";
import { FREEZE_SCRIPT } from "../../../workflows/freeze/names";
import { describeWith } from "../../support/programs";
import { RepositoryStandIn, type Run } from "./repository-stand-in";

const RED = "main is red; nothing is merged but its repair (label fix/main)";

describeWith(["curl", "jq"], "main-is-green.sh (SUM-12)", () => {
  let github: RepositoryStandIn;
  let directory: string;

  beforeEach(async () => {
    github = new RepositoryStandIn();
    await github.start();
    github.roles.set("mia", "maintain").set("ada", "admin").set("walt", "write");
    directory = mkdtempSync(join(tmpdir(), "gatehouse-freeze-"));
    const script = freezeFiles(summit).find(({ path }) => path === FREEZE_SCRIPT);
    writeFileSync(join(directory, "run.sh"), script?.content ?? "");
  });
  afterEach(async () => {
    await github.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  /** The script over `main` with these runs, the oldest first; without any as it was. */
  async function reconcile(...conclusions: readonly (string | null | Run)[]) {
    if (conclusions.length > 0) {
      github.runs = conclusions
        .map((run, index) =>
          typeof run === "object" && run !== null ? run : { run_number: index + 1, conclusion: run },
        )
        .toReversed();
    }
    const child = spawn("bash", [join(directory, "run.sh")], {
      env: {
        PATH: process.env.PATH,
        GITHUB_API_URL: github.url,
        GITHUB_REPOSITORY: "openclaw/summit",
        GH_TOKEN: "token-of-the-run",
        PAUSE_SECONDS: "0",
      },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data) => {
        output += data;
      });
    const code = await new Promise<number | null>((done) => child.on("close", done));
    return { code, output };
  }

  const seen = (number: number) => {
    const pull = github.pulls.get(number);
    return { labels: [...(pull?.labels ?? [])], state: pull?.status?.state, said: pull?.status?.description };
  };

  test("while main is red all open pull requests are labelled and their check is red; when it is green again, both go", async () => {
    github.open(1);
    github.open(2, ["bug"]);
    const red = await reconcile("success", "failure");
    expect(red.output).toContain("main is red since ccccccc: https://example.com/2");
    expect(red.output).toContain("✓ 2 open pull request(s) say so");
    expect(red.code).toBe(0);
    expect(seen(1)).toEqual({ labels: ["freeze/main-red"], state: "failure", said: RED });
    expect(seen(2)).toEqual({ labels: ["bug", "freeze/main-red"], state: "failure", said: RED });
    expect(github.pulls.get(1)?.status?.target_url).toBe("https://example.com/2");
    await reconcile("success", "failure", "success");
    expect(seen(1)).toEqual({ labels: [], state: "success", said: "main is green" });
    expect(seen(2)).toEqual({ labels: ["bug"], state: "success", said: "main is green" });
  });

  test("a second time it changes nothing; a pull request that came meanwhile, or whose label was taken off, is brought in line", async () => {
    github.open(1);
    await reconcile("failure");
    expect(github.writes).toEqual([`POST statuses/${"1".padStart(40, "0")}`, "POST issues/1/labels"]);
    await reconcile();
    expect(github.writes).toHaveLength(2);
    github.open(2);
    github.pulls.get(1)?.labels.clear();
    await reconcile();
    expect(github.writes.slice(2)).toEqual([
      `POST statuses/${"2".padStart(40, "0")}`,
      "POST issues/1/labels",
      "POST issues/2/labels",
    ]);
  });

  test("red twice is red once", async () => {
    github.open(1);
    await reconcile("failure");
    await reconcile("failure", "timed_out");
    expect(github.writes).toHaveLength(2);
    expect(seen(1).state).toBe("failure");
  });

  test.each(["cancelled", "skipped", "neutral", "stale", "action_required", null])(
    "a run that ended with %j says nothing: the one before decides",
    async (conclusion) => {
      github.open(1);
      await reconcile("failure", conclusion);
      expect(seen(1).state).toBe("failure");
      await reconcile("success", conclusion);
      expect(seen(1).state).toBe("success");
    },
  );

  test("runs of other branches and of other events don't count, and the newest commit decides, not the run that ended last", async () => {
    github.open(1);
    await reconcile(
      { run_number: 1, conclusion: "success" },
      { run_number: 2, conclusion: "failure", head_branch: "feat/x" },
      { run_number: 3, conclusion: "failure", event: "schedule" },
    );
    expect(seen(1).state).toBe("success");
    await reconcile({ run_number: 5, conclusion: "success" }, { run_number: 4, conclusion: "failure" });
    expect(seen(1).state).toBe("success");
  });

  test("a main without any result stops nobody: its first result needs a merge", async () => {
    github.open(1);
    const { output } = await reconcile("cancelled");
    expect(output).toContain("no run of pr.yml on main has come to a verdict yet");
    expect(seen(1)).toEqual({ labels: [], state: "success", said: "main has no result yet" });
  });

  test("the pull request that a maintainer says repairs main can be merged; the next red main is another one", async () => {
    github.open(1, ["fix/main", "freeze/main-red"], "mia");
    github.open(2, ["fix/main"], "ada");
    github.open(3);
    await reconcile("failure");
    expect(seen(1)).toEqual({ labels: ["fix/main"], state: "success", said: "repairs main, says mia" });
    expect(seen(2)).toEqual({ labels: ["fix/main"], state: "success", said: "repairs main, says ada" });
    expect(seen(3).state).toBe("failure");
    await reconcile("failure", "success");
    expect(seen(1)).toEqual({ labels: [], state: "success", said: "main is green" });
    await reconcile("failure", "success", "failure");
    expect(seen(1).state).toBe("failure");
  });

  test.each([
    ["somebody who may only push", "walt"],
    ["an outsider", "eve"],
    ["a workflow", "github-actions[bot]"],
    ["somebody whose account is gone", null],
  ])("the label of the repair set by %s counts for nothing", async (_who, login) => {
    github.open(1, ["fix/main"], login);
    await reconcile("failure");
    expect(seen(1)).toEqual({ labels: ["fix/main", "freeze/main-red"], state: "failure", said: RED });
  });

  test("who set the label last decides", async () => {
    github.open(1, ["fix/main"], "mia").labelled.push(["bug", "mia"], ["fix/main", "walt"]);
    await reconcile("failure");
    expect(seen(1).state).toBe("failure");
  });

  test("250 pull requests are read in three pages", async () => {
    for (let number = 1; number <= 250; number++) {
      github.open(number).status = { state: "success", description: "main is green" };
    }
    const { output } = await reconcile("success");
    expect(output).toContain("✓ 250 open pull request(s) say so");
    expect(github.queries).toHaveLength(3);
    expect(github.writes).toEqual([]);
  });

  test("GitHub's wish for a pause is granted", async () => {
    github.open(1);
    github.faults.push(
      { path: "/statuses/", status: 403, body: { message: "You have exceeded a secondary rate limit." } },
      { path: "/labels", status: 403, body: { message: "You have exceeded a secondary rate limit." } },
    );
    const { code, output } = await reconcile("failure");
    expect(output).toContain("GitHub asks for a pause");
    expect(code).toBe(0);
    expect(seen(1)).toEqual({ labels: ["freeze/main-red"], state: "failure", said: RED });
  });

  test("one that can't be changed stops no other, and the run fails, so that it is seen", async () => {
    github.open(1);
    github.open(2);
    github.faults.push({ path: "/statuses/", status: 422, body: { message: "No commit found\n::error::x" } });
    const { code, output } = await reconcile("failure");
    expect(output).toContain(`::warning::HTTP 422 for statuses/${"1".padStart(40, "0")}: No commit found ::error::x`);
    expect(output).toContain("::error::1 change(s) were not taken; the next run tries again");
    expect(code).toBe(1);
    expect(seen(2).state).toBe("failure");
    expect((await reconcile()).code).toBe(0);
    expect(seen(1).state).toBe("failure");
  });

  test.each([
    ["/runs", 404, {}, "the runs of pr.yml can't be read (HTTP 404"],
    ["/runs", 200, { message: "no list" }, "GitHub's answer is no list of runs"],
    ["/graphql", 401, { message: "Bad credentials" }, "the pull requests can't be read (HTTP 401, Bad credentials)"],
    ["/graphql", 200, { errors: [{ message: "timeout" }] }, "GitHub's answer is no list of pull requests"],
    ["/graphql", 200, { data: null }, "GitHub's answer is no list of pull requests"],
    ["/permission", 403, { message: "Forbidden" }, "what mia may do can't be read (HTTP 403, Forbidden)"],
  ])("what can't be read changes nothing: %s %d %j", async (path, status, body, said) => {
    github.open(1, ["fix/main"]);
    github.faults.push({ path, status, body });
    const { code, output } = await reconcile("failure");
    expect(output).toContain(`::error::${said}`);
    expect(output).toContain("nothing was changed");
    expect(code).toBe(1);
    expect(github.writes).toEqual([]);
  });
});
