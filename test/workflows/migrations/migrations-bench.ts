import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { DryRun } from "../../../declaration/dry-run";
import type { MigrationsJob } from "../../../workflows/migrations/gated-migrations";
import { migrationsFiles } from "../../../workflows/migrations/migrations-files";
import { minimalService } from "../../declaration/fixture";
import { handOver, POSTGRES_BIN, unprivileged } from "../../support/postgres";

/** The gate as tests declare it, for the PostgreSQL that is installed here. */
export function gateJob(postgres: number, dryRun?: DryRun): MigrationsJob {
  return {
    kind: "migrations",
    gate: "migration",
    timeoutMinutes: 10,
    directory: "db/migrations",
    up: ".up.sql",
    down: ".down.sql",
    postgres,
    plan: "migrations-plan.md",
    rollback: "migrations-rollback.md",
    ...(dryRun !== undefined && { dryRun }),
  };
}

/** Major version of the installed programs; 15 where there are none, and nothing is run. */
export const MAJOR = Number(
  /(\d+)/.exec(
    POSTGRES_BIN === undefined
      ? "15"
      : spawnSync(join(POSTGRES_BIN, "psql"), ["--version"], { encoding: "utf8" }).stdout,
  )?.[1],
);

/** Whether the parser can be loaded by the Python on the path of the user that PostgreSQL runs as. */
export const HAS_PARSER = spawnSync(...spawnable(unprivileged("python3", "-c", "import pglast"))).status === 0;

function spawnable([command, words]: ReturnType<typeof unprivileged>): [
  string,
  string[],
  { stdio: "ignore"; cwd: string },
] {
  return [command, [...words], { stdio: "ignore", cwd: tmpdir() }];
}

export interface Run {
  readonly code: number | null;
  readonly output: string;
}

export type Files = Readonly<Record<string, string | Buffer | undefined>>;

/** A service's repository with two migrations on main, and the gate's own files. */
export class MigrationsBench {
  readonly directory = mkdtempSync(join(tmpdir(), "gatehouse-migrations-"));
  readonly #temporary = mkdtempSync("/tmp/gm-");
  readonly base: string;

  constructor(dryRun?: DryRun) {
    for (const directory of [this.directory, this.#temporary]) handOver(directory);
    this.git("init", "--quiet", "--initial-branch=main");
    const service = {
      name: "sample",
      main: minimalService.main,
      settings: {},
      ci: { jobs: { migrations: gateJob(MAJOR, dryRun) } },
    };
    const files = migrationsFiles(service);
    for (const { path, content, executable } of files) {
      this.write({ [path]: content });
      if (executable) chmodSync(join(this.directory, path), 0o755);
    }
    this.base = this.commit({
      "db/migrations/0001_plans.up.sql":
        "CREATE TABLE plans (id bigint PRIMARY KEY, name text NOT NULL, old text);\nINSERT INTO plans VALUES (1, 'first', 'x');\n",
      "db/migrations/0001_plans.down.sql": "DROP TABLE plans;\n",
      "db/migrations/0002_by_name.up.sql": "CREATE INDEX CONCURRENTLY plans_by_name ON plans (name);\n",
      "db/migrations/0002_by_name.down.sql": "DROP INDEX CONCURRENTLY plans_by_name;\n",
    });
    this.git("tag", "prod-20261001-1200-abc1234");
    this.git("switch", "--quiet", "--create", "feat/x");
  }

  /** A migration with both of its documents. */
  migration(stem: string, up: string, down: string, said: { plan?: string; rollback?: string } = {}): Files {
    return {
      [`db/migrations/${stem}.up.sql`]: up,
      [`db/migrations/${stem}.down.sql`]: down,
      "migrations-plan.md": `# Plan\n\n${stem}: what it does.\n\n${said.plan ?? ""}\n`,
      "migrations-rollback.md": `# Way back\n\n${stem}: its way back.\n\n${said.rollback ?? ""}\n`,
    };
  }

  write(files: Files): void {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.directory, path);
      rmSync(file, { force: true });
      if (content === undefined) continue;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }

  link(path: string, target: string): void {
    mkdirSync(dirname(join(this.directory, path)), { recursive: true });
    symlinkSync(target, join(this.directory, path));
  }

  commit(files: Files): string {
    this.write(files);
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", "feat: something");
    return this.git("rev-parse", "HEAD");
  }

  git(...words: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync("git", words, {
      cwd: this.directory,
      env: this.#environment(),
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`git ${words.join(" ")}: ${stderr}`);
    return stdout.trim();
  }

  /** The gate over what the branch adds to main, as an ordinary user. */
  check(...args: readonly string[]): Run {
    const [command, words] = unprivileged("bash", "scripts/check-migrations.sh", ...(args.length ? args : [this.base]));
    const run = spawnSync(command, words, { cwd: this.directory, env: this.#environment(), encoding: "utf8" });
    return { code: run.status, output: run.stdout + run.stderr };
  }

  /** A script over a base and a head, with more variables: under way, and what it will have said. */
  start(
    script: string,
    args: readonly string[],
    variables: Readonly<Record<string, string>>,
  ): { readonly child: ChildProcess; readonly ended: Promise<Run> } {
    const child = spawn("bash", [script, ...args], {
      cwd: this.directory,
      env: { ...this.#environment(), ...variables },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data) => {
        output += data;
      });
    return { child, ended: new Promise((done) => child.on("close", (code) => done({ code, output }))) };
  }

  /** The rules alone, without a server; as whoever runs the tests. */
  rules(): Run {
    const out = mkdtempSync(join(this.#temporary, "change-"));
    const words = [".github/tools/migrations.py", "check", this.base, "HEAD", out];
    const run = spawnSync("python3", words, { cwd: this.directory, env: this.#environment(), encoding: "utf8" });
    return { code: run.status, output: run.stdout + run.stderr };
  }

  /** The gate over one change on top of main. */
  over(files: Files): Run {
    this.commit(files);
    return this.check();
  }

  dispose(): void {
    for (const directory of [this.directory, this.#temporary]) rmSync(directory, { recursive: true, force: true });
  }

  #environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      HOME: "/nonexistent",
      TMPDIR: this.#temporary,
      POSTGRES_BIN,
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "safe.directory",
      GIT_CONFIG_VALUE_0: "*",
      GIT_AUTHOR_NAME: "A",
      GIT_AUTHOR_EMAIL: "a@example.com",
      GIT_COMMITTER_NAME: "A",
      GIT_COMMITTER_EMAIL: "a@example.com",
      LC_ALL: "C.UTF-8",
    };
  }
}
