import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Postgres } from "../../../declaration/postgres";
import type { Service } from "../../../declaration/service";
import { relay } from "../../../services/relay";
import { postgresFiles } from "../../../workflows/postgres/postgres-files";
import { handOver, POSTGRES_BIN, PostgresServer, PROGRAMS, unprivileged } from "../../support/postgres";

/** What a password may hold: a separator of URLs, a percent sign, a quote, a space, letters of another script. */
const PASSWORD = `p@ss:w/o?r#d 100%'"\\日本`;

const SCHEMA = `
CREATE EXTENSION pgcrypto;
CREATE ROLE app NOLOGIN;
CREATE ROLE reader LOGIN BYPASSRLS PASSWORD 'read-only';
GRANT pg_read_all_data TO reader;
CREATE SCHEMA "größe";
CREATE TABLE workspaces (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE api_keys (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), workspace int NOT NULL REFERENCES workspaces, secret bytea);
CREATE TABLE audit_logs (at timestamptz NOT NULL, what jsonb) PARTITION BY RANGE (at);
CREATE TABLE audit_logs_2026 PARTITION OF audit_logs FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE sessions (id text PRIMARY KEY, workspace int REFERENCES workspaces);
CREATE TABLE schema_migrations (version text PRIMARY KEY);
CREATE TABLE "größe"."表 ""mit"" Lücken' $(id)" (inhalt text);
CREATE VIEW totals AS SELECT workspace, count(*) FROM sessions GROUP BY workspace;
ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY;
CREATE POLICY only_app ON workspaces TO app USING (true);
`;

const ROWS = `
INSERT INTO workspaces (name) SELECT 'workspace ' || n FROM generate_series(1, 40) n;
INSERT INTO workspaces (name) VALUES ('日本 🍣 \\n back\\slash'), (E'a line\\nanother\\t''quoted''');
INSERT INTO api_keys (workspace, secret) SELECT 1 + n % 42, gen_random_bytes(32) FROM generate_series(1, 100) n;
INSERT INTO audit_logs SELECT timestamptz '2026-03-01' + n * interval '1 hour', jsonb_build_object('n', n) FROM generate_series(1, 500) n;
INSERT INTO sessions SELECT md5(n::text), 1 + n % 42 FROM generate_series(1, 7) n;
INSERT INTO schema_migrations VALUES ('0001_first'), ('0002_keys');
INSERT INTO "größe"."表 ""mit"" Lücken' $(id)" SELECT string_agg(md5(n::text), '') FROM generate_series(1, 30000) n;
`;

export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** relay's repository beside a real server with its database, a key pair, and a directory in the place of GitHub's artifacts. */
export class RelayDatabase {
  static async start(): Promise<RelayDatabase> {
    const server = await PostgresServer.start(PASSWORD);
    try {
      return new RelayDatabase(server);
    } catch (error) {
      server.stop();
      throw error;
    }
  }

  readonly directory = mkdtempSync(join(tmpdir(), "gatehouse-relay-"));
  readonly temporary = join(this.directory, "tmp");
  readonly dumps = join(this.directory, "dumps");
  readonly reports = join(this.directory, "reports");
  readonly identity = join(this.directory, "identity.txt");
  readonly recipient: string;

  private constructor(readonly server: PostgresServer) {
    for (const directory of [this.directory, this.temporary, this.dumps, this.reports]) {
      mkdirSync(directory, { recursive: true });
      handOver(directory);
    }
    this.declare({});
    this.recipient = this.newIdentity(this.identity);
    this.server.sql("postgres", "CREATE DATABASE relay");
    this.server.sql("relay", SCHEMA);
    this.server.sql("relay", ROWS);
  }

