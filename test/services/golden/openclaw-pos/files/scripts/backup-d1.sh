#!/usr/bin/env bash
# Made by Gatehouse from services/openclaw-pos.ts; do not edit.
# Make it again: npx gatehouse files openclaw-pos
#
# Exports the database, proves that the export can be loaded, encrypts it with age and stores it.
#   scripts/backup-d1.sh            the declared database, into its bucket
#   scripts/backup-d1.sh --local    the local database of wrangler dev
# Variables:
#   BACKUP_AGE_RECIPIENT                                        public age recipient that may read the backup
#   CLOUDFLARE_API_TOKEN, CLOUDFLARE_ACCOUNT_ID                 token with D1 Write, its account; not with --local
#   BACKUP_R2_ACCESS_KEY_ID, BACKUP_R2_SECRET_ACCESS_KEY        R2 token: read and write of the bucket's objects
#   BACKUP_R2_ENDPOINT                                          default: the account's; another one for a bucket with a jurisdiction
#   BACKUP_TARGET                                               default: the bucket; file:///dir keeps backups in a directory
set -euo pipefail

readonly SERVICE=openclaw-pos
readonly DATABASE=openclaw-pos
readonly BINDING=DB
readonly BUCKET=openclaw-pos-d1-backups
readonly CRITICAL_TABLES=(orders order_items payments products)
readonly COMPATIBILITY_DATE=2026-04-01
readonly WRANGLER_TEMPLATE=wrangler.template.jsonc
readonly TIERS=(daily weekly monthly)

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

cleanup() {
  local status=$?
  begin_cleanup
  remove_work
  exit "$status"
}

local_run=no
while (($# > 0)); do
  case $1 in
    --local) local_run=yes ;;
    --help | -h) usage && exit 0 ;;
    *) die "unknown argument: $1; see --help" ;;
  esac
  shift
done

need age gzip jq openssl sha256sum sqlite3
need_wrangler
recipient=${BACKUP_AGE_RECIPIENT:-}
[[ -n $recipient ]] || die "BACKUP_AGE_RECIPIENT is not set; set it to the public key that age-keygen printed (age1…)"
[[ $recipient == age1* ]] || die "BACKUP_AGE_RECIPIENT is not an age recipient (age1…); never put the identity (AGE-SECRET-KEY-…) there"

make_work
cleanup_at_end
choose_database
choose_store

stamp=$(date -u +%Y%m%dT%H%M%SZ)
say "Exporting $DATABASE"
wrangler d1 export "${live[@]}" --skip-confirmation --output "$work/export.sql" || die "the export failed; see the message above"
[[ -s $work/export.sql ]] || die "the export is empty; nothing was stored"

# What is counted is the export itself, loaded into a scratch database: the live one has moved on since, and an export that can't be loaded
# is no backup. -safe: the text may not run commands of the sqlite3 shell.
{
  printf 'BEGIN;\n'
  cat "$work/export.sql"
  printf '\nCOMMIT;\n'
} >"$work/load.sql"
input=$work/load.sql interruptible sqlite3 -safe -bail "$work/check.db" 2>"$work/sqlite.err" >/dev/null || {
  # Only the place: the rest of SQLite's message repeats the statement, and with it the data.
  place=$(sed -n -E 's/^.*error[^:]* (near line [0-9]+).*$/ (\1)/p' "$work/sqlite.err" | head -n 1)
  die "the export can't be loaded into a database$place; nothing was stored"
}
rm -f -- "$work/load.sql"
[[ $(sqlite3 "$work/check.db" "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table'") != 0 ]] ||
  die "the export is empty: it has no table; nothing was stored"
for table in "${CRITICAL_TABLES[@]}" d1_migrations; do
  [[ $(sqlite3 "$work/check.db" "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = '$table'") == 1 ]] ||
    die "the export has no table $table; nothing was stored: is this the right database, and is it whole?"
done
sqlite3 -json "$work/check.db" "$(count_query)" | jq "$COUNTS_FROM_ROWS" >"$work/counts.json"
rm -f -- "$work/check.db"
jq -r '.tables | to_entries[] | select(.value == 0) | "! the critical table \(.key) has no rows"' "$work/counts.json" >&2

name=$stamp.sql.gz.age
plain_sha=$(sha256_of "$work/export.sql")
plain_bytes=$(size_of "$work/export.sql")
gzip -9 -n "$work/export.sql"
interruptible age --encrypt --recipient "$recipient" --output "$work/$name" "$work/export.sql.gz" ||
  die "age could not encrypt the export; is BACKUP_AGE_RECIPIENT a whole recipient?"
rm -f -- "$work/export.sql.gz"
jq -n --slurpfile counts "$work/counts.json" --arg service "$SERVICE" --arg database "$DATABASE" --arg stamp "$stamp" \
  --arg plain_sha "$plain_sha" --argjson plain_bytes "$plain_bytes" \
  --arg cipher_sha "$(sha256_of "$work/$name")" --argjson cipher_bytes "$(size_of "$work/$name")" '{
    format: 1, service: $service, database: $database, exported: $stamp,
    encrypted: { sha256: $cipher_sha, bytes: $cipher_bytes },
    plain: { sha256: $plain_sha, bytes: $plain_bytes }
  } + $counts[0]' >"$work/$name.manifest.json"
(cd -- "$work" && sha256sum -- "$name" "$name.manifest.json") >"$work/$name.sha256"

# The first backup of an ISO week, and of a month, is kept longer, also when the one of Sunday or of the 1st failed.
declare -A period=([daily]="" [weekly]="$(date -u +%G-W%V)-" [monthly]="$(date -u +%Y-%m)-")
stored=()
for tier in "${TIERS[@]}"; do
  prefix=$tier/$DATABASE/${period[$tier]}
  if [[ $tier != daily ]]; then
    store_list "$prefix"
    if printf '%s\n' "${keys[@]}" | grep -q '\.sha256$'; then continue; fi
  fi
  # The checksums come last: a backup without them is one whose upload was interrupted, and is never restored.
  for part in "" .manifest.json .sha256; do
    if [[ $part == .sha256 ]]; then
      sed "s#  #  ${period[$tier]}#" "$work/$name.sha256" >"$work/sums"
      store_put "$prefix$name.sha256" "$work/sums"
    else
      store_put "$prefix$name$part" "$work/$name$part"
    fi
  done
  stored+=("$prefix$name")
done

say "✓ stored in $target:"
printf '    %s\n' "${stored[@]}"
jq -r '"  rows: \(.tables | to_entries | map("\(.key) \(.value)") | join(", "))",
  "  migration: \(.migration.name) (\(.migration.applied) applied)",
  "  bytes: \(.plain.bytes) plain, \(.encrypted.bytes) encrypted; SHA-256 \(.encrypted.sha256)"' "$work/$name.manifest.json"
