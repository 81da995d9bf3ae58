import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gitHygieneScript } from "../../../workflows/ci/git-hygiene-script";
import { describeWith } from "../../support/programs";

const ENVIRONMENT = {
  PATH: process.env.PATH,
  HOME: "/nonexistent",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "A",
  GIT_AUTHOR_EMAIL: "a@example.com",
  GIT_COMMITTER_NAME: "A",
  GIT_COMMITTER_EMAIL: "a@example.com",
  LC_ALL: "C.UTF-8",
};

interface Change {
  readonly files?: Readonly<Record<string, string | Buffer>>;
  readonly executable?: readonly string[];
  readonly message?: string;
}

let root: string;
let script: string;

function git(...words: readonly string[]): string {
  return execFileSync("git", words, { cwd: root, env: ENVIRONMENT, encoding: "utf8" }).trim();
}

function commit({ files = {}, executable = [], message = "feat: something" }: Change): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
    if (executable.includes(path)) chmodSync(join(root, path), 0o755);
  }
  git("add", "--all");
  git("commit", "--quiet", "--allow-empty", "--message", message);
  return git("rev-parse", "HEAD");
}

function hygiene(base: string): { readonly status: number | null; readonly output: string } {
  const run = spawnSync("bash", [script, base], {
    cwd: root,
    env: { ...ENVIRONMENT, MAX_FILE_KILOBYTES: "2" },
    encoding: "utf8",
  });
  return { status: run.status, output: run.stdout + run.stderr };
}

/** The script over one change on top of a clean base. */
function over(change: Change): { readonly status: number | null; readonly output: string } {
  const base = commit({ files: { "README.md": "# Service\n" }, message: "base" });
  git("switch", "--quiet", "--create", "feat/x");
  commit(change);
  return hygiene(base);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "hygiene-"));
  script = join(root, ".git-hygiene-under-test.sh");
  git("init", "--quiet", "--initial-branch=main");
  git("config", "core.autocrlf", "false");
  writeFileSync(join(root, ".git/info/exclude"), ".git-hygiene-under-test.sh\n");
  writeFileSync(script, gitHygieneScript("sample").content);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describeWith(["git", "bash"], "git-hygiene", () => {
  it("passes a clean change", () => {
    const run = over({
      files: {
        "src/with space é.ts": "export {};\n",
        "run.sh": "#!/usr/bin/env bash\ntrue\n",
        "logo.png": Buffer.from([0x89, 0x50, 0, 13, 10, 0]),
      },
      executable: ["run.sh"],
    });
    expect(run).toEqual({ status: 0, output: "✓ nothing to complain about\n" });
  });

  it.each<[string, Change, string]>([
    [
      "conflict markers",
      { files: { "a.txt": "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n" } },
      "leftover conflict marker",
    ],
    ["white space at the end of a line", { files: { "a.txt": "text \n" } }, "trailing whitespace"],
    ["Windows line ends", { files: { "a.txt": "one\r\ntwo\r\n" } }, "Windows line ends; run dos2unix"],
    ["a large file", { files: { "big.bin": Buffer.alloc(2 * 1024 + 1) } }, "larger than 2 kB (2049 bytes)"],
    [
      "an executable without an interpreter",
      { files: { run: "echo hi\n" }, executable: ["run"] },
      "its first line names no interpreter",
    ],
    ["an executable that is empty", { files: { run: "" }, executable: ["run"] }, "its first line names no interpreter"],
    ["paths that differ in case", { files: { "readme.MD": "x\n" } }, "differs from another path only in case"],
    ["a fixup commit", { message: "fixup! feat: something" }, "a commit to be squashed"],
    ["a squash commit", { message: "squash! feat: something" }, "git rebase --interactive --autosquash"],
    ["an amend commit", { message: "amend! feat: something" }, "a commit to be squashed"],
  ])("refuses %s", (_what, change, message) => {
    const run = over(change);
    expect(run.output).toContain(message);
    expect(run.output).toMatch(/\n\d+ problem\(s\)\n$/);
    expect(run.status).toBe(1);
  });

  it("tells all problems at once", () => {
    const run = over({ files: { "a.txt": "text \n", "big.bin": Buffer.alloc(4096) }, message: "fixup! x" });
    expect(run.output).toContain("3 problem(s)");
  });

  it("says what the change brings, not what was there before", () => {
    commit({ files: { "old.txt": "old \r\n", "old.bin": Buffer.alloc(9000) }, message: "fixup! old" });
    const base = git("rev-parse", "HEAD");
    commit({ files: { "new.txt": "new\n" } });
    expect(hygiene(base).status).toBe(0);
  });

  it("starts where the branch left main, however far main has gone", () => {
    commit({ files: { "README.md": "# Service\n" } });
    git("switch", "--quiet", "--create", "feat/x");
    commit({ files: { "new.txt": "new\n" } });
    git("switch", "--quiet", "main");
    const base = commit({ files: { "bad.txt": "bad \n" } });
    git("switch", "--quiet", "feat/x");
    expect(hygiene(base).status).toBe(0);
  });

  it("looks at everything when there is no commit before", () => {
    commit({ files: { "a.txt": "text \n" } });
    expect(hygiene("0".repeat(40))).toMatchObject({
      status: 1,
      output: expect.stringContaining("trailing whitespace"),
    });
  });

  it("does not pass over a base it can't find", () => {
    commit({ files: { "a.txt": "text\n" } });
    expect(hygiene("f".repeat(40))).toMatchObject({
      status: 2,
      output: expect.stringContaining("no common commit of ffff"),
    });
  });

  it("quotes names, so that a file can't forge a line of the log", () => {
    const run = over({ files: { "a\n::error::forged": Buffer.alloc(4096) } });
    expect(run.output).toContain("$'a\\n::error::forged'");
    expect(run.output).not.toMatch(/^::error::/m);
  });

  it("leaves deleted files and symbolic links alone", () => {
    const base = commit({ files: { "gone.bin": Buffer.alloc(9000), "README.md": "# Service\n" } });
    git("rm", "--quiet", "gone.bin");
    execFileSync("ln", ["-s", "README.md", "link"], { cwd: root });
    commit({});
    expect(hygiene(base).status).toBe(0);
  });
});