  /** Writes the scripts of relay as it is declared, with changes. */
  declare(change: Partial<Postgres>, service: Partial<Service> = {}): void {
    const postgres: Postgres = { ...relay.postgres, version: this.server.major, ...change };
    for (const file of postgresFiles({ ...relay, ...service, postgres })) {
      const path = join(this.directory, file.path);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, file.content);
      if (file.executable) chmodSync(path, 0o755);
    }
  }

  /** A directory with the programs of PostgreSQL, some of them replaced by scripts. */
  programs(replaced: Readonly<Record<string, string>>): string {
    const directory = mkdtempSync(join(this.directory, "bin-"));
    for (const program of PROGRAMS) {
      const path = join(directory, program);
      const script = replaced[program];
      const real = join(POSTGRES_BIN ?? "", program);
      if (script === undefined) symlinkSync(real, path);
      else
        writeFileSync(
          path,
          `#!/usr/bin/env bash\nreal=${real}\n[[ $1 != --version ]] || exec "$real" --version\n${script}\n`,
          { mode: 0o755 },
        );
    }
    handOver(directory);
    chmodSync(directory, 0o755);
    return directory;
  }

  /** Takes the newest dump apart, changes what is in it, and stores it again, for the same recipient and with a checksum that is right. */
  forge(change: (contents: { readonly directory: string; manifest: Record<string, unknown> }) => void): void {
    const dump = this.newest();
    const directory = mkdtempSync(join(this.directory, "forge-"));
    const shell = (command: string) => {
      const { status, stderr } = spawnSync("bash", ["-euo", "pipefail", "-c", command], {
        cwd: directory,
        encoding: "utf8",
      });
      if (status !== 0) throw new Error(stderr);
    };
    shell(`age --decrypt --identity '${this.identity}' '${dump}' | tar --extract`);
    const path = join(directory, "manifest.json");
    const contents = { directory, manifest: JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown> };
    change(contents);
    writeFileSync(path, JSON.stringify(contents.manifest));
    shell(`tar --create manifest.json dump.pgc | age --encrypt --recipient ${this.recipient} >'${dump}'`);
    this.sign(dump);
  }

  /** What a manifest says of a file. */
  fingerprint(path: string): { readonly sha256: string; readonly bytes: number } {
    const bytes = readFileSync(path);
    return { sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.length };
  }

  /** Writes the checksum of a dump as it is now. */
  sign(dump: string): void {
    const name = basename(dump);
    writeFileSync(`${dump}.sha256`, `${this.fingerprint(dump).sha256}  ${name}\n`);
  }

  newIdentity(path: string): string {
    const { stderr, status } = spawnSync("age-keygen", ["-o", path], { encoding: "utf8" });
    if (status !== 0) throw new Error(`age-keygen: ${stderr}`);
    handOver(path);
    return /age1\w+/.exec(stderr)?.[0] ?? "";
  }

  /** What every run has in its environment unless it says something else. */
  environment(change: Readonly<Record<string, string | undefined>> = {}): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      HOME: this.temporary,
      TMPDIR: this.temporary,
      POSTGRES_BIN,
      DATABASE_URL: this.server.url("relay", "reader", "read-only"),
      BACKUP_AGE_RECIPIENT: this.recipient,
      ...change,
    };
  }

  run(script: string, args: readonly string[], change: Readonly<Record<string, string | undefined>> = {}): Outcome {
    const [command, all] = unprivileged(join(this.directory, "scripts", script), ...args);
    const { status, stdout, stderr } = spawnSync(command, all, {
      cwd: this.directory,
      env: this.environment(change),
      encoding: "utf8",
    });
    return { code: status ?? -1, output: stdout + stderr };
  }

  /** Starts a script in a process group of its own, to interrupt it. */
  start(
    script: string,
    args: readonly string[],
    change: Readonly<Record<string, string | undefined>> = {},
  ): ChildProcess {
    const [command, all] = unprivileged(join(this.directory, "scripts", script), ...args);
    return spawn(command, all, { cwd: this.directory, env: this.environment(change), detached: true, stdio: "ignore" });
  }

  dump(change: Readonly<Record<string, string | undefined>> = {}): Outcome {
    return this.run("backup-postgres.sh", ["--out", this.dumps], change);
  }

  drill(args: readonly string[] = [], change: Readonly<Record<string, string | undefined>> = {}): Outcome {
    const usual = ["--drill", "--dump", this.newest(), "--identity", this.identity, "--report", this.reports];
    return this.run("restore-postgres.sh", [...usual, ...args], change);
  }

  stored(): readonly string[] {
    return readdirSync(this.dumps).toSorted();
  }

  newest(): string {
    const name = this.stored().findLast((file) => file.endsWith(".tar.age"));
    if (name === undefined) throw new Error("no dump is stored");
    return join(this.dumps, name);
  }

  clear(): void {
    for (const directory of [this.dumps, this.reports])
      for (const name of readdirSync(directory)) rmSync(join(directory, name), { recursive: true });
  }

  /** The newest report. */
  report(): { readonly json: Readonly<Record<string, unknown>>; readonly markdown: string } {
    const read = (extension: string) =>
      readFileSync(
        join(
          this.reports,
          readdirSync(this.reports)
            .toSorted()
            .findLast((file) => file.endsWith(extension)) ?? "",
        ),
        "utf8",
      );
    return { json: JSON.parse(read(".json")), markdown: read(".md") };
  }

  /** What the scripts left behind. */
  leftovers(): readonly string[] {
    return readdirSync(this.temporary);
  }

  stop(): void {
    this.server.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
