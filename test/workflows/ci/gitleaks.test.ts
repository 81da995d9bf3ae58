import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitleaksJob } from "../../../workflows/ci/gitleaks";
import { gitleaksScript } from "../../../workflows/ci/gitleaks-script";
import type { WorkflowJob } from "../../../workflows/workflow";
import { describeWith } from "../../support/programs";
import { GitSandbox } from "./git-sandbox";

/** Looks like a token of GitHub to Gitleaks, and is none: nobody made it. Put together here, so that this file doesn't carry it. */
const NO_TOKEN = ["ghp", "_", "n0tAr3alT0kenJustForThisTestXyz12345Q"].join("");

describeWith(["git", "bash", "gitleaks"], "gitleaks.sh (SUM-6)", () => {
  let sandbox: GitSandbox;
  beforeEach(() => {
    sandbox = new GitSandbox(gitleaksScript("summit"));
  });
  afterEach(() => sandbox.remove());

  test("is green when no commit has a secret", () => {
    sandbox.commit({ "README.md": "hello\n" });
    const { status, output } = sandbox.run();
    expect(output).toContain("✓ no secret in any commit, nor in the files");
    expect(status).toBe(0);
  });

  test("finds a secret in an old commit that a newer one has taken away, and doesn't show it", () => {
    sandbox.commit({ "config.txt": `token = "${NO_TOKEN}"\n` });
    sandbox.commit({ "config.txt": "token = none\n" });
    const { status, output } = sandbox.run();
    expect(output).toContain("✗ secrets were committed (listed above, redacted)");
    expect(output).toContain("config.txt");
    expect(output).not.toContain(NO_TOKEN);
    expect(status).toBe(1);
  });

  test("leaves out what .gitleaksignore names", () => {
    sandbox.commit({ "config.txt": `token = "${NO_TOKEN}"\n` });
    sandbox.commit({ ".gitleaksignore": "config.txt:github-pat:1\n" });
    expect(sandbox.run().status).toBe(0);
  });

  test("given a base, looks at the commits since then and at the files as they are", () => {
    sandbox.commit({ "old.txt": `token = "${NO_TOKEN}"\n` });
    const base = sandbox.commit({ "old.txt": "token = none\n" });
    sandbox.commit({ "new.txt": "hello\n" });
    expect(sandbox.run({}, [base])).toMatchObject({
      status: 0,
      output: expect.stringContaining(`✓ no secret in a commit since ${base.slice(0, 7)}, nor in the files`),
    });
    expect(sandbox.run({}, [""]).status).toBe(1);
    sandbox.commit({ "new.txt": `token = "${NO_TOKEN}"\n` });
    sandbox.commit({ "new.txt": "hello\n" });
    expect(sandbox.run({}, [base])).toMatchObject({ status: 1, output: expect.stringContaining("new.txt") });
  });

  test("finds what only a merge brought", () => {
    sandbox.commit({ a: "1\n" });
    sandbox.git("switch", "--quiet", "--create", "side");
    sandbox.commit({ b: "1\n" });
    sandbox.git("switch", "--quiet", "main");
    const base = sandbox.commit({ c: "1\n" });
    sandbox.git("merge", "--quiet", "--no-commit", "side");
    sandbox.commit({ "merged.txt": `token = "${NO_TOKEN}"\n` });
    expect(sandbox.run({}, [base])).toMatchObject({ status: 1, output: expect.stringContaining("merged.txt") });
  });

  test("leaves reports that show nothing, and takes its own for no file of the repository", () => {
    sandbox.commit({ "config.txt": `token = "${NO_TOKEN}"\n` });
    expect(sandbox.run({ REPORTS: "my reports" }).status).toBe(1);
    const reports = readdirSync(join(sandbox.root, "my reports")).sort();
    expect(reports).toEqual(["commits.sarif", "files.sarif"]);
    for (const report of reports) {
      const text = readFileSync(join(sandbox.root, "my reports", report), "utf8");
      expect(text).not.toContain(NO_TOKEN);
      expect(JSON.parse(text).runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe("config.txt");
    }
  });

  test.each(["0".repeat(40), "no-such-branch", "--output=x", "HEAD; true"])("has no verdict on the base %j", (base) => {
    sandbox.commit({ a: "1\n" });
    expect(sandbox.run({}, [base])).toEqual({
      status: 2,
      output: "the base is no commit that this clone has; fetch it and run this again\n",
    });
  });

  test("refuses a clone that lacks commits", () => {
    sandbox.commit({ a: "1\n" });
    sandbox.commit({ a: "2\n" });
    const other = new GitSandbox(gitleaksScript("summit"));
    other.git("fetch", "--quiet", "--depth=1", `file://${sandbox.root}`, "main");
    other.git("reset", "--quiet", "--hard", "FETCH_HEAD");
    const { status, output } = other.run();
    expect(output).toContain("this clone is shallow: it lacks commits");
    expect(status).toBe(2);
    other.remove();
  });
});

describeWith(["git", "bash"], "gitleaks.sh where Gitleaks is not installed", () => {
  const directory = mkdtempSync(join(tmpdir(), "gatehouse-go-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  // The system's own directories have no Gitleaks.
  const PATH = `${directory}:/usr/bin:/bin`;

  /** Plays Go: says a hash, and makes a Gitleaks that finds nothing. */
  function go(sum: string): { readonly status: number | null; readonly output: string } {
    const answers = `case "$1" in mod) echo '{ "Sum": "${sum}" }' ;; install) mkdir "$GOBIN"; printf '#!/bin/sh\n' >"$GOBIN/gitleaks"; chmod +x "$GOBIN/gitleaks"; echo "built $2" ;; esac`;
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, "go"), `#!/bin/sh\n${answers}\n`);
    chmodSync(join(directory, "go"), 0o755);
    const sandbox = new GitSandbox(gitleaksScript("summit"));
    sandbox.commit({ a: "1\n" });
    const result = sandbox.run({ PATH });
    sandbox.remove();
    return result;
  }

  const absent = spawnSync("gitleaks", ["version"], { env: { PATH: "/usr/bin:/bin" } }).error !== undefined;
  (absent ? test : test.skip)("it is built of the module that is pinned", () => {
    expect(go("h1:PmEvCfVI7ti9dV3s5aMZUY7sS2GxRvG3yzih7E+cS3w=")).toEqual({
      status: 0,
      output: "built github.com/zricethezav/gitleaks/v8@v8.30.1\n✓ no secret in any commit, nor in the files\n",
    });
  });

  (absent ? test : test.skip)("a module of another hash is not built", () => {
    const { status, output } = go("h1:b3RoZXI=");
    expect(output).toContain("github.com/zricethezav/gitleaks/v8@v8.30.1 is not what it was: its hash is not h1:");
    expect(output).not.toContain("built");
    expect(status).toBe(2);
  });
});

describe("a job of kind gitleaks", () => {
  const job: WorkflowJob = gitleaksJob("leaks", {
    kind: "gitleaks",
    name: "Gitleaks",
    gate: "security",
    timeoutMinutes: 10,
    keepDays: 30,
  });

  test("has its own name, looks since the base of the pull request, and may only read", () => {
    expect(job).toMatchObject({ name: "Gitleaks", permissions: { contents: "read" } });
    expect(job.steps[0]).toMatchObject({ with: { "fetch-depth": 0 } });
    expect(job.steps[1]).toMatchObject({
      env: { BASE: { expression: "github.event.pull_request.base.sha" } },
      run: '.github/tools/gitleaks.sh "$BASE"',
    });
  });

  test("keeps its reports also when it found something", () => {
    expect(job.steps[2]).toMatchObject({ if: "!cancelled()", with: { "retention-days": 30 } });
  });
});
