import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { hasProgram } from "./programs";

/** Where Debian keeps the programs of each major version, none of them on the path. */
const DEBIAN = "/usr/lib/postgresql";

/** What the scripts of a service call, and the server itself. */
export const PROGRAMS = ["initdb", "pg_ctl", "pg_dump", "pg_restore", "postgres", "psql"];

/** The directory with all of them: on the path, else Debian's newest. */
export const POSTGRES_BIN: string | undefined = [
  ...(process.env.PATH ?? "").split(delimiter),
  ...(existsSync(DEBIAN)
    ? readdirSync(DEBIAN)
        .toSorted((a, b) => Number(b) - Number(a))
        .map((version) => join(DEBIAN, version, "bin"))
    : []),
].find((directory) => PROGRAMS.every((program) => existsSync(join(directory, program))));

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
const ROOT = process.getuid?.() === 0;

/** `describe`, or a skipped one whose title says what is missing: PostgreSQL with its server, or one of the programs. */
export function describeWithPostgres(programs: readonly string[], title: string, tests: () => void): void {
  const missing = [
    ...(POSTGRES_BIN === undefined ? ["initdb of PostgreSQL"] : []),
    ...(ROOT && userId("postgres") === undefined ? ["a user postgres, since PostgreSQL does not run as root,"] : []),
    ...programs.filter((program) => !hasProgram(program)),
  ];
  if (missing.length === 0) describe(title, tests);
  else describe.skip(`${title} (skipped: ${missing.join(", ")} not installed)`, tests);
}

/** A command as the user that PostgreSQL runs as. */
export function unprivileged(command: string, ...args: readonly string[]): readonly [string, readonly string[]] {
  return ROOT
    ? ["setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", command, ...args]]
    : [command, args];
}

/** Gives a file to the user that PostgreSQL runs as. */
export function handOver(path: string): void {
  const uid = userId("postgres");
  if (ROOT && uid !== undefined) chownSync(path, uid, -1);
}

function userId(name: string): number | undefined {
  const { status, stdout } = spawnSync("id", ["-u", name], { encoding: "utf8" });
  return status === 0 ? Number(stdout) : undefined;
}

/** A PostgreSQL server on a port of the loopback interface, with a password; it is gone after `stop`. */
export class PostgresServer {
  static async start(password: string): Promise<PostgresServer> {
    return new PostgresServer(await freePort(), password);
  }

  readonly #directory = mkdtempSync(join(tmpdir(), "gatehouse-pg-"));
  readonly #data = join(this.#directory, "data");

  private constructor(
    readonly port: number,
    readonly password: string,
  ) {
    const secret = join(this.#directory, "password");
    writeFileSync(secret, `${password}\n`, { mode: 0o600 });
    mkdirSync(this.#data, { mode: 0o700 });
    for (const path of [this.#directory, this.#data, secret]) handOver(path);
    this.#run("initdb", "--pgdata", this.#data, "--username=owner", "--auth=scram-sha-256", `--pwfile=${secret}`, "-N");
    this.resume();
  }

  /** Major version, e.g. 15. */
  get major(): number {
    return Number(this.sql("postgres", "SELECT current_setting('server_version_num')::int / 10000"));
  }

  url(database: string, user = "owner", password = this.password): string {
    return `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${this.port}/${encodeURIComponent(database)}`;
  }

  /** Runs statements; what they answer, without headers. */
  sql(database: string, statements: string): string {
    const args = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", String(this.port)];
    const result = spawnSync(join(POSTGRES_BIN ?? "", "psql"), [...args, "-U", "owner", "-d", database], {
      input: statements,
      encoding: "utf8",
      env: { ...process.env, PGPASSWORD: this.password },
    });
    if (result.status !== 0) throw new Error(`psql: ${result.stderr}`);
    return result.stdout.trim();
  }

  pause(): void {
    this.#run("pg_ctl", "stop", "--mode=immediate", "--pgdata", this.#data);
  }

  resume(): void {
    const options = `-k '${this.#directory}' -p ${this.port} -c listen_addresses=127.0.0.1 -c fsync=off`;
    this.#run(
      "pg_ctl",
      "start",
      "--wait",
      "--pgdata",
      this.#data,
      "--log",
      join(this.#directory, "log"),
      "-o",
      options,
    );
  }

  stop(): void {
    if (existsSync(join(this.#data, "postmaster.pid"))) this.pause();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** Output goes nowhere: the server would keep a pipe open for as long as it runs. */
  #run(program: string, ...args: readonly string[]): void {
    const [command, all] = unprivileged(join(POSTGRES_BIN ?? "", program), ...args);
    const { status } = spawnSync(command, all, { stdio: "ignore", cwd: tmpdir() });
    if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}; see ${this.#directory}/log`);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
