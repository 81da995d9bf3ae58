#!/usr/bin/env bash
# Made by Gatehouse from services/openclaw-pos.ts; do not edit.
# Make it again: npx gatehouse files openclaw-pos
#
# Restores a backup: always into a clone first, whose row counts and migrations must be those of the backup's manifest.
#   scripts/restore-d1.sh --into staging-clone              the drill: restore into a new database, compare, delete it
#   scripts/restore-d1.sh --into production                 the same, then the live database, once its name has been typed
# Options:
#   --backup KEY|latest     which backup; default latest, the newest daily one
#   --identity FILE         age identity that decrypts it; default the variable BACKUP_AGE_IDENTITY
#   --smoke                 run the smoke tests against the Worker, run on this machine over a copy of the clone
#   --smoke-url URL         run them against a Worker that you have bound to the clone
#   --keep-clone            don't delete the clone
#   --yes-restore NAME      the name of the database, where nobody can type it
#   --report DIR            where reports and proofs are kept; default restore-report
#   --local                 the local database of wrangler dev, and a clone of its own
# A clone that was verified leaves a proof in the report directory; production takes such a proof of the same backup, or verifies a clone.
# Variables: CLOUDFLARE_API_TOKEN, CLOUDFLARE_ACCOUNT_ID, BACKUP_R2_ACCESS_KEY_ID, BACKUP_R2_SECRET_ACCESS_KEY, BACKUP_R2_ENDPOINT and
# BACKUP_TARGET as for backup-d1.sh.
set -euo pipefail

readonly SERVICE=openclaw-pos
readonly DATABASE=openclaw-pos
readonly BINDING=DB
readonly BUCKET=openclaw-pos-d1-backups
readonly CRITICAL_TABLES=(orders order_items payments products)
readonly COMPATIBILITY_DATE=2026-04-01
readonly WRANGLER_TEMPLATE=wrangler.template.jsonc
readonly LOCATION_HINT=weur
readonly MIGRATIONS=migrations
readonly WORKER_ENTRY=src/index.ts
readonly HEALTH_PATH=/health
readonly SMOKE_SCRIPT=smoke:checkout
readonly WITHIN_MINUTES=60

umask 077
work=

say() { printf '%s\n' "$*"; }
die() {
  [[ -z $work ]] || printf '%s' "$*" >"$work/failure"
  printf '✗ %s\n' "$*" >&2
  exit 1
}

# The comment that this script begins with.
usage() {
  sed -n '2,/^set -euo/p' "${BASH_SOURCE[0]}" | sed -n 's/^# \{0,1\}//p'
}

need() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || die "$program is not installed; install it and run this again"
  done
}

remove_work() {
  [[ -z $work ]] || rm -rf -- "$work"
}

sha256_of() { sha256sum <"$1" | cut -d ' ' -f 1; }
size_of() { wc -c <"$1" | tr -d ' '; }

child=
tidying=no

# Runs a command so that a signal is answered at once; its standard input is empty, or the file $input.
interruptible() {
  local status=0
  [[ $tidying == no ]] || set -m
  "$@" <"${input:-/dev/null}" &
  child=$!
  set +m
  wait "$child" || status=$?
  child=
  return "$status"
}

# From here on cleanup runs, however the script ends, short of kill -9.
cleanup_at_end() {
  exec {said}>&1 {complained}>&2
  trap cleanup EXIT
  trap 'end_by_signal 130' INT
  trap 'end_by_signal 143' TERM HUP
}

# Whoever interrupts often sends a second signal (a runner: SIGINT, then SIGTERM): already now it must not end the tidying up.
end_by_signal() {
  trap '' INT TERM HUP
  printf interrupted >"$work/failure"
  exit "$1"
}

# Nor may a signal end what runs for the sake of tidying up: that gets a process group of its own, for some programs (Node.js) answer signals
# that their parent ignores.
begin_cleanup() {
  trap '' INT TERM HUP
  trap - EXIT
  set +e
  # A signal may have come while a command's output went into a file: what is said now goes where it went at first.
  exec >&"$said"
  exec 2>&"$complained"
  stop_child
  tidying=yes
}

