import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { maestro } from "../../../services/maestro";
import { checkNames } from "../../../workflows/check-names";
import { ciWorkflow } from "../../../workflows/ci/ci-workflow";
import { summaryFiles } from "../../../workflows/summary/summary-files";
import { type Fault, GithubStandIn } from "../../support/github/github-stand-in";
import type { StandInRepository, StandInRun } from "../../support/github/stand-in-repository";
import { describeWith } from "../../support/programs";
import { junit, zipOf } from "./zip-of";

const MARKER = "<!-- gatehouse:pr-summary -->";
const RUN = 77;

describeWith(["curl", "jq", "python3"], "pr-summary.sh (MAE-1, SUM-4)", () => {
  let github: GithubStandIn;
  let repository: StandInRepository;
  let directory: string;
  let sha: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "gatehouse-summary-"));
    for (const { path, content } of summaryFiles(maestro)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), content);
    }
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  beforeEach(async () => {
    github = await GithubStandIn.start();
    repository = github.repository("openclaw/maestro", { "README.md": "maestro\n" });
    sha = repository.push("feat/x", { "README.md": "changed\n" });
    repository.pulls.push({
      number: 7,
      head: "feat/x",
      base: "main",
      title: "t",
      body: null,
      state: "open",
      mergedAt: null,
      sha,
    });
    ended(RUN);
  });
  afterEach(async () => {
    await github.close();
    expect(github.problems).toEqual([]);
  });

  /** A run of CI on the newest commit of the branch. */
  function ended(id: number, run: Partial<StandInRun> = {}): StandInRun {
    const made: StandInRun = {
      id,
      path: ".github/workflows/pr.yml",
      event: "pull_request",
      number: id,
      branch: "feat/x",
      sha,
      attempt: 1,
      status: "completed",
      conclusion: "success",
      jobs: checkNames(ciWorkflow(maestro)).map(({ name }) => ({ name, conclusion: "success" })),
      artifacts: [],
      ...run,
    };
    repository.runs.push(made);
    return made;
  }

  async function summarize(id: number | string = RUN) {
    const child = spawn("bash", ["scripts/pr-summary.sh"], {
      cwd: directory,
      env: {
        PATH: process.env.PATH,
        GITHUB_API_URL: github.environment.GITHUB_BASE_URL?.replace(/\/$/, ""),
        GITHUB_REPOSITORY: "openclaw/maestro",
        GH_TOKEN: "token-of-the-run",
        RUN_ID: String(id),
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

  const said = () => repository.comments.filter(({ login }) => login === "github-actions[bot]").map(({ body }) => body);

  /** The number of a call, where no report is fetched and no comment is there. */
  const CALL = { run: 0, pulls: 1, runs: 2, jobs: 3, artifacts: 4, zip: 5, pull: 5, comments: 6, write: 7 } as const;

  test("makes one comment, updates it when CI ends otherwise, and writes nothing when nothing has changed", async () => {
    const { code, output } = await summarize();
    expect(output).toBe(`✓ the comment on pull request #7 says how pr.yml ended on ${sha.slice(0, 7)}\n`);
    expect(code).toBe(0);
    expect(said()).toEqual([expect.stringContaining("### ✓ CI: 15 of 15 required checks passed")]);
    expect(said()[0]).toMatch(/^<!-- gatehouse:pr-summary -->\n/);
    const again = ended(78);
    again.jobs = again.jobs.map((job) => (job.name === "lint" ? { ...job, conclusion: "failure" } : job));
    await summarize(78);
    expect(said()).toEqual([expect.stringContaining("### ✗ CI: 14 of 15 required checks passed")]);
    await summarize(78);
    expect(github.writes.map((write) => write.replace(/\d+$/, "…"))).toEqual([
      "POST /repos/openclaw/maestro/issues/7/comments",
      "PATCH /repos/openclaw/maestro/issues/comments/…",
    ]);
  });

  test("reads the reports of the newest attempt, by the names that the declaration knows, and hands its token to nobody else", async () => {
    const run = repository.runs[0];
    run?.artifacts.push(
      { name: "junit-unit-1-1", content: zipOf({ "unit.xml": junit({ old: "failed" }) }) },
      { name: "junit-unit-1-2", content: zipOf({ "unit.xml": junit({ a: "passed", b: "failed" }) }) },
      { name: "junit-unit-1-3", content: Buffer.from("gone"), expired: true },
      { name: "junit-unit-2-1x", content: Buffer.from("no") },
      { name: "junit-../../x-1-1", content: Buffer.from("no") },
      { name: "junit-contract-1-1", content: Buffer.from(""), size: 1_000_000_000 },
      { name: "flaky-tests-2", content: zipOf({ "flake-index.json": '{"failures": 0, "runs": 40}' }) },
      { name: "sbom", content: Buffer.from("{}") },
    );
    const { code } = await summarize();
    expect(code).toBe(0);
    const [text = ""] = said();
    expect(text).toContain("| `unit` | 1 | 1 | 0 | 1 of 2 |");
    expect(text).toContain("- `unit`: `c › b`");
    expect(text).toContain("the artifact has more than 5000000 bytes");
    expect(text).toContain("Flake index: 0.0000, 0 failures that passed on a later try, of 40 runs of tests");
    expect(text).toContain("SBOM: [kept](https://github.com/openclaw/maestro/actions/runs/77/artifacts/77007)");
    expect(github.calls.filter(({ path }) => path.endsWith("/zip"))).toHaveLength(2);
  });

  test("an artifact that GitHub doesn't give is no report, and hides no other", async () => {
    repository.runs[0]?.artifacts.push({
      name: "junit-smoke-1-1",
      content: zipOf({ "r.xml": junit({ a: "passed" }) }),
    });
    github.faults.set(CALL.zip, { status: 403, message: "no\n::error::x" });
    const { code, output } = await summarize();
    expect(code).toBe(0);
    expect(output).toContain("::warning::the artifact junit-smoke-1-… can't be fetched (HTTP 403, no ::error::x)");
    expect(said()[0]).toContain("- The report of `smoke`, part 1, can't be read: GitHub did not give it");
  });

  test("250 jobs are read in three pages", async () => {
    const run = repository.runs[0];
    if (run !== undefined)
      run.jobs = [...Array.from({ length: 250 }, (_, at) => ({ name: `x${at}`, conclusion: "success" })), ...run.jobs];
    await summarize();
    expect(said()[0]).toContain("### ✓ CI: 15 of 15");
    expect(said()[0]).toContain("250 jobs of the run are not declared on main");
  });

  test("a fork's pull request is found by owner and branch, and another fork's branch of that name is not", async () => {
    const [pull] = repository.pulls.splice(0);
    const fork = { id: 666, owner: "eve" };
    if (pull !== undefined) repository.pulls.push({ ...pull, fork });
    await summarize();
    expect(said()).toEqual([]);
    ended(78, { fork });
    const { output } = await summarize(78);
    expect(output).toContain("✓ the comment on pull request #7");
    expect(said()).toHaveLength(1);
  });

  test("an older commit's run says nothing", async () => {
    await summarize();
    const [before] = said();
    const old = ended(76, { sha, jobs: [] });
    sha = repository.push("feat/x", { "README.md": "changed again\n" });
    const { code, output } = await summarize(old.id);
    expect(output).toContain("the commit of this run, as its newest; nothing to say");
    expect(code).toBe(0);
    expect(said()).toEqual([before]);
  });

  test("a pull request that moves on while its comment is written keeps what it has", async () => {
    const at = CALL.pull;
    github.faults.set(at, { status: 500, message: "wait" });
    const running = summarize();
    while (github.calls.length <= at) await new Promise((done) => setTimeout(done, 5));
    repository.push("feat/x", { "README.md": "changed again\n" });
    expect((await running).output).toContain("pull request #7 has moved on; its comment is left to the newer run");
    expect(github.writes).toEqual([]);
  });

  test("of two runs on one commit the newer counts, whichever ends last", async () => {
    const newer = ended(78, { status: "in_progress", conclusion: null, jobs: [] });
    expect((await summarize(RUN)).output).toContain("is under way, and will say how it ended");
    expect(said()).toEqual([]);
    newer.status = "completed";
    await summarize(78);
    const [text] = said();
    expect(text).toContain("[run 78]");
    await summarize(RUN);
    expect(said()).toEqual([text]);
  });

  test.each([
    ["another workflow's", { path: ".github/workflows/evil.yml" }],
    ["a push's", { event: "push" }],
  ])("%s run has nothing to say", async (_whose, run) => {
    ended(90, run);
    const { code, output } = await summarize(90);
    expect(output).toContain("run 90 is none of pr.yml for a pull request; nothing to say");
    expect(code).toBe(0);
  });

  test("a closed pull request hears nothing", async () => {
    const [pull] = repository.pulls;
    if (pull !== undefined) pull.state = "closed";
    expect((await summarize()).output).toContain("nothing to say");
    expect(github.writes).toEqual([]);
  });

  test("a comment that a person deleted is made again; one of a person or of another app is never touched", async () => {
    repository.say(7, `${MARKER}\nmine`, "mia");
    repository.say(7, `${MARKER}\nanother app's`, "evil[bot]");
    repository.say(7, `quoted: ${MARKER}`);
    await summarize();
    repository.comments = repository.comments.filter(({ body }) => !body.includes("required checks"));
    await summarize();
    expect(repository.comments.map(({ body }) => body)).toEqual([
      `${MARKER}\nmine`,
      `${MARKER}\nanother app's`,
      `quoted: ${MARKER}`,
      expect.stringContaining("15 of 15 required checks"),
    ]);
    expect(github.writes).toHaveLength(2);
  });

  test("is found among hundreds", async () => {
    for (let at = 0; at < 50; at++) repository.say(7, "a word", "mia");
    const ours = repository.say(7, `${MARKER}\nan older summary`);
    await summarize();
    expect(ours.body).toContain("15 of 15 required checks");
    expect(said()).toHaveLength(1);
  });

  test("two at once leave one comment", async () => {
    const both = await Promise.all([summarize(), summarize()]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    await summarize();
    expect(said()).toEqual([expect.stringContaining("15 of 15 required checks")]);
  });

  test("of two that are there the older is kept and brought up to date", async () => {
    const first = repository.say(7, `${MARKER}\none`);
    repository.say(7, `${MARKER}\ntwo`);
    await summarize();
    expect(said()).toHaveLength(1);
    expect(repository.comments).toEqual([first]);
    expect(first.body).toContain("15 of 15 required checks");
  });

  const refused = (status: number, message: string): Fault => ({ status, message });

  test.each<[string, Fault]>([
    ["429", refused(429, "slow down")],
    ["a secondary limit", refused(403, "You have exceeded a secondary rate limit.")],
    ["500", refused(500, "no")],
    ["a cut connection before it", "cut before"],
    ["a cut connection after it", "cut after"],
  ])("%s to the new comment: it looks again, and there is one", async (_what, fault) => {
    github.faults.set(CALL.write, fault);
    const { code } = await summarize();
    expect(code).toBe(0);
    expect(said()).toEqual([expect.stringContaining("15 of 15 required checks")]);
  });

  test("404 to an update: somebody deleted it meanwhile, and it is made again", async () => {
    const ours = repository.say(7, `${MARKER}\nold`);
    const at = CALL.write;
    github.faults.set(at, refused(404, "Not Found"));
    const running = summarize();
    while (github.calls.length <= at) await new Promise((done) => setTimeout(done, 5));
    repository.comments = [];
    expect((await running).code).toBe(0);
    expect(said()).toEqual([expect.stringContaining("15 of 15 required checks")]);
    expect(repository.comments[0]).not.toBe(ours);
  });

  test.each([
    [403, "Resource not accessible by integration"],
    [422, "Unable to create comment because issue is locked."],
  ])("%d to the new comment ends it, with GitHub's words", async (status, message) => {
    github.faults.set(CALL.write, refused(status, message));
    const { code, output } = await summarize();
    expect(output).toContain(`::error::the comment can't be kept (HTTP ${status}, ${message})`);
    expect(code).toBe(1);
    expect(said()).toEqual([]);
  });

  test.each<[keyof typeof CALL, Fault, string]>([
    ["run", refused(404, "Not Found"), "run 77 can't be read (HTTP 404, Not Found)"],
    ["pulls", refused(403, "no"), "the pull requests of its branch can't be read (HTTP 403, no)"],
    ["runs", refused(422, "no"), "the runs of pr.yml can't be read (HTTP 422, no)"],
    ["jobs", refused(403, "a\n::error::b"), "the jobs can't be read (HTTP 403, a ::error::b)"],
    ["artifacts", refused(404, "no"), "the artifacts can't be read (HTTP 404, no)"],
    ["pull", refused(403, "no"), "pull request 7 can't be read (HTTP 403, no)"],
    ["comments", refused(403, "no"), "the comments can't be read (HTTP 403, no)"],
    ["jobs", refused(200, "no list"), "GitHub's answer is no list of jobs"],
  ])("what can't be read changes nothing: %s", async (call, fault, words) => {
    github.faults.set(CALL[call], fault);
    const { code, output } = await summarize();
    expect(output).toContain(`::error::${words}; the comment is as it was`);
    expect(code).toBe(1);
    expect(github.writes).toEqual([]);
  });

  test("a connection that is cut while it reads is tried again", async () => {
    github.faults.set(CALL.jobs, "cut before");
    expect((await summarize()).code).toBe(0);
    expect(said()).toHaveLength(1);
  });

  test("a run's number that is none is refused", async () => {
    expect(await summarize("7/../x")).toMatchObject({
      code: 1,
      output: expect.stringContaining("::error::RUN_ID is 7/../x; expected the number of a run"),
    });
  });
});
