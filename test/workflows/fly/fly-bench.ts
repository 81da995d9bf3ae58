import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { RenderedFile } from "../../../workflows/rendered-file";

export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Stands in for flyctl: writes down its calls, keeps releases of one app, and fails where the test says so. */
const FLYCTL = `#!/usr/bin/env bash
set -euo pipefail
printf 'flyctl %s\\n' "$*" >>"$FAKE/calls"
fails() { if [[ -f $FAKE/fail-$1 ]]; then cat "$FAKE/fail-$1" >&2; exit 1; fi; }
case "$1 \${2:-}" in
  "releases "*) fails releases; cat "$FAKE/releases.json" ;;
  "secrets import") fails secrets; cat >"$FAKE/secrets" ;;
  "machine list") cat "$FAKE/machines.json" ;;
  "scale count") ;;
  "apps "*) fails apps; if [[ $2 == list ]]; then cat "$FAKE/apps.json"; fi ;;
  "deploy "*)
    while (($# > 0)); do
      case $1 in
        --config) cp "$2" "$FAKE/config.toml" ;;
        --env) printf '%s' "\${2#RELEASE_SHA=}" >"$FAKE/running" ;;
      esac
      shift
    done
    fails deploy ;;
esac
`;

/** Curl itself, with its arguments written down: no token may stand among them. */
const CURL = `#!/usr/bin/env bash
printf 'curl %s\\n' "$*" >>"$FAKE/calls"
exec /usr/bin/env -u FAKE PATH="$REAL_PATH" curl "$@"
`;

export const TOKEN = "FlyV1 not-a-token";

/** A clone of the service's repository, its scripts, a server that plays the app, and the programs that the scripts call. */
export class FlyBench {
  readonly directory = mkdtempSync(join(tmpdir(), "gatehouse-fly-"));
  readonly fake = join(this.directory, "fake");
  readonly source = join(this.directory, "source");
  /** Status of the health check. */
  health = 200;
  private readonly server: Server = createServer((_request, response) => {
    response.statusCode = this.health;
    response.end(JSON.stringify({ commit: this.read("fake/running") }));
  });

  constructor(files: readonly RenderedFile[]) {
    for (const directory of [this.fake, this.source]) mkdirSync(directory, { recursive: true });
    for (const file of files) this.write(join("source", file.path), file.content, file.executable);
    this.write("bin/flyctl", FLYCTL, true);
    this.write("bin/curl", CURL, true);
    this.write("bin/sleep", '#!/bin/sh\nprintf "sleep %s\\n" "$*" >>"$FAKE/calls"\n', true);
    this.write("fake/calls", "");
    this.git("init", "--quiet", "--initial-branch", "main");
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", "feat: the beginning");
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
    rmSync(this.directory, { recursive: true, force: true });
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

  git(...args: readonly string[]): string {
    const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
    return execFileSync("git", ["-C", this.source, ...identity, ...args], { encoding: "utf8", stdio: "pipe" }).trim();
  }

  /** Releases of the app, the oldest first; as `flyctl releases --json` gives them. */
  releases(...releases: readonly { readonly image: string; readonly status?: string }[]): void {
    const list = releases.map(({ image, status = "complete" }, index) => ({
      Version: index + 1,
      Status: status,
      ImageRef: image,
    }));
    this.write("fake/releases.json", JSON.stringify(list));
  }

  machines(count: number): void {
    const machine = { config: { metadata: { fly_process_group: "app" } } };
    const released = { config: { metadata: { fly_process_group: "fly_app_release_command" } } };
    this.write("fake/machines.json", JSON.stringify([...Array.from({ length: count }, () => machine), released]));
  }

  calls(program: string): readonly string[] {
    return this.read("fake/calls")
      .split("\n")
      .filter((line) => line.startsWith(`${program} `))
      .map((line) => line.slice(program.length + 1));
  }

  /** Runs a script of the repository in the clone. */
  run(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    const child = spawn(join(this.source, script), args, {
      cwd: this.source,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: `${join(this.directory, "bin")}:${process.env.PATH}`,
        REAL_PATH: process.env.PATH,
        HOME: this.directory,
        FAKE: this.fake,
        EVIDENCE: join(this.directory, "evidence"),
        GITHUB_OUTPUT: join(this.fake, "output"),
        SERVICE_URL: this.url,
        FLY_API_TOKEN: TOKEN,
        ...env,
      },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
    return new Promise((resolve) => child.on("close", (code) => resolve({ code: code ?? -1, output })));
  }
}