stop_child() {
  [[ -n $child ]] || return 0
  kill -TERM "$child" 2>/dev/null || true
  wait "$child" 2>/dev/null || true
  child=
}

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
readonly root

need_wrangler() {
  [[ -x $root/node_modules/.bin/wrangler ]] || die "wrangler is not installed in $root; run npm ci there"
}

# Secrets and plaintext live here only; the directory is this user's alone and is removed however the script ends, short of kill -9.
make_work() {
  work=$(mktemp -d "${TMPDIR:-/tmp}/gatehouse-d1.XXXXXXXX")
  chmod 700 "$work"
  mkdir "$work/logs"
  # Whatever the programs below put aside goes away with the directory. Wrangler's own log repeats what it printed, signed links included.
  export TMPDIR="$work"
  export WRANGLER_LOG_PATH="$work/logs" WRANGLER_SEND_METRICS=false CI=true NO_COLOR=1
  printf '{ "name": "%s", "compatibility_date": "%s", "send_metrics": false }\n' \
    "$SERVICE" "$COMPATIBILITY_DATE" >"$work/remote.json"
}

# Runs wrangler with its output in $work/wrangler.out. It is never shown whole: an export prints a link to the plaintext that needs no login
# and works for an hour (wrangler, packages/wrangler/src/d1/export.ts), and the logs of a public repository are public.
wrangler() {
  local status=0
  interruptible "$root/node_modules/.bin/wrangler" "$@" >"$work/wrangler.out" 2>"$work/wrangler.err" || status=$?
  if ((status != 0)); then
    sed -E 's#https?://[^[:space:]"]+#<link>#g' "$work/wrangler.out" "$work/wrangler.err" | tail -n 20 >&2
  fi
  return "$status"
}

# The declared database, remote or local: the same commands, other flags. Locally it is the one that wrangler dev uses.
choose_database() {
  if [[ $local_run == yes ]]; then
    live=("$BINDING" --local --config "$root/$WRANGLER_TEMPLATE")
  else
    [[ -n ${CLOUDFLARE_API_TOKEN:-} ]] || die "CLOUDFLARE_API_TOKEN is not set; set it, or add --local to work on the local database"
    [[ -n ${CLOUDFLARE_ACCOUNT_ID:-} ]] || die "CLOUDFLARE_ACCOUNT_ID is not set; set it to the id of the account"
    live=("$DATABASE" --remote --config "$work/remote.json")
  fi
}

# One line of SQL: the row count of every critical table, and how far the migrations are.
count_query() {
  local table sql=
  for table in "${CRITICAL_TABLES[@]}"; do
    sql+="SELECT 'table' AS kind, '$table' AS name, COUNT(*) AS rows FROM \"$table\" UNION ALL "
  done
  sql+="SELECT 'migration', COALESCE((SELECT name FROM d1_migrations ORDER BY id DESC LIMIT 1), ''), (SELECT COUNT(*) FROM d1_migrations)"
  printf '%s' "$sql"
}

# Rows of count_query as the part of the manifest that is compared.
readonly COUNTS_FROM_ROWS='{
  tables: (map(select(.kind == "table")) | map({ key: .name, value: .rows }) | from_entries),
  migration: (map(select(.kind == "migration")) | .[0] | { name: .name, applied: .rows })
}'

