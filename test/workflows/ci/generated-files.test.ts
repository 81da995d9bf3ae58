import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { GENERATED_FILES_SCRIPT, generatedFilesScript } from "../../../workflows/ci/generated-files-script";
import { blobId, MANIFEST, manifest } from "../../../workflows/manifest";
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

const script = generatedFilesScript("pos");
const FILES = [
  script,
  { path: "docs/with space é.md", content: "# Made\n", executable: false },
  { path: "@", content: "at\n", executable: false },
  { path: "scripts/run.sh", content: "#!/bin/sh\n", executable: true },
];

let root: string;

function git(...words: readonly string[]): string {
  return execFileSync("git", words, { cwd: root, env: ENVIRONMENT, encoding: "utf8" }).trim();
}

function write(path: string, content: string, executable = false): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
  chmodSync(join(root, path), executable ? 0o755 : 0o644);
}

function check(directory = root): { readonly status: number | null; readonly output: string } {
  git("add", "--all");
  git("commit", "--quiet", "--allow-empty", "--message", "chore: x");
  const run = spawnSync("bash", [join(root, GENERATED_FILES_SCRIPT)], {
    cwd: directory,
    env: ENVIRONMENT,
    encoding: "utf8",
  });
  return { status: run.status, output: run.stdout + run.stderr };
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "generated files-"));
  git("init", "--quiet", "--initial-branch=main");
  git("config", "core.autocrlf", "false");
  for (const { path, content, executable } of [...FILES, manifest("pos", FILES)]) write(path, content, executable);
  write("src/index.ts", "mine\n");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describeWith(["git", "bash", "jq"], "the check of generated files", () => {
  it("passes what was delivered, from any directory of the repository", () => {
    const well = { status: 0, output: "✓ generated files are as they were delivered\n" };
    expect(check()).toEqual(well);
    expect(check(join(root, "src"))).toEqual(well);
  });

  it("leaves files alone that aren't Gatehouse's", () => {
    write("src/index.ts", "changed\n");
    write("docs/mine.md", "# Mine\n");
    expect(check().status).toBe(0);
  });

  it.each<[string, () => void, string]>([
    [
      "edited",
      () => write("docs/with space é.md", "# Mine\n"),
      `✗ edited by hand (git diff ${blobId("# Made\n")} ${blobId("# Mine\n")} shows how): docs/with\\ space\\ é.md`,
    ],
    ["deleted", () => rmSync(join(root, "@")), `✗ deleted by hand (git cat-file blob ${blobId("at\n")} has it): @`],
    [
      "no longer executable",
      () => write("scripts/run.sh", "#!/bin/sh\n"),
      "✗ its mode is 100644; 100755 was delivered: scripts/run.sh",
    ],
    [
      "replaced by a link",
      () => {
        rmSync(join(root, "scripts/run.sh"));
        symlinkSync("../src/index.ts", join(root, "scripts/run.sh"));
      },
      "✗ no longer an ordinary file: scripts/run.sh",
    ],
  ])("refuses a file that was %s", (_what, change, message) => {
    change();
    expect(check()).toEqual({
      status: 1,
      output: `${message}\n1 generated file(s) differ from what was delivered; put them back, and change services/pos.ts and run npx gatehouse files pos --pull-request\n`,
    });
  });

  it("tells all of them at once", () => {
    write("@", "x\n");
    write("scripts/run.sh", "x\n");
    expect(check().output).toContain("2 generated file(s)");
  });

  it("what it points to shows the edit, and puts the file back", () => {
    check();
    write("@", "edited\n");
    const { output } = check();
    const [, diff = "", ...ids] = /\(git (diff) (\w+) (\w+)/.exec(output) ?? [];
    expect(git("--no-pager", diff, ...ids)).toContain("-at\n+edited");
  });

  it.each([
    ["missing", () => rmSync(join(root, MANIFEST))],
    ["no JSON", () => write(MANIFEST, "{")],
    ["of another version", () => write(MANIFEST, '{"version":2,"files":{}}')],
  ])("does not pass when the manifest is %s", (_what, change) => {
    change();
    expect(check()).toMatchObject({
      status: 2,
      output: expect.stringContaining(
        ".github/gatehouse.lock.json is missing or unreadable: without it nobody knows which files were delivered",
      ),
    });
  });

  it("quotes names, so that a manifest can't forge a line of the log", () => {
    const forged = { version: 1, files: { "a\r::error::forged": `100644 ${"0".repeat(40)}` } };
    write(MANIFEST, JSON.stringify(forged));
    const { output } = check();
    expect(output).toContain("$'a\\r::error::forged'");
  });
});
