import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DryRun } from "../../../declaration/dry-run";
import { DRY_RUN_SCRIPT, DRY_RUNS_SCRIPT } from "../../../workflows/migrations/names";
import { describeWith } from "../../support/programs";
import { MigrationsBench, type Run } from "./migrations-bench";
import { PullRequestsStandIn } from "./pull-requests-stand-in";

const DRY_RUN: DryRun = {
  environment: "migrations",
  connection: "PG_DRYRUN_CONN",
  applied: { schema: "public", table: "schema_migrations", column: "version" },
  blocking: true,
};
const UP = "db/migrations/0003_notes.up.sql";
const WAITS = "migrations-dry-run pending: waits for its dry run";

describeWith(["git", "curl", "jq"], "migrations-dry-runs.sh (SUM-7)", () => {
  let bench: MigrationsBench;
  let github: PullRequestsStandIn;

  beforeEach(async () => {
    bench = new MigrationsBench(DRY_RUN);
    bench.git("switch", "--quiet", "main");
    github = new PullRequestsStandIn(bench.directory);
    await github.start();
  });
  afterEach(async () => {
    await github.stop();
    bench.dispose();
  });

  /** What is asked of the job that looks, and what it leaves to the other. */
  async function look(commit = ""): Promise<Run & { readonly waiting: string }> {
    const output = join(bench.directory, "output");
    writeFileSync(output, "", { mode: 0o666 });
    const run = await bench.start(DRY_RUNS_SCRIPT, ["--look"], variables({ COMMIT: commit, GITHUB_OUTPUT: output }))
      .ended;
    return { ...run, waiting: /^waiting=(.*)$/m.exec(readFileSync(output, "utf8"))?.[1] ?? "" };
  }

  const attempt = (waiting: string): Promise<Run> =>
    bench.start(DRY_RUNS_SCRIPT, ["--try"], variables({ WAITING: waiting, CLONE_URL: "postgresql://the/clone" })).ended;

  const variables = (more: Readonly<Record<string, string>>) => ({
    GITHUB_API_URL: github.url,
    GITHUB_REPOSITORY: "openclaw/summit",
    GITHUB_RUN_ID: "7",
    GH_TOKEN: "token-of-the-run",
    PAUSE_SECONDS: "0",
    ...more,
  });

  /** In place of the script that runs SQL: it says what it was given, and ends as it is told. */
  function played(code: number, said = ""): void {
    const path = join(bench.directory, DRY_RUN_SCRIPT);
    writeFileSync(
      path,
      `#!/usr/bin/env bash\necho "clone $CLONE_URL, token \${GH_TOKEN:-none}"\ngit diff --name-status "$1" "$2"\n` +
        `git cat-file blob "$2:${UP}"\n${said === "" ? "" : `echo '${said}'\n`}exit ${code}\n`,
    );
    chmodSync(path, 0o755);
  }

  test("a pull request without migrations has its check at once, from a fork too; one with some waits", async () => {
    github.open(1, { "src/app.ts": "export {};\n" });
    github.open(2, { "README.md": "# Sample\n" }, true);
    const { commit } = github.open(3, { [UP]: "SELECT 1;\n" });
    const run = await look();
    expect(github.said).toEqual([
      "migrations-dry-run success: it touches no migration",
      "migrations-dry-run success: it touches no migration",
      WAITS,
    ]);
    expect(run).toMatchObject({ code: 0, waiting: `3:${commit}:-` });
    expect(run.output).toContain("✓ 3 open pull request(s), 1 to try\n");
  });

  test("a second look sets nothing again, and what has a verdict is not asked about", async () => {
    const { commit } = github.open(1, { [UP]: "SELECT 1;\n" });
    github.open(2, {});
    await look();
    github.asked.length = 0;
    expect((await look()).waiting).toBe(`1:${commit}:PENDING`);
    expect(github.said).toHaveLength(2);
    expect(github.asked.filter((path) => path.startsWith("compare"))).toHaveLength(1);
  });

  test("SQL from a fork waits for somebody who names its commit", async () => {
    const { commit } = github.open(1, { [UP]: "SELECT 1;\n" }, true);
    expect((await look()).waiting).toBe("");
    expect(github.said).toEqual([
      "migrations-dry-run pending: from a fork: whoever may start workflows reads it and has it tried (docs/migrations-dry-run.md)",
    ]);
    expect((await look(commit)).waiting).toBe(`1:${commit}:PENDING`);
    const other = await look("f".repeat(40));
    expect(other.output).toContain(`no open pull request has the commit ${"f".repeat(40)}`);
    expect(other.code).toBe(1);
    expect((await look("main; id")).output).toContain("main; id is no commit; write its 40 hexadecimal digits");
  });

  test("its files come over the API, at the commit; nothing of it is checked out, and the token stays here", async () => {
    const { commit } = github.open(1, {
      [UP]: "SELECT 'neu: ü';\n",
      "migrations-plan.md": "# Plan\n",
      "scripts/dry-run-migrations.sh": "echo theirs\n",
    });
    played(0);
    const run = await attempt(`1:${commit}:PENDING`);
    expect(run.output).toContain(
      `clone postgresql://the/clone, token none\nA\t${UP}\nA\tmigrations-plan.md\nSELECT 'neu: ü';\n`,
    );
    expect(run.code).toBe(0);
    expect(github.said).toEqual([
      "migrations-dry-run success: ran on a copy of the clone: there, back, and there again",
    ]);
    expect(bench.git("rev-parse", "HEAD")).toBe(bench.base);
    expect(bench.git("branch", "--list")).not.toContain(commit);
  });

  test("a failure is the check's, with its first reason; one that can't be tried stops none after it, and is tried again", async () => {
    const first = github.open(1, { [UP]: "SELECT 1;\n" });
    const second = github.open(2, { [UP]: "SELECT 2;\n" });
    played(1, "✗ 0003_notes.up.sql fails; correct it");
    const failed = await attempt(`1:${first.commit}:- 2:${second.commit}:-`);
    expect(failed.code).toBe(0);
    expect(github.said).toEqual(Array(2).fill("migrations-dry-run failure: 0003_notes.up.sql fails; correct it"));
    played(2);
    github.said.length = 0;
    const unsure = await attempt(`1:${first.commit}:- 2:${second.commit}:ERROR`);
    expect(unsure.output).toContain("::error::2 pull request(s) could not be tried");
    expect(unsure.code).toBe(1);
    // The second says so already.
    expect(github.said).toEqual(["migrations-dry-run error: the clone could not be used; the next run tries again"]);
    expect((await look()).waiting).toBe(`1:${first.commit}:ERROR`);
  });

  test.each([
    ["a name with a line break", { "db/migrations/0003\n::error::.sql": "SELECT 1;" }],
    ["a megabyte", { [UP]: `--${"x".repeat(1_000_000)}\n` }],
  ] as const)("%s is refused before anything is run", async (_what, files) => {
    const { commit } = github.open(1, files);
    played(0);
    const run = await attempt(`1:${commit}:-`);
    expect(run.output).not.toContain("clone postgresql");
    expect(github.said).toEqual([
      "migrations-dry-run failure: a file in db/migrations has a name or a kind that no migration has, or more than 1000000 bytes",
    ]);
  });

  test("what GitHub answers is not believed: another content, a list with an end, an error", async () => {
    const { commit } = github.open(1, { [UP]: "SELECT 1;\n" });
    played(0);
    const cases = [
      ["git/blobs", [200, { size: 1, content: "eA==" }], "a file is not what its id says"],
      ["git/trees", [200, { truncated: true, tree: [] }], "it has more files than GitHub lists"],
      ["git/commits", [503, { message: "Unavailable" }], "HTTP 503, Unavailable"],
      ["compare", [200, { merge_base_commit: { sha: "f".repeat(40) } }], "it left main at a commit that is not here"],
    ] as const;
    for (const [path, answer, said] of cases) {
      github.faults.set(path, answer);
      const run = await attempt(`1:${commit}:-`);
      expect(run.output).toContain(`::warning::#1: its files can't be read (${said})`);
      expect(run.output).not.toContain("clone postgresql");
      expect(run.code).toBe(1);
      github.faults.clear();
    }
    github.faults.set("graphql", [200, { errors: [{ message: "no" }] }]);
    expect((await look()).output).toContain("::error::GitHub's answer is no list of pull requests; nothing was done");
  });
});