choose_store() {
  target=${BACKUP_TARGET:-s3://$BUCKET}
  case $target in
    file:///*)
      directory=${target#file://}
      [[ -d $directory ]] || die "BACKUP_TARGET is $target, and $directory is not a directory; make it first"
      ;;
    s3://*)
      need aws base64 md5sum
      bucket=${target#s3://}
      [[ -n ${CLOUDFLARE_ACCOUNT_ID:-} ]] || die "CLOUDFLARE_ACCOUNT_ID is not set; set it to the id of the account"
      [[ -n ${BACKUP_R2_ACCESS_KEY_ID:-} && -n ${BACKUP_R2_SECRET_ACCESS_KEY:-} ]] ||
        die "BACKUP_R2_ACCESS_KEY_ID or BACKUP_R2_SECRET_ACCESS_KEY is not set; set both to the R2 token of the backup bucket"
      endpoint=${BACKUP_R2_ENDPOINT:-https://$CLOUDFLARE_ACCOUNT_ID.r2.cloudflarestorage.com}
      ;;
    *) die "BACKUP_TARGET is $target; expected s3://<bucket> or file:///<directory>" ;;
  esac
}

# R2 knows none of the checksums that newer AWS clients add by themselves; the MD5 below is checked by both sides.
# https://developers.cloudflare.com/r2/examples/aws/aws-cli/
s3api() {
  interruptible env -u AWS_PROFILE -u AWS_SESSION_TOKEN \
    AWS_ACCESS_KEY_ID="$BACKUP_R2_ACCESS_KEY_ID" AWS_SECRET_ACCESS_KEY="$BACKUP_R2_SECRET_ACCESS_KEY" \
    AWS_DEFAULT_REGION=auto AWS_EC2_METADATA_DISABLED=true AWS_PAGER='' \
    AWS_REQUEST_CHECKSUM_CALCULATION=when_required AWS_RESPONSE_CHECKSUM_VALIDATION=when_required \
    aws s3api "$1" --endpoint-url "$endpoint" --bucket "$bucket" --output json "${@:2}"
}

# store_put KEY FILE: writes a new object and looks at what arrived.
store_put() {
  local key=$1 file=$2 md5 head
  if [[ $target == file://* ]]; then
    [[ ! -e $directory/$key ]] || die "$key exists already in $target; objects are written once"
    mkdir -p -- "$(dirname -- "$directory/$key")"
    cp -- "$file" "$directory/$key.partial"
    mv -- "$directory/$key.partial" "$directory/$key"
    cmp -s -- "$file" "$directory/$key" || die "$key arrived damaged in $target; run the backup again"
    return
  fi
  md5=$(md5sum <"$file" | cut -d ' ' -f 1)
  s3api put-object --key "$key" --body "$file" --content-type application/octet-stream \
    --content-md5 "$(openssl dgst -md5 -binary <"$file" | base64)" >/dev/null ||
    die "$key could not be written to $target; look at the message above (a 403 is the R2 token, a 409 or 412 the bucket's lock)"
  s3api head-object --key "$key" >"$work/head.json" || die "$key can't be seen in $target after the upload; run the backup again"
  head=$(jq -r '"\(.ContentLength) \(.ETag | gsub("\""; ""))"' "$work/head.json")
  [[ $head == "$(size_of "$file") $md5" ]] ||
    die "$key arrived damaged in $target: size and MD5 are $head, expected $(size_of "$file") $md5; run the backup again"
}

# store_get KEY FILE
store_get() {
  local key=$1 file=$2
  if [[ $target == file://* ]]; then
    [[ -f $directory/$key ]] || die "$key is not in $target"
    cp -- "$directory/$key" "$file"
  else
    s3api get-object --key "$key" "$file" >/dev/null || die "$key could not be read from $target"
  fi
}

# store_list PREFIX: the keys below it, sorted, into the array keys.
store_list() {
  local prefix=$1
  if [[ $target == file://* ]]; then
    mapfile -t keys < <(cd -- "$directory" && find . -type f -path "./$prefix*" ! -name '*.partial' | sed 's#^\./##' | LC_ALL=C sort)
  else
    s3api list-objects-v2 --prefix "$prefix" >"$work/list.json" || die "$target can't be listed; look at the message above"
    mapfile -t keys < <(jq -r '.Contents // [] | .[].Key' "$work/list.json" | LC_ALL=C sort)
  fi
}

phase_name=
phase_began=0
phases='{}'
began=$(date +%s)

# phase NAME: ends the phase before and begins this one; without a name it only ends.
phase() {
  local now
  now=$(date +%s)
  if [[ -n $phase_name ]]; then
    phases=$(jq -c --arg name "$phase_name" --argjson seconds $((now - phase_began)) '. + { ($name): $seconds }' <<<"$phases")
  fi
  phase_name=${1:-}
  phase_began=$now
}

# write_report OUTCOME: one of clone-verified, restored, too-slow, failed.
write_report() {
  local outcome=$1 file=$report/restore-$stamp
  phase
  mkdir -p -- "$report"
  jq -n --arg outcome "$outcome" --arg into "$into" --arg service "$SERVICE" --arg database "$DATABASE" --arg backup "$backup" \
    --arg sha "$sha" --arg clone "$clone" --arg smoke "$smoked" --arg undo "${undo:-}" --arg failure "$(cat "$work/failure" 2>/dev/null || true)" --arg at "$stamp" \
    --argjson phases "$phases" --argjson total $(($(date +%s) - began)) --argjson promised $((WITHIN_MINUTES * 60)) \
    --argjson found "${found:-null}" --slurpfile manifest "${manifest:-/dev/null}" '{
      outcome: $outcome, into: $into, service: $service, database: $database, began: $at,
      backup: { key: $backup, sha256: $sha, exported: $manifest[0].exported }, clone: $clone, smoke: $smoke,
      seconds: ($phases + { total: $total, promised: $promised }),
      expected: ($manifest[0] // {} | { tables, migration }), found: $found,
      undoBookmark: $undo, failure: $failure
    }' >"$file.json"
  jq -r '"# Restore of \(.database): \(.outcome)\n",
    (if .failure == "" then empty else "**\(.failure)**\n" end),
    "| | |\n|---|---|",
    "| Into | \(.into) |", "| Backup | \(.backup.key) |", "| Exported | \(.backup.exported // "unknown") |",
    "| SHA-256 | \(.backup.sha256) |", "| Clone | \(.clone) |", "| Smoke tests | \(.smoke) |",
    (if .undoBookmark == "" then empty else "| Way back (Time Travel bookmark) | \(.undoBookmark) |" end),
    "\n| Phase | Seconds |\n|---|---:|",
    (.seconds | to_entries[] | select(.key != "promised") | "| \(.key) | \(.value) |"), "| promised | \(.seconds.promised) |",
    "\n| Table | Expected | Found |\n|---|---:|---:|",
    (. as $r | ($r.expected.tables // {}) | keys[] | "| \(.) | \($r.expected.tables[.]) | \($r.found.tables[.]? // "–") |"),
    "| migration | \(.expected.migration.name // "–") | \(.found.migration.name? // "–") |"' "$file.json" >"$file.md"
  say "Report: $file.md"
}

# Fetches the backup with its manifest and checksums, and refuses whatever does not fit together.
fetch_backup() {
  local name format
  if [[ $backup == latest ]]; then
    store_list "daily/$DATABASE/"
    backup=$(printf '%s\n' "${keys[@]}" | sed -n 's/\.sha256$//p' | tail -n 1)
    [[ -n $backup ]] || die "there is no whole backup under daily/$DATABASE/ in $target; name one with --backup KEY"
  fi
  say "Backup $backup"
  name=$(basename -- "$backup")
  store_get "$backup.sha256" "$work/sums"
  store_get "$backup.manifest.json" "$work/$name.manifest.json"
  store_get "$backup" "$work/$name"
  # The sums name these two files and nothing else: a line with a path would check, and so trust, some other file.
  [[ $(sed -E 's/^[0-9a-f]{64}  //' "$work/sums") == "$name"$'\n'"$name.manifest.json" ]] ||
    die "$backup.sha256 does not name the backup and its manifest; take another backup"
  (cd -- "$work" && sha256sum --check --strict --quiet sums) >&2 ||
    die "the backup or its manifest is damaged: the checksum differs; take another backup (--backup KEY)"
  manifest=$work/$name.manifest.json
  format=$(jq -r '.format' "$manifest" 2>/dev/null) || die "the manifest is not JSON; take another backup"
  [[ $format == 1 ]] || die "the manifest has format $format, expected 1; use the restore-d1.sh of the time of the backup"
  [[ $(jq -r '.database' "$manifest") == "$DATABASE" ]] ||
    die "the backup is of the database $(jq -r '.database' "$manifest"), expected $DATABASE; name another one with --backup KEY"
  sha=$(jq -r '.encrypted.sha256' "$manifest")
  [[ $(sha256_of "$work/$name") == "$sha" ]] || die "the manifest belongs to another backup; take another one"
  encrypted=$work/$name
}

open_backup() {
  if [[ -z $identity ]]; then
    [[ -n ${BACKUP_AGE_IDENTITY:-} ]] || die "no age identity: name its file with --identity FILE, or set BACKUP_AGE_IDENTITY"
    identity=$work/identity
    printf '%s\n' "$BACKUP_AGE_IDENTITY" >"$identity"
  fi
  [[ -r $identity ]] || die "the age identity $identity can't be read"
  interruptible age --decrypt --identity "$identity" --output "$work/export.sql.gz" "$encrypted" ||
    die "the backup can't be decrypted; is this the identity of the recipient it was encrypted for?"
  gzip -d "$work/export.sql.gz" || die "the decrypted backup is not gzip; take another backup"
  [[ $(sha256_of "$work/export.sql") == "$(jq -r '.plain.sha256' "$manifest")" ]] ||
    die "the decrypted export is not the one that the manifest describes; take another backup"
}

# The Worker as the repository has it for local work, in a directory of its own, so that its database is another one: the clone.
write_worker() {
  mkdir -p "$work/clone"
  grep -v '^//' "$root/$WRANGLER_TEMPLATE" | jq --arg main "$root/$WORKER_ENTRY" --arg migrations "$root/$MIGRATIONS" \
    'del(.env, ."$schema") | .main = $main | .d1_databases[].migrations_dir = $migrations' >"$work/clone/wrangler.json" ||
    die "$root/$WRANGLER_TEMPLATE can't be read; make it again: npx gatehouse files $SERVICE"
}

make_clone() {
  write_worker
  if [[ $local_run == yes ]]; then
    copy=("$BINDING" --local --config "$work/clone/wrangler.json")
  else
    copy=("$clone" --remote --config "$work/remote.json")
    report_leftovers
    clone_exists=yes
    wrangler d1 create "$clone" --config "$work/remote.json" ${LOCATION_HINT:+--location "$LOCATION_HINT"} ||
      die "the clone $clone could not be made; may the token write D1?"
  fi
  wrangler d1 execute "${copy[@]}" --yes --file "$work/export.sql" || die "the backup could not be loaded into the clone $clone"
}

# Clones that an earlier run left behind cost money and hold data of customers; they are named, never deleted unasked.
report_leftovers() {
  wrangler d1 list --json --config "$work/remote.json" || die "the databases of the account can't be listed"
  jq -r --arg prefix "$DATABASE-restore-" \
    '.[].name | select(startswith($prefix)) | "! left behind by an earlier run: \(.) (npx wrangler d1 delete \(.))"' "$work/wrangler.out" >&2
}

# compare WHAT ARGUMENTS...: counts and migration of a database against the manifest.
compare() {
  local what=$1
  shift
  wrangler d1 execute "$@" --json --command "$(count_query)" ||
    die "$what can't be counted: a critical table is missing, or the database does not answer"
  jq ".[0].results | $COUNTS_FROM_ROWS" "$work/wrangler.out" >"$work/found.json"
  found=$(<"$work/found.json")
  jq -e -s '.[0] == (.[1] | { tables, migration })' "$work/found.json" "$manifest" >/dev/null && return
  jq -c . "$work/found.json" >&2
  jq -c '{ tables, migration }' "$manifest" >&2
  die "$what differs from the manifest: found, then expected, above"
}

# Code of the repository and its packages gets none of this script's secrets.
readonly SECRETLESS=(env -u CLOUDFLARE_API_TOKEN -u BACKUP_AGE_IDENTITY -u BACKUP_R2_ACCESS_KEY_ID -u BACKUP_R2_SECRET_ACCESS_KEY)

# Sets url. A port that somebody else has is no reason to fail a drill: another one is tried.
start_worker() {
  local port attempt try
  for ((attempt = 1; ; attempt++)); do
    # Both ports lie below those that the system takes for outgoing connections.
    port=$((10000 + RANDOM % 10000))
    url=http://127.0.0.1:$port
    (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null && continue
    # No function in the background: the signal would reach a shell around it, and not the Worker.
    "${SECRETLESS[@]}" "$root/node_modules/.bin/wrangler" dev --config "$work/clone/wrangler.json" --ip 127.0.0.1 --port "$port" \
      --inspector-port $((port + 10000)) </dev/null >"$work/worker.log" 2>&1 &
    worker=$!
    for ((try = 1; ; try++)); do
      sleep 1
      kill -0 "$worker" 2>/dev/null || break
      curl --silent --fail --max-time 5 --output /dev/null "$url$HEALTH_PATH" && return
      ((try < 60)) || { tail -n 20 "$work/worker.log" >&2; die "the Worker did not answer $HEALTH_PATH within a minute"; }
    done
    worker=
    grep -q 'Address already in use' "$work/worker.log" && ((attempt < 5)) && continue
    tail -n 20 "$work/worker.log" >&2
    die "the Worker did not start for the smoke tests"
  done
}

smoke_clone() {
  local url=$smoke_url
  if [[ -z $url ]]; then
    # The token may not deploy Workers, so the Worker runs here, over a local copy of the same export.
    [[ $local_run == yes ]] ||
      wrangler d1 execute "$BINDING" --local --config "$work/clone/wrangler.json" --yes --file "$work/export.sql" ||
      die "the backup could not be loaded into a local copy for the smoke tests"
    start_worker
  fi
  BASE_URL=$url interruptible "${SECRETLESS[@]}" npm --prefix "$root" run --silent "$SMOKE_SCRIPT" >&2 ||
    die "npm run $SMOKE_SCRIPT failed against $url"
  stop_worker
}

stop_worker() {
  [[ -n $worker ]] || return 0
  kill -TERM "$worker" 2>/dev/null || true
  wait "$worker" 2>/dev/null || true
  worker=
}

drop_clone() {
  [[ $clone_exists == yes ]] || return 0
  if [[ $keep_clone == yes ]]; then
    say "The clone is kept: $clone. Delete it when you are done: npx wrangler d1 delete $clone"
  elif wrangler d1 delete "$clone" --skip-confirmation --config "$work/remote.json"; then
    say "The clone $clone is deleted"
  else
    printf '✗ the clone %s could not be deleted; delete it by hand: npx wrangler d1 delete %s\n' "$clone" "$clone" >&2
    return 1
  fi
}

confirm_production() {
  local typed
  if [[ -n $yes_restore ]]; then
    [[ $yes_restore == "$DATABASE" ]] || die "--yes-restore $yes_restore is not the name of the database, $DATABASE; nothing was changed"
  elif [[ -t 0 ]]; then
    say "All data of $DATABASE will be replaced by the backup of $(jq -r '.exported' "$manifest")."
    read -r -p "Type the name of the database to go on: " typed
    [[ $typed == "$DATABASE" ]] || die "$typed is not the name of the database; nothing was changed"
  else
    die "nobody is here to confirm: add --yes-restore $DATABASE; nothing was changed"
  fi
}

# An export loads into an empty database only (its CREATE TABLE fails where the table exists), and another database would have another id:
# bindings, Terraform and tokens would all have to follow. So the old objects are dropped and the export is loaded in one import: D1 runs a
# file whole or returns to where it was ("if the execution fails to complete, your DB will return to its original state"; locally it is one
# batch, and so one transaction). D1 answers no queries meanwhile. The bookmark of Time Travel from before is the way back.
restore_production() {
  undo=
  if [[ $local_run == no ]]; then
    wrangler d1 time-travel info "$DATABASE" --json --config "$work/remote.json" ||
      die "the bookmark of Time Travel can't be read, and it is the way back; nothing was changed"
    undo=$(jq -r '.bookmark // empty' "$work/wrangler.out")
    [[ -n $undo ]] || die "Time Travel gave no bookmark, and it is the way back; nothing was changed"
    say "The way back: npx wrangler d1 time-travel restore $DATABASE --bookmark $undo"
  fi
  # Foreign keys are looked at when all is done. Triggers and views go first, tables in the reverse order of their making.
  wrangler d1 execute "${live[@]}" --json --command \
    "SELECT type, name FROM sqlite_schema WHERE type IN ('table', 'view', 'trigger') AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_cf_*' ORDER BY CASE type WHEN 'trigger' THEN 0 WHEN 'view' THEN 1 ELSE 2 END, rowid DESC" ||
    die "the tables of $DATABASE can't be listed; nothing was changed"
  {
    printf 'PRAGMA defer_foreign_keys=TRUE;\n'
    jq -r '.[0].results[] | "DROP \(.type | ascii_upcase) \"\(.name | gsub("\""; "\"\""))\";"' "$work/wrangler.out"
    cat "$work/export.sql"
  } >"$work/production.sql"
  wrangler d1 execute "${live[@]}" --yes --file "$work/production.sql" ||
    die "the import failed; D1 returns to where it was. Look at the message above, check the counts, and run this again"
}

print_checklist() {
  cat <<CHECKLIST

Post-restore checklist
  [ ] npm run $SMOKE_SCRIPT passes against production
  [ ] the health check answers 200, and errors are back where they were
  [ ] migrations that are newer than the backup are applied: npx wrangler d1 migrations apply, or the next release
  [ ] writes are on again; the time without them is in the incident
  [ ] what was written after the backup and is lost is listed, and its owners know
  [ ] a fresh backup is in the bucket: scripts/backup-d1.sh
  [ ] the report is attached to the incident
CHECKLIST
}

cleanup() {
  local status=$?
  begin_cleanup
  stop_worker
  drop_clone || status=1
  if ((status != 0)) && [[ $reported == no ]]; then write_report failed; fi
  remove_work
  exit "$status"
}

into=
backup=latest
identity=
local_run=no
keep_clone=no
smoke=no
smoke_url=
yes_restore=
report=restore-report
while (($# > 0)); do
  case $1 in
    --into | --backup | --identity | --smoke-url | --yes-restore | --report)
      (($# > 1)) || die "$1 needs a value; see --help"
      case $1 in
        --into) into=$2 ;;
        --backup) backup=$2 ;;
        --identity) identity=$2 ;;
        --smoke-url) smoke_url=$2 smoke=yes ;;
        --yes-restore) yes_restore=$2 ;;
        --report) report=$2 ;;
      esac
      shift
      ;;
    --local) local_run=yes ;;
    --smoke) smoke=yes ;;
    --keep-clone) keep_clone=yes ;;
    --help | -h) usage && exit 0 ;;
    *) die "unknown argument: $1; see --help" ;;
  esac
  shift
done
[[ $into == staging-clone || $into == production ]] || die "--into is ${into:-missing}; expected staging-clone or production"

need age curl gzip jq sha256sum
need_wrangler
stamp=$(date -u +%Y%m%dT%H%M%SZ)
clone=$DATABASE-restore-${stamp,,}
clone_exists=no
worker=
manifest=
found=
sha=
smoked=no
reported=no
make_work
cleanup_at_end
choose_database
choose_store

phase download
fetch_backup
phase decrypt
open_backup

proof=$report/verified-$sha.json
proven=no
if [[ $into == production && -f $proof ]]; then
  proven=$(jq -r --arg database "$DATABASE" --arg sha "$sha" --arg smoke "$smoke" \
    'if .database == $database and .sha256 == $sha and ($smoke == "no" or .smoke == "passed") then "yes" else "no" end' "$proof")
fi
if [[ $proven == yes ]]; then
  say "A clone of this backup was verified before: $proof"
else
  phase restore
  make_clone
  phase verify
  compare "the clone" "${copy[@]}"
  say "✓ the clone has the rows and migrations of the manifest"
  if [[ $smoke == yes ]]; then
    phase smoke
    smoke_clone
    smoked=passed
    say "✓ the smoke tests passed"
  fi
  mkdir -p -- "$report"
  jq -n --arg database "$DATABASE" --arg sha "$sha" --arg at "$stamp" --arg smoke "$smoked" \
    '{ database: $database, sha256: $sha, verified: $at, smoke: $smoke }' >"$proof"
fi

if [[ $into == production ]]; then
  phase confirm
  confirm_production
  phase production
  restore_production
  phase verify-production
  compare "production" "${live[@]}"
  say "✓ production has the rows and migrations of the manifest"
fi
phase

if (($(date +%s) - began > WITHIN_MINUTES * 60)) && [[ $into == staging-clone ]]; then
  reported=yes
  printf 'slower than the promised %s minutes' "$WITHIN_MINUTES" >"$work/failure"
  write_report too-slow
  die "slower than the promised $WITHIN_MINUTES minutes; the report says where the time went"
fi
reported=yes
if [[ $into == production ]]; then
  write_report restored
  print_checklist
else
  write_report clone-verified
fi
