import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Service } from "../../../declaration/service";
import { deployFiles } from "../../../workflows/railway/deploy-files";
import { FakeRailway, TOKEN } from "./fake-railway";
import { FakeRelay, KEYS } from "./fake-relay";

export interface Outcome {
  readonly code: number;
  readonly output: string;
}

export const PASSWORD = "p%40ss-word";
export const DATABASE_URL = `postgresql://relay:${PASSWORD}@127.0.0.1:5432/relay`;

/** Answers as the table of migrations does, from a file; fails where the test says so. Notes its arguments and the rest of what it is given. */
const PSQL = `#!/usr/bin/env bash
printf 'psql %s\\n' "$*" >>"$FAKE/calls"
cp "$PGSERVICEFILE" "$FAKE/services"
[[ ! -f $FAKE/fail-psql ]] || { echo 'psql: error: connection refused' >&2; exit 2; }
cat "$FAKE/applied"
`;

/** Applies the newest migration: writes down what the repository has. */
const NPM = `#!/usr/bin/env bash
printf 'npm %s\\n' "$*" >>"$FAKE/calls"
echo "connecting to $DATABASE_URL"
echo "as relay with p@ss-word"
echo "::error::said by a migration"
[[ ! -f $FAKE/fail-migrations ]] || exit 1
for file in migrations/*; do basename "$file" .sql; done >"$FAKE/applied"
`;

const GH = `#!/usr/bin/env bash
printf 'gh %s\\n' "$*" >>"$FAKE/calls"
case "$*" in
  *'actions/artifacts?name='*) cat "$FAKE/artifacts.json" ;;
  */zip) printf 'PK' ;;
esac
`;

/** Curl itself, with its arguments written down: no key or token may stand among them. */
const CURL = `#!/usr/bin/env bash
printf 'curl %s\\n' "$*" >>"$FAKE/calls"
exec /usr/bin/env -u FAKE PATH="$REAL_PATH" curl "$@"
`;

/** A clone of the service's repository, its scripts, a server that plays Railway and relay, and the programs that they call. */
export class ReleaseBench {
  readonly directory = mkdtempSync(join(tmpdir(), "gatehouse-railway-"));
  readonly fake = join(this.directory, "fake");
  readonly source = join(this.directory, "source");
  readonly relay = new FakeRelay();
  readonly railway = new FakeRailway((commit) => {
    this.relay.commit = commit;
  });
  private readonly server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (data) => {
      body += data;
    });
    request.on("end", () => {
      if (request.url !== "/graphql/v2") return this.relay.answer(request, body, response);
      const answer = this.railway.answer(request.headers["project-access-token"] as string | undefined, body);
      response.statusCode = answer.status;
      response.end(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body));
    });
  });

  constructor(service: Service) {
    for (const directory of [this.fake, this.source]) mkdirSync(directory, { recursive: true });
    for (const file of deployFiles(service)) this.write(join("tools", file.path), file.content, file.executable);
    this.write("bin/psql", PSQL, true);
    this.write("bin/npm", NPM, true);
    this.write("bin/gh", GH, true);
    this.write("bin/curl", CURL, true);
    this.write("bin/sleep", '#!/bin/sh\nprintf "sleep %s\\n" "$*" >>"$FAKE/calls"\n', true);
    this.write("fake/calls", "");
    this.write("fake/applied", "0001_first\n");
    this.git("init", "--quiet", "--initial-branch", "main");
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
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

  git(...args: readonly string[]): string {
    const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
    return execFileSync("git", ["-C", this.source, ...identity, ...args], { encoding: "utf8", stdio: "pipe" }).trim();
  }

  /** A commit that brings a migration. */
  commit(migration: string): string {
    this.write(`source/migrations/${migration}`, "SELECT 1;\n");
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", migration);
    return this.git("rev-parse", "HEAD");
  }

  /** What the steps have written for those after them. */
  output(name: string): string {
    const lines = this.read("fake/output").split("\n");
    return lines.findLast((line) => line.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
  }

  async run(script: string, env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    const child = spawn("bash", [join(this.directory, "tools/scripts", script)], {
      cwd: this.directory,
      env: {
        PATH: `${join(this.directory, "bin")}:${process.env.PATH}`,
        REAL_PATH: process.env.PATH ?? "",
        FAKE: this.fake,
        SOURCE: this.source,
        EVIDENCE: join(this.directory, "evidence"),
        GITHUB_REPOSITORY: "example/relay",
        GITHUB_OUTPUT: join(this.fake, "output"),
        GITHUB_STEP_SUMMARY: join(this.fake, "summary"),
        STAGE: "production",
        MODE: "release",
        RAILWAY_TOKEN: TOKEN,
        RAILWAY_API: `${this.url}/graphql/v2`,
        SERVICE_URL: this.url,
        DATABASE_URL,
        ...KEYS,
        ...env,
      },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (data) => {
        output += data;
      });
    }
    const code = await new Promise<number>((resolve) => child.on("close", (status) => resolve(status ?? -1)));
    return { code, output };
  }

  async dispose(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
    rmSync(this.directory, { recursive: true, force: true });
  }
}
