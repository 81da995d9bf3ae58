import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { RenderedFile } from "../../../workflows/rendered-file";
import { interrupt } from "../interrupt";

export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** What happens once the script has said something: it is interrupted as a cancelled job is, its machine is lost, or the test does something. */
export interface Meanwhile {
  readonly said: string;
  readonly act: "interrupt" | "kill" | (() => void);
}

export type Environment = Readonly<Record<string, string>>;

/** Where a job of the train runs: its scripts, a clone of the repository with a remote, and the files that GitHub reads. */
export class TrainBench {
  readonly directory = mkdtempSync(join(tmpdir(), "gatehouse-train-"));
  readonly clone = join(this.directory, "clone");

  constructor(files: readonly RenderedFile[]) {
    for (const file of files) this.write(join("tools", file.path), file.content, file.executable);
    // The time between two looks is of no interest here.
    this.write("bin/sleep", "#!/bin/sh\nexec /bin/sleep 0.2\n", true);
    this.write("bin/gh", '#!/usr/bin/env bash\nprintf "gh %s\\n" "$*" >>"$CALLS"\n', true);
    mkdirSync(join(this.directory, "temporary"));
  }

  write(path: string, content: string, executable = false): void {
    const target = join(this.directory, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
    if (executable) chmodSync(target, 0o755);
  }

  read(path: string): string {
    const target = join(this.directory, path);
    return existsSync(target) ? readFileSync(target, "utf8") : "";
  }

  json<T>(path: string): T {
    return JSON.parse(this.read(path)) as T;
  }

  /** A clone of an empty remote, whose branch is main. */
  initialize(): void {
    const remote = join(this.directory, "remote.git");
    execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch", "main", remote]);
    execFileSync("git", ["clone", "--quiet", remote, this.clone], { stdio: "pipe" });
    this.git("checkout", "--quiet", "-b", "main");
  }

  git(...args: readonly string[]): string {
    const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
    return execFileSync("git", ["-C", this.clone, ...identity, ...args], { encoding: "utf8", stdio: "pipe" }).trim();
  }

  /** A commit on main, pushed. */
  commit(path: string, content: string, subject: string): string {
    this.write(join("clone", path), content);
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", subject);
    this.git("push", "--quiet", "origin", "main");
    return this.git("rev-parse", "HEAD");
  }

  /** What a step has written for those after it. */
  output(name: string): string {
    const lines = this.read("output").split("\n");
    return lines.findLast((line) => line.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
  }

  /** What scripts have left in the directory for temporary files. */
  get leftOvers(): readonly string[] {
    return readdirSync(join(this.directory, "temporary"));
  }

  /** Runs a script as a step would. */
  async run(script: string, env: Environment, meanwhile?: Meanwhile): Promise<Outcome> {
    const child = spawn("bash", [join(this.directory, "tools/scripts", script)], {
      cwd: existsSync(this.clone) ? this.clone : this.directory,
      detached: true,
      env: {
        PATH: `${join(this.directory, "bin")}:${process.env.PATH}`,
        HOME: this.directory,
        TMPDIR: join(this.directory, "temporary"),
        CALLS: join(this.directory, "calls"),
        EVIDENCE: join(this.directory, "evidence"),
        GITHUB_OUTPUT: join(this.directory, "output"),
        GITHUB_STEP_SUMMARY: join(this.directory, "summary"),
        GITHUB_REF: "refs/heads/main",
        GITHUB_EVENT_NAME: "workflow_dispatch",
        GITHUB_ACTOR: "ada",
        GITHUB_SERVER_URL: "https://github.com",
        GITHUB_REPOSITORY: "openclaw/summit",
        GITHUB_RUN_ID: "1",
        GITHUB_RUN_ATTEMPT: "1",
        RUN_URL: "https://github.com/openclaw/summit/actions/runs/1",
        ...env,
      },
    });
    let output = "";
    let done = meanwhile === undefined;
    const heard = (data: Buffer) => {
      output += data;
      if (done || meanwhile === undefined || !output.includes(meanwhile.said)) return;
      done = true;
      if (meanwhile.act === "kill") process.kill(-(child.pid ?? 0), "SIGKILL");
      else if (meanwhile.act === "interrupt") void interrupt(child);
      else meanwhile.act();
    };
    child.stdout.on("data", heard);
    child.stderr.on("data", heard);
    const code = await new Promise<number>((resolve) => child.on("close", (status) => resolve(status ?? -1)));
    return { code, output };
  }

  dispose(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
