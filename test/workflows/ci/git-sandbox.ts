import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { RenderedFile } from "../../../workflows/rendered-file";

/** A real Git repository in a directory with a space in its name, in which scripts are run. */
export class GitSandbox {
  readonly root = mkdtempSync(join(tmpdir(), "git sandbox-"));
  private readonly environment: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HOME: "/nonexistent",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "A",
    GIT_AUTHOR_EMAIL: "a@example.com",
    GIT_COMMITTER_NAME: "A",
    GIT_COMMITTER_EMAIL: "a@example.com",
    LC_ALL: "C.UTF-8",
  };

  constructor(private readonly script: RenderedFile) {
    this.git("init", "--quiet", "--initial-branch=main");
    this.write(script.path, script.content, true);
  }

  git(...words: readonly string[]): string {
    return execFileSync("git", words, { cwd: this.root, env: this.environment, encoding: "utf8" }).trim();
  }

  write(path: string, content: string, executable = false): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), content);
    chmodSync(join(this.root, path), executable ? 0o755 : 0o644);
  }

  commit(files: Readonly<Record<string, string>>): string {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", "feat: something");
    return this.git("rev-parse", "HEAD");
  }

  /** Runs the script as a workflow does. */
  run(
    environment: NodeJS.ProcessEnv = {},
    words: readonly string[] = [],
    cwd = this.root,
  ): { readonly status: number | null; readonly output: string } {
    const run = spawnSync(join(this.root, this.script.path), words, {
      cwd,
      env: { ...this.environment, ...environment },
      encoding: "utf8",
    });
    return { status: run.status, output: run.stdout + run.stderr };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
