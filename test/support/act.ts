import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { RenderedFile } from "../../workflows/rendered-file";

export interface ActProps {
  /** Files of the repository in which it runs, committed on `main`: workflows, and what they run. */
  readonly files: readonly RenderedFile[];
  /** Name of the workflow's file. */
  readonly workflow: string;
  readonly event: "pull_request" | "push";
  /** Directories in place of repositories at a commit, `owner/name@<commit>`: the network is for nobody. @default - none */
  readonly replaced?: Readonly<Record<string, string>>;
}

export interface ActRun {
  /** Whether every job that ran succeeded. */
  readonly green: boolean;
  /** By id of the job; a job that was skipped has none, nor has one that calls a workflow. */
  readonly results: Readonly<Record<string, string>>;
  /** What its scripts have printed. */
  readonly output: string;
}

interface Line {
  readonly jobID?: string;
  readonly jobResult?: string;
  readonly msg?: string;
  readonly raw_output?: boolean;
}

/**
 * Runs the jobs of a workflow with act, which does what GitHub's runners do with `needs`, `if`, outputs and called workflows. No containers: steps run
 * on this machine. A checkout is the directory itself; other actions must be replaced, for nothing is fetched.
 */
export function runWithAct({ files, workflow, event, replaced = {} }: ActProps): ActRun {
  const root = mkdtempSync(join(tmpdir(), "gatehouse-act-"));
  try {
    const repository = join(root, "repository");
    write(repository, files);
    const environment = {
      PATH: process.env.PATH,
      HOME: root,
      TMPDIR: root,
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_AUTHOR_NAME: "A",
      GIT_AUTHOR_EMAIL: "a@example.com",
      GIT_COMMITTER_NAME: "A",
      GIT_COMMITTER_EMAIL: "a@example.com",
      // It asks for newer versions of itself, and for containers, nowhere.
      ACT_DISABLE_VERSION_CHECK: "1",
      http_proxy: "http://127.0.0.1:9",
      https_proxy: "http://127.0.0.1:9",
    };
    const run = (program: string, ...args: string[]) =>
      spawnSync(program, args, { cwd: repository, env: environment, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
    for (const args of [
      ["init", "--quiet", "--initial-branch=main"],
      ["remote", "add", "origin", "https://github.com/example/sample"],
      ["add", "--all"],
      ["commit", "--quiet", "--message=It"],
    ]) {
      const { status, stderr } = run("git", ...args);
      if (status !== 0) throw new Error(`git ${args[0]} failed: ${stderr}`);
    }
    const { status, stdout, stderr } = run(
      "act",
      event,
      "--json",
      "--no-cache-server",
      "--platform=ubuntu-24.04=-self-hosted",
      `--workflows=.github/workflows/${workflow}`,
      ...Object.entries(replaced).map(([repositoryAt, directory]) => `--local-repository=${repositoryAt}=${directory}`),
    );
    const lines = stdout.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as Line] : []));
    const results = lines.flatMap(({ jobID, jobResult }) =>
      jobID === undefined || jobResult === undefined ? [] : [[jobID, jobResult]],
    );
    if (results.length === 0) throw new Error(`act ran no job: ${stderr}\n${stdout}`);
    return {
      green: status === 0,
      results: Object.fromEntries(results),
      output: lines.map(({ msg, raw_output: raw }) => (raw === true ? msg : `${msg}\n`)).join(""),
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function write(repository: string, files: readonly RenderedFile[]): void {
  mkdirSync(repository, { recursive: true });
  for (const { path, content, executable } of files) {
    const target = join(repository, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
    if (executable) chmodSync(target, 0o755);
  }
}
