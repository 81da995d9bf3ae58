import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DocsPolicyJob } from "../../../declaration/docs-policy-job";
import { checkNames } from "../../../workflows/check-names";
import { ciWorkflow } from "../../../workflows/ci/ci-workflow";
import { docsPolicyTool } from "../../../workflows/ci/docs-policy";
import { minimalService } from "../../declaration/fixture";
import { describeWith } from "../../support/programs";
import { GitSandbox } from "./git-sandbox";

const JOB: DocsPolicyJob = {
  kind: "docs-policy",
  name: "Docs Policy",
  gate: "lint",
  timeoutMinutes: 5,
  allow: ["README.md", "docs/**"],
};
const script = docsPolicyTool("tiny", "docs-policy", JOB);

test("the check has the name that the declaration gives it", () => {
  const { ci, ...service } = minimalService;
  expect(
    checkNames(ciWorkflow({ ...service, ci: { jobs: { ...ci.jobs, "docs-policy": JOB } } })).map(({ name }) => name),
  ).toEqual(["test", "Docs Policy"]);
});

describeWith(["git", "python3"], "docs-policy.py (HOT-9)", () => {
  let sandbox: GitSandbox;
  beforeEach(() => {
    sandbox = new GitSandbox(script);
  });
  afterEach(() => sandbox.remove());

  test("is green where all documents lie in allowed paths", () => {
    sandbox.commit({ "README.md": "", "docs/a.md": "", "docs/deep/er.mdx": "", "src/main.ts": "", LICENSE: "" });
    expect(sandbox.run()).toEqual({ status: 0, output: "✓ 3 Markdown files, all where they may be\n" });
  });

  test("names each that lies elsewhere, and says what to do", () => {
    sandbox.commit({ "README.md": "", "notes.md": "", "src/DESIGN.MD": "", "src/a.markdown": "", "readme.md": "" });
    const { status, output } = sandbox.run();
    expect(output).toBe(
      [
        "✗ move or remove notes.md: no allowed path has it",
        "✗ move or remove readme.md: no allowed path has it",
        "✗ move or remove src/DESIGN.MD: no allowed path has it",
        "✗ move or remove src/a.markdown: no allowed path has it",
        "4 of 5 Markdown files lie outside the allowed paths. Move each with git mv, or remove it with git rm. Allowed are:",
        "  README.md",
        "  docs/**",
        "A new place for documents goes into ci.jobs.docs-policy.allow of the declaration of the service.",
        "",
      ].join("\n"),
    );
    expect(status).toBe(1);
  });

  test("takes names for names, whatever characters they have", () => {
    sandbox.commit({
      "docs/späße/ü.md": "",
      "docs/two\nlines.md": "",
      "späße/ü.md": "",
      "two\nREADME.md": "",
      "::error::no.md": "",
      "docs\nx.md": "",
      " .md": "",
      "##[error]no.md": "",
      "docs\u202e/x.md": "",
      "-n.md": "",
    });
    const { status, output } = sandbox.run();
    expect(status).toBe(1);
    expect(output).toContain("✗ move or remove späße/ü.md: no");
    expect(output).toContain(String.raw`✗ move or remove 'two\nREADME.md': no`);
    expect(output).toContain(String.raw`✗ move or remove 'docs\nx.md': no`);
    expect(output).toContain("✗ move or remove ' .md': no");
    expect(output).toContain("✗ move or remove -n.md: no");
    expect(output).toContain("8 of 10 Markdown files");
    expect(output).not.toMatch(/^::|##\[|\u202e/m);
  });

  test("takes a name that is no UTF-8 for what it is, and so where no such language is set", () => {
    const bytes = Buffer.concat([
      Buffer.from("100644 blob "),
      Buffer.from(sandbox.git("hash-object", "-w", script.path)),
    ]);
    const entry = Buffer.concat([bytes, Buffer.from("\tbad-"), Buffer.from([0xff]), Buffer.from(".md\0")]);
    execFileSync("git", ["update-index", "-z", "--index-info"], { cwd: sandbox.root, input: entry });
    for (const LC_ALL of ["C", "C.UTF-8"]) {
      const { status, output } = sandbox.run({ LC_ALL });
      expect(output).toContain(String.raw`✗ move or remove 'bad-\udcff.md': no`);
      expect(status).toBe(1);
    }
  });

  test("looks at where a symbolic link lies, not at where it leads", () => {
    sandbox.commit({ "docs/a.md": "", "src/code.ts": "" });
    symlinkSync("docs/a.md", join(sandbox.root, "link.md"));
    symlinkSync("../src", join(sandbox.root, "docs/src"));
    symlinkSync("/etc/passwd", join(sandbox.root, "docs/outside.md"));
    symlinkSync("docs", join(sandbox.root, "more"));
    sandbox.commit({});
    const { status, output } = sandbox.run();
    expect(output).toContain("✗ move or remove link.md: no allowed path has it\n1 of 3 Markdown files");
    expect(status).toBe(1);
  });

  test("isn't misled by a directory that is called as an allowed file", () => {
    sandbox.commit({ "README.md/x.md": "" });
    expect(sandbox.run()).toMatchObject({ status: 1, output: expect.stringContaining("README.md/x.md") });
  });

  test("leaves alone what Git does not track, and looks at the whole repository from any directory of it", () => {
    sandbox.commit({ "docs/a.md": "", "notes.md": "", ".gitignore": "node_modules\n" });
    sandbox.write("node_modules/a/README.md", "");
    sandbox.write("draft.md", "");
    const { status, output } = sandbox.run({}, [], join(sandbox.root, "docs"));
    expect(output).toContain("✗ move or remove notes.md");
    expect(output).toContain("1 of 2 Markdown files");
    expect(status).toBe(1);
  });

  test("takes a hundred thousand files, and shows the first fifty", () => {
    const blob = sandbox.git("hash-object", "-w", script.path);
    const line = (path: string) => `100644 ${blob}\t${path}\n`;
    const many = Array.from({ length: 100_000 }, (_, n) => line(n % 100 === 0 ? `n/${n}.md` : `docs/${n}.md`)).join("");
    execFileSync("git", ["update-index", "--index-info"], { cwd: sandbox.root, input: many });
    const { status, output } = sandbox.run();
    expect(output.match(/move or remove/g)).toHaveLength(50);
    expect(output).toContain("✗ and 950 more\n1000 of 100000 Markdown files");
    expect(status).toBe(1);
  });

  test("has no verdict where Git tracks nothing, or is not there", () => {
    expect(sandbox.run()).toEqual({
      status: 2,
      output: "✗ Git tracks no file here; check the repository out and run this again\n",
    });
    const elsewhere = mkdtempSync(join(tmpdir(), "no-git-"));
    const { status, stderr } = spawnSync(join(sandbox.root, script.path), { cwd: elsewhere, encoding: "utf8" });
    rmSync(elsewhere, { recursive: true });
    expect(stderr).toContain("✗ git rev-parse failed (exit 128); run this in a working copy of the repository");
    expect(status).toBe(2);
  });
});
