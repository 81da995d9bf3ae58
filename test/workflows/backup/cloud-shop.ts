import { type ChildProcess, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { finished, LocalShop, type Outcome } from "./local-shop";
import { ObjectStore } from "./object-store";

const WRANGLER = resolve(__dirname, "../../../node_modules/.bin/wrangler");

/**
 * Stands in for wrangler with `--remote`: every database of the "account" is a local D1 of the real wrangler, in a directory of its own.
 * What only the account can do (create, delete, list, Time Travel) is written down. Without `--remote` it is the real wrangler.
 */
const REMOTE = (account: string) => `#!/usr/bin/env bash
set -euo pipefail
account='${account}'
printf '%s\\n' "$*" >>"$account/calls"
case "$1 $2" in
  "d1 create")
    mkdir "$account/$3"
    printf '{"name":"x","compatibility_date":"2026-04-01","d1_databases":[{"binding":"X","database_name":"%s","database_id":"x"}]}' "$3" >"$account/$3/wrangler.json"
    echo "created, see https://api.example.com/secret-link" ;;
  # Node.js answers signals, also those that its parent ignores, and takes its time.
  "d1 delete") [[ ! -f $account/fail-delete ]] && node -e 'setTimeout(() => {}, 300)' && rm -r "$account/$3" ;;
  "d1 list") printf '[{"name":"openclaw-pos"},{"name":"openclaw-pos-restore-20260101t000000z"},{"name":"other"}]' ;;
  "d1 time-travel") printf '{"bookmark":"00000085-0000024c-00004c6d"}' ;;
  *)
    if [[ $1 == dev ]] && rm "$account/port-taken" 2>/dev/null; then
      echo "Address already in use (127.0.0.1:1)" >&2
      exit 1
    fi
    if [[ "$*" != *--remote* ]]; then exec '${WRANGLER}' "$@"; fi
    [[ $2 != export ]] || echo "download it from https://signed.example.com/secret-link"
    name=$3
    if [[ $name == *-restore-* ]] && rm "$account/hang" 2>/dev/null; then exec sleep 600; fi
    [[ -f $account/$name/wrangler.json ]] || { echo "no database $name, see https://api.example.com/secret-link" >&2; exit 1; }
    arguments=()
    while (($# > 0)); do
      case $1 in
        --remote) arguments+=(--local) ;;
        --config) arguments+=(--config "$account/$name/wrangler.json"); shift ;;
        *) arguments+=("$1") ;;
      esac
      shift
    done
    exec '${WRANGLER}' "\${arguments[@]}" ;;
esac
`;

/** The shop with its database in an "account", and its backups in an S3 API. */
export class CloudShop extends LocalShop {
  readonly account = join(this.directory, "account");
  readonly bucket = new ObjectStore();
  private readonly program = join(this.repository, "node_modules/.bin/wrangler");

  constructor() {
    super();
    mkdirSync(this.account);
    rmSync(join(this.repository, "node_modules"));
    mkdirSync(join(this.repository, "node_modules/.bin"), { recursive: true });
    writeFileSync(this.program, REMOTE(this.account));
    chmodSync(this.program, 0o755);
  }

  /** Fills the database of the account. */
  override fill(): void {
    super.fill();
    const rows = join(this.directory, "rows.sql");
    this.wrangler("d1", "export", "DB", "--output", rows);
    spawnSync(this.program, ["d1", "create", "openclaw-pos"]);
    this.remote("--file", rows);
    rmSync(join(this.account, "calls"));
  }

  /** Runs SQL on the database of the account and answers with the rows of the first statement. */
  remote(...args: readonly string[]): unknown {
    const all = ["d1", "execute", "openclaw-pos", "--remote", "--config", "", "--yes", "--json", ...args];
    const env = { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "true" };
    const { status, stdout, stderr } = spawnSync(this.program, all, { encoding: "utf8", env });
    if (status !== 0) throw new Error(`${stdout}${stderr}`);
    return JSON.parse(stdout)[0].results;
  }

  calls(beginning: string): readonly string[] {
    const lines = readFileSync(join(this.account, "calls"), "utf8").split("\n");
    return lines.filter((line) => line.startsWith(beginning));
  }

  /** Runs a script as a workflow does. */
  runRemote(script: string, ...args: readonly string[]): Promise<Outcome> {
    return finished(this.startRemote(script, ...args));
  }

  startRemote(script: string, ...args: readonly string[]): ChildProcess {
    return this.start(script, args, {
      BACKUP_TARGET: "",
      BACKUP_R2_ENDPOINT: `http://127.0.0.1:${this.bucket.port}`,
      BACKUP_R2_ACCESS_KEY_ID: "secret-key-id",
      BACKUP_R2_SECRET_ACCESS_KEY: "secret-key",
      CLOUDFLARE_API_TOKEN: "secret-token",
      CLOUDFLARE_ACCOUNT_ID: "023e105f4ecef8ad9ca31a8372d0c353",
      NO_PROXY: "127.0.0.1",
    });
  }

  override dispose(): void {
    this.bucket.close();
    super.dispose();
  }
}
