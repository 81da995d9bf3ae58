import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { RenderedFile } from "../../../workflows/rendered-file";
import { interrupt } from "../interrupt";

export interface Outcome {
  readonly code: number;
  readonly output: string;
}

export const OLD = "00000000-0000-4000-8000-00000000000a";
export const NEW = "00000000-0000-4000-8000-00000000000b";

/** Stands in for wrangler: writes down its calls, keeps one deployment, and fails or hangs where the test says so. */
const WRANGLER = `#!/usr/bin/env bash
set -euo pipefail
printf '%s\\n' "$*" >>"$FAKE/calls"
[[ -z \${SECRETS_SEEN:-} ]] || true
for ((i = 1; i <= $#; i++)); do
  if [[ \${!i} == --secrets-file ]]; then j=$((i + 1)); cp "\${!j}" "$FAKE/secrets.json"; fi
  if [[ \${!i} == --config ]]; then j=$((i + 1)); cp "\${!j}" "$FAKE/config.jsonc"; fi
done
case "$1 \${2:-}" in
  "deployments status")
    [[ -f $FAKE/status.json ]] || { echo "The Worker x has no deployments." >&2; exit 1; }
    cat "$FAKE/status.json" ;;
  "d1 migrations") [[ ! -f $FAKE/fail-migrations ]] ;;
  "versions upload") echo '{"type":"version-upload","version_id":"${NEW}"}' >>"$WRANGLER_OUTPUT_FILE_PATH" ;;
  "versions deploy")
    if [[ -f $FAKE/hang && "$*" == *@50%* ]]; then rm "$FAKE/hang"; touch "$FAKE/hanging"; exec /bin/sleep 60; fi
    if [[ -f $FAKE/hanging ]]; then node -e 'setTimeout(() => {}, 300)'; fi
    printf '%s\\n' "$3" >>"$FAKE/moved" ;;
  deploy*) echo '{"type":"deploy","version_id":"${NEW}"}' >>"$WRANGLER_OUTPUT_FILE_PATH" ;;
esac
`;

/** Answers like a health check: well, or not while a file says so. */
const CURL = `#!/usr/bin/env bash
printf 'curl %s\\n' "$*" >>"$FAKE/calls"
count=$(grep -c '^curl' "$FAKE/calls")
[[ ! -f $FAKE/sick-from || $count -lt $(<"$FAKE/sick-from") ]]
`;

const GH = `#!/usr/bin/env bash
printf 'gh %s\\n' "$*" >>"$FAKE/calls"
if [[ $2 == view ]]; then [[ -f $FAKE/release-exists ]]; exit; fi
while (($# > 0)); do
  if [[ $1 == --notes-file ]]; then cp "$2" "$FAKE/notes.md"; fi
  shift
done
[[ ! -f $FAKE/fail-gh ]]
`;

/** A directory with a working copy, the rendered scripts and stand-ins for the programs they call. */
export class FakeRelease {
  readonly directory = mkdtempSync(join(tmpdir(), "gatehouse-release-"));
  readonly fake = join(this.directory, "fake");
  readonly source = join(this.directory, "source");
  private readonly bin = join(this.directory, "bin");

  constructor(files: readonly RenderedFile[]) {
    for (const directory of [this.fake, this.bin, this.source]) mkdirSync(directory, { recursive: true });
    for (const file of files) this.write(join("source", file.path), file.content, file.executable);
    this.write("source/node_modules/.bin/wrangler", WRANGLER, true);
    this.write("bin/curl", CURL, true);
    this.write("bin/gh", GH, true);
    this.write("bin/sleep", "#!/bin/sh\n", true);
    this.write("fake/calls", "", false);
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

  /** The calls that begin with a word, in their order. */
  calls(beginning: string): readonly string[] {
    return this.read("fake/calls")
      .split("\n")
      .filter((line) => line.startsWith(beginning));
  }

  git(...args: readonly string[]): string {
    const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
    return execFileSync("git", ["-C", this.source, ...identity, ...args], { encoding: "utf8", stdio: "pipe" }).trim();
  }

  /** Runs a script; `until` is asked while it runs, and once it answers yes the script is interrupted. */
  async run(script: string, env: Readonly<Record<string, string>>, until?: () => boolean): Promise<Outcome> {
    const child = spawn("bash", [join(this.source, script)], {
      cwd: this.source,
      detached: true,
      env: {
        PATH: `${this.bin}:${process.env.PATH}`,
        FAKE: this.fake,
        SOURCE: this.source,
        GITHUB_OUTPUT: join(this.fake, "output"),
        GITHUB_STEP_SUMMARY: join(this.fake, "summary"),
        ...env,
      },
    });
    let output = "";
    child.stdout.on("data", (data) => {
      output += data;
    });
    child.stderr.on("data", (data) => {
      output += data;
    });
    const watch = setInterval(() => {
      if (until?.()) {
        clearInterval(watch);
        void interrupt(child);
      }
    }, 20);
    const code = await new Promise<number>((resolve) => child.on("close", (status) => resolve(status ?? -1)));
    clearInterval(watch);
    return { code, output };
  }

  dispose(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
