import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildTwiceScript } from "../../../workflows/ci/build-twice-script";
import { describeWith } from "../../support/programs";
import { GitSandbox } from "./git-sandbox";

describeWith(["git", "bash"], "build-twice.sh (MAE-10)", () => {
  let sandbox: GitSandbox;
  let temporary: string;
  beforeEach(() => {
    sandbox = new GitSandbox(buildTwiceScript("maestro"));
    temporary = join(sandbox.root, "..", `${sandbox.root.split("/").at(-1)}-tmp`);
    mkdirSync(temporary);
    sandbox.commit({ "src/a.txt": "source\n", "src/with space é.txt": "more\n" });
  });
  afterEach(() => {
    // Whatever came of it, nothing is left: no copy of the repository, and Git knows of none.
    expect(readdirSync(temporary)).toEqual([]);
    expect(sandbox.git("worktree", "list").split("\n")).toHaveLength(1);
    rmSync(temporary, { recursive: true });
    sandbox.remove();
  });

  const build = (command: string, output = "dist", more: NodeJS.ProcessEnv = {}) =>
    sandbox.run({ COMMAND: command, OUTPUT: output, TMPDIR: temporary, ...more });

  test("finds two builds alike, and says their digest", () => {
    const said = join(sandbox.root, "..", "github-output");
    const { status, output } = build('mkdir dist && cp src/* dist && ln -s a.txt "dist/link"', "dist", {
      GITHUB_OUTPUT: said,
    });
    expect(output).toMatch(/✓ both builds have sha256:[0-9a-f]{64} \(3 files\)/);
    expect(status).toBe(0);
    expect(readFileSync(said, "utf8")).toMatch(/^digest=sha256:[0-9a-f]{64}\n$/);
    rmSync(said);
  });

  test("builds what is committed, and leaves the working copy alone", () => {
    sandbox.write("src/a.txt", "edited\n");
    const { status } = build("grep -x source src/a.txt >dist");
    expect(status).toBe(0);
    expect(readFileSync(join(sandbox.root, "src/a.txt"), "utf8")).toBe("edited\n");
    expect(readdirSync(sandbox.root)).not.toContain("dist");
  });

  test.each([
    ["a time", "mkdir dist && date +%s%N >dist/out"],
    ["a path", "mkdir dist && pwd >dist/out"],
    ["a random name", "mkdir dist && mktemp dist/XXXXXXXX >/dev/null"],
    ["a time zone", "mkdir dist && date +%z >dist/out"],
    ["a mode", 'mkdir dist && touch dist/out && if [ "$TZ" = UTC ]; then chmod +x dist/out; fi'],
    ["a link", 'mkdir dist && ln -s "$PWD" dist/out'],
  ])("finds two builds that differ by %s, and says in which files", (_what, command) => {
    const { status, output } = build(command);
    expect(output).toMatch(/^[-+](?:file|executable|link) [0-9a-f]{64} \.\/dist\//m);
    expect(output).toMatch(/✗ two builds of [0-9a-f]{40} differ in the files above: .*reproducible-builds\.org/);
    expect(status).toBe(1);
  });

  test.each([
    ["fails", "exit 7", "dist", "✗ the build failed (exit 7); see above"],
    ["makes something else", "mkdir other", "dist", '✗ the build made no "dist"; correct the command or the output'],
    ["makes nothing", "mkdir dist", "dist", '✗ the build left "dist" empty; correct the command or the output'],
    ["leads out", "true", "../dist", '✗ OUTPUT is "../dist"; expected a path inside the repository'],
    ["is absolute", "true", "/etc", '✗ OUTPUT is "/etc"; expected a path inside the repository'],
  ])("a build that %s is refused", (_what, command, output, said) => {
    const run = build(command, output);
    expect(run.output).toContain(said);
    expect(run.status).toBe(1);
  });

  test("the command finds nothing of the workflow that it could write to", () => {
    const { status, output } = build(
      'mkdir dist && echo "${GITHUB_OUTPUT-none} ${GITHUB_ENV-none}" | tee dist/x',
      "dist",
      {
        GITHUB_OUTPUT: "/dev/null",
        GITHUB_ENV: join(tmpdir(), "nobody-writes-here"),
      },
    );
    expect(output).toContain("none none");
    expect(status).toBe(0);
  });
});
