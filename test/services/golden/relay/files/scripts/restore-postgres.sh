#!/usr/bin/env bash
# Made by Gatehouse from services/relay.ts; do not edit.
# Make it again: npx gatehouse files relay
#
# Restores a dump: always into a throwaway cluster first, where tables, rows and migration must be those of the moment of the dump.
#   scripts/restore-postgres.sh --drill        only that, and a report
#   scripts/restore-postgres.sh --into NAME    then into the empty database NAME, which RESTORE_DATABASE_URL leads to, once its name is typed
# A database that has a table is never touched: a restore makes a new database, and people switch the URL.
# Options:
#   --dump FILE|RUN|latest  which dump: a file, that of a run of the workflow by its id, or the newest one (both need gh); default latest
#   --identity FILE         age identity that decrypts it; default the variable BACKUP_AGE_IDENTITY
#   --yes-restore NAME      the name of the database, where nobody can type it
#   --report DIR            where reports are kept; default restore-report
# Variables: BACKUP_AGE_IDENTITY, RESTORE_DATABASE_URL, GH_TOKEN and GH_REPO for gh, POSTGRES_BIN as for backup-postgres.sh.
set -euo pipefail

readonly SERVICE=relay
readonly MAJOR=17
readonly KEY_TABLES='{"public.workspaces":1,"public.api_keys":1,"public.audit_logs":1,"public.sessions":0}'
readonly MIGRATIONS_SQL='SELECT json_build_object('\''migration'\'', max("version"::text COLLATE "C"), '\''applied'\'', count(*)) FROM "public"."schema_migrations";'
readonly WORKFLOW=backup.yml
readonly ARTIFACT=postgres-dump
readonly NEWEST_WITHIN_HOURS=36
readonly WITHIN_MINUTES=60
readonly SHOW_COUNTS=no

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

# The directory bin with the programs of the declared version: pg_dump refuses a newer server, and what another version restores proves less.
choose_programs() {
  local program major
  bin=${POSTGRES_BIN:-/usr/lib/postgresql/$MAJOR/bin}
  if [[ ! -d $bin && -z ${POSTGRES_BIN:-} ]]; then
    need pg_dump
    bin=$(dirname -- "$(command -v pg_dump)")
  fi
  for program in "$@"; do
    [[ -x $bin/$program ]] || die "$program is not in $bin; install PostgreSQL $MAJOR, or name its directory in POSTGRES_BIN"
    major=$("$bin/$program" --version | sed -E 's/^[^0-9]*([0-9]+).*$/\1/')
    [[ $major == "$MAJOR" ]] || die "$bin/$program is of PostgreSQL $major, expected $MAJOR; name its directory in POSTGRES_BIN"
  done
}

# Plaintext and passwords live here only; the directory is this user's alone and is removed however the script ends, short of kill -9.
make_work() {
  local name
  work=$(mktemp -d "${TMPDIR:-/tmp}/gatehouse-postgres.XXXXXXXX")
  chmod 700 "$work"
  # Whatever the caller's shell says about servers is not meant for these: they are named in a service file.
  for name in "${!PG@}"; do unset "$name"; done
  : >"$work/services"
  export PGSERVICEFILE="$work/services" TMPDIR="$work" LC_ALL=C.UTF-8
}

# The errors of a program of PostgreSQL in a file, without what may be data: values in quotes, details, contexts and addresses.
explain() {
  sed -n -E '/^(pg_restore: from TOC entry|(psql|pg_dump|pg_restore|initdb|pg_ctl).*(error|fatal):|.*(ERROR|FATAL): )/{
    s/(relation|extension|role|schema|type|function|table|column) "([^"]*)"/\1 «\2»/g
    s/"[^"]*("|$)/"…"/g
    s/ \([0-9a-fA-F.:]+\),/,/g
    s/(COPY failed for table «[^»]*»: [^:]*:).*/\1 …/
    p
  }' "$1" | head -n 5 >&2
}

readonly PSQL=(--no-psqlrc --quiet --no-password --tuples-only --no-align --set ON_ERROR_STOP=1)

# decode TEXT: percent-encoding, into the variable decoded.
decode() {
  local text=${1//\\/\\\\}
  printf -v decoded '%b' "${text//%/\\x}"
}

# setting KEY VALUE: one line of a service file. Nothing but a line break could begin another one.
setting() {
  [[ $2 != *[[:cntrl:]]* && $2 != *[[:space:]] && ${#2} -lt 900 ]] ||
    die "$variable has a $1 with a control character, a space at its end or more than 900 characters; libpq's service files can't hold it"
  printf '%s=%s\n' "$1" "$2" >>"$work/services"
}

# write_service NAME VARIABLE: the URL in the environment variable, as a service; its database's name into the variable database.
write_service() {
  local name=$1 variable=$2 url=${!2:-} rest query='' login host port='' pair key mode='' decoded
  [[ -n $url ]] || die "$variable is not set; set it to the URL of the database (postgresql://user:password@host:port/database)"
  [[ $url == postgres://* || $url == postgresql://* ]] || die "$variable is not the URL of a Postgres database (postgresql://user:password@host:port/database)"
  rest=${url#*://}
  if [[ $rest == *\?* ]]; then
    query=${rest#*\?}
    rest=${rest%%\?*}
  fi
  [[ $rest == */?* ]] || die "$variable names no database; it ends with /<database>"
  printf '[%s]\n' "$name" >>"$work/services"
  decode "${rest#*/}"
  database=$decoded
  setting dbname "$database"
  rest=${rest%%/*}
  if [[ $rest == *@* ]]; then
    login=${rest%@*}
    rest=${rest##*@}
    decode "${login%%:*}"
    setting user "$decoded"
    if [[ $login == *:* ]]; then
      decode "${login#*:}"
      setting password "$decoded"
    fi
  fi
  [[ $rest != *,* ]] || die "$variable names several servers; name one"
  if [[ $rest =~ ^\[([0-9a-fA-F:.]+)\](:([0-9]+))?$ ]]; then
    host=${BASH_REMATCH[1]}
    port=${BASH_REMATCH[3]}
  else
    host=${rest%%:*}
    [[ $rest != *:* ]] || port=${rest#*:}
  fi
  decode "$host"
  host=$decoded
  while [[ -n $query ]]; do
    pair=${query%%&*}
    if [[ $query == *\&* ]]; then query=${query#*&}; else query=; fi
    key=${pair%%=*}
    [[ $key =~ ^[a-z_]+$ && $key != service ]] || die "$variable has a parameter that libpq does not know; remove it"
    decode "${pair#*=}"
    case $key in
      host) host=$decoded ;;
      port) port=$decoded ;;
      sslmode) mode=$decoded ;;
      *) setting "$key" "$decoded" ;;
    esac
  done
  [[ -n $host ]] || die "$variable names no server"
  setting host "$host"
  setting port "${port:-5432}"
  # Over a network only encrypted: libpq's own default would go on in clear when the server offers no TLS.
  case $host in
    /* | localhost | 127.* | ::1) mode=${mode:-prefer} ;;
    *)
      mode=${mode:-require}
      [[ $mode == require || $mode == verify-* ]] || die "$variable has sslmode=$mode, which allows data and password in clear; write sslmode=require or verify-full"
      ;;
  esac
  setting sslmode "$mode"
  setting connect_timeout 20
}

inventory_sql() {
  cat <<'SQL'
SET search_path = '';
SET row_security = off;
SET statement_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT json_build_object('snapshot', pg_export_snapshot());
SELECT json_build_object('server', current_setting('server_version'), 'major', current_setting('server_version_num')::int / 10000,
  'encoding', current_setting('server_encoding'), 'database', current_database());
SELECT json_build_object('role', rolname) FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY rolname;
SELECT json_build_object('extension', extname, 'version', extversion) FROM pg_extension ORDER BY extname;
SELECT format('SELECT json_build_object(''table'', %L, ''rows'', count(*)) FROM %I.%I', n.nspname || '.' || c.relname, n.nspname, c.relname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  ORDER BY n.nspname, c.relname
\gexec
SQL
  [[ -z $MIGRATIONS_SQL ]] || printf '%s\n' "$MIGRATIONS_SQL"
  printf '%s\n' "SELECT json_build_object('end', true);"
}

# The inventory in $work/inventory as the part of the manifest that is compared, into $work/found.json.
read_inventory() {
  jq -s '(map(select(has("server"))) | .[0]) as $server | {
    server: $server.server, major: $server.major, encoding: $server.encoding, database: $server.database,
    roles: map(select(has("role")).role),
    extensions: (map(select(has("extension")) | { key: .extension, value: .version }) | from_entries),
    tables: (map(select(has("table")) | { key: .table, value: .rows }) | from_entries),
    migration: (map(select(has("migration")) | { newest: .migration, applied: .applied }) | .[0])
  }' "$work/inventory" >"$work/found.json"
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

# write_report OUTCOME: one of verified, restored, too-slow, failed.
write_report() {
  local outcome=$1 file=$report/restore-$stamp
  phase
  mkdir -p -- "$report"
  [[ -s $work/comparison.json ]] || printf 'null' >"$work/comparison.json"
  [[ -s $work/found.json ]] || printf 'null' >"$work/found.json"
  [[ -s ${manifest:-} ]] || printf 'null' >"${manifest:=$work/manifest.json}"
  jq -n --arg outcome "$outcome" --arg mode "$mode" --arg service "$SERVICE" --arg at "$stamp" --arg name "$(basename -- "$dump")" --arg sha "$sha" \
    --arg counts "$SHOW_COUNTS" --arg failure "$(cat "$work/failure" 2>/dev/null || true)" --argjson age "${age_hours:-null}" \
    --argjson phases "$phases" --argjson total $(($(date +%s) - began)) --argjson promised $((WITHIN_MINUTES * 60)) \
    --slurpfile manifest "$manifest" --slurpfile found "$work/found.json" --slurpfile comparison "$work/comparison.json" '
    $manifest[0] as $m | $comparison[0] as $c | {
      format: 1, outcome: $outcome, mode: $mode, service: $service, began: $at, failure: $failure,
      dump: { name: $name, sha256: $sha, dumped: $m.dumped, ageHours: $age, bytes: $m.dump.bytes },
      server: { dumped: $m.server, restored: $found[0].server },
      seconds: ($phases + { total: $total, promised: $promised }),
      tables: $c.tables, missing: $c.missing, unexpected: $c.unexpected, differ: $c.differ, migration: $c.migration,
      keyTables: [$c.keyTables[]? | if $counts == "yes" then . else del(.expected, .found) end]
    }' >"$file.json"
  jq -r 'def yes(value): if value then "yes" else "**no**" end;
    "# Restore of \(.service) (\(.mode)): \(.outcome)\n",
    (if .failure == "" then empty else "**\(.failure)**\n" end),
    "| What | Value |\n| --- | --- |",
    "| Dump | \(.dump.name), \(.dump.ageHours // "?") h old |", "| SHA-256 | \(.dump.sha256) |",
    "| PostgreSQL | dumped from \(.server.dumped // "?"), restored into \(.server.restored // "?") |",
    "| Tables | \(.tables.found // "?") of \(.tables.expected // "?") |",
    "| Newest migration | \(.migration.found.newest? // "–") (as dumped: \(if .migration == null then "?" else yes(.migration.equal) end)) |",
    (if .keyTables == [] then empty else
      (.keyTables[0] | has("found")) as $counted
      | "\n| Key table | There | Enough rows | Rows as dumped |\(if $counted then " Rows |" else "" end)\n| --- | --- | --- | --- |\(if $counted then " ---: |" else "" end)",
      (.keyTables[] | "| \(.table) | \(yes(.exists)) | \(yes(.enough)) (at least \(.least)) | \(yes(.equal)) |\(if $counted then " \(.found // "–") |" else "" end)") end),
    "\n| Phase | Seconds |\n| --- | ---: |", (.seconds | to_entries[] | "| \(.key) | \(.value) |")' "$file.json" >"$file.md"
  say "Report: $file.md"
}

# The newest dump that the workflow stored from main, or that of the run $dump. Runs that a pull request started don't count: anybody can encrypt for a public recipient.
fetch_dump() {
  local run runs count
  need gh
  runs=$(gh api --method GET "repos/{owner}/{repo}/actions/workflows/$WORKFLOW/runs" -f branch=main -f status=success -f per_page=100 \
    --jq '.workflow_runs[] | select((.event == "schedule" or .event == "workflow_dispatch") and .head_branch == "main" and .head_repository.id == .repository.id).id') ||
    die "the runs of $WORKFLOW can't be listed; does GH_TOKEN (or gh auth login) allow to read actions?"
  for run in $runs; do
    [[ $dump == latest || $dump == "$run" ]] || continue
    count=$(gh api --method GET "repos/{owner}/{repo}/actions/runs/$run/artifacts" -f name="$ARTIFACT" --jq '[.artifacts[] | select(.expired | not)] | length') ||
      die "the artifacts of run $run can't be listed"
    ((count > 0)) || continue
    interruptible gh run download "$run" --name "$ARTIFACT" --dir "$work/fetched" || die "the dump of run $run can't be downloaded"
    set -- "$work/fetched"/*.tar.age
    [[ $# == 1 && -f $1 ]] || die "the artifact of run $run does not hold one dump; name a file with --dump"
    dump=$1
    say "Dump $(basename -- "$dump") of run $run"
    return
  done
  [[ $dump == latest ]] || die "the run $dump is not among the last successful runs of $WORKFLOW on main with a dump that is still kept"
  die "no successful run of $WORKFLOW on main has a dump that is still kept; run it: gh workflow run $WORKFLOW"
}

# Checks the file against its checksum, opens it, and forgets everything that could open another one.
open_dump() {
  local name members
  [[ -f $dump ]] || die "the dump $dump is not there; name a file with --dump, or take latest"
  [[ -f $dump.sha256 ]] || die "$dump has no checksum beside it (.sha256): its backup was interrupted; take another dump"
  name=$(basename -- "$dump")
  [[ $(sed -E 's/^[0-9a-f]{64}  //' "$dump.sha256") == "$name" ]] || die "$dump.sha256 is not the checksum of $name; take another dump"
  (cd -- "$(dirname -- "$dump")" && sha256sum --check --strict --status -- "$name.sha256") || die "the dump is damaged: its checksum differs; take another one"
  sha=$(sha256_of "$dump")
  if [[ -z $identity ]]; then
    [[ -n ${BACKUP_AGE_IDENTITY:-} ]] || die "no age identity: name its file with --identity FILE, or set BACKUP_AGE_IDENTITY"
    identity=$work/identity
    printf '%s\n' "$BACKUP_AGE_IDENTITY" >"$identity"
  fi
  [[ -r $identity ]] || die "the age identity $identity can't be read"
  interruptible age --decrypt --identity "$identity" --output "$work/content.tar" "$dump" 2>/dev/null ||
    die "the dump can't be decrypted; is this the identity of the recipient it was encrypted for?"
  # What is restored below may run code of the database's own (functions, COPY FROM PROGRAM): it finds no key.
  unset BACKUP_AGE_IDENTITY GH_TOKEN GITHUB_TOKEN
  rm -f -- "$work/identity"
  members=$(tar --list --file "$work/content.tar") || die "what was decrypted is not a dump of backup-postgres.sh; take another one"
  [[ $members == $'manifest.json\ndump.pgc' ]] || die "what was decrypted is not a dump of backup-postgres.sh; take another one"
  tar --extract --file "$work/content.tar" --directory "$work" --no-same-owner
  rm -f -- "$work/content.tar"
  manifest=$work/manifest.json
  [[ $(jq -r .format "$manifest" 2>/dev/null) == 1 ]] || die "the manifest has another format than 1; use the restore-postgres.sh of the time of the dump"
  [[ $(jq -r .service "$manifest") == "$SERVICE" ]] || die "the dump is of $(jq -r .service "$manifest"), expected $SERVICE; take another one"
  [[ $(sha256_of "$work/dump.pgc") == "$(jq -r .dump.sha256 "$manifest")" ]] || die "the dump is not the one that its manifest describes; take another one"
  "$bin/pg_restore" --list "$work/dump.pgc" >/dev/null 2>&1 || die "pg_restore can't read the dump; take another one"
  dumped=$(jq -r .dumped "$manifest")
  age_hours=$((($(date -u +%s) - $(date -u -d "${dumped:0:4}-${dumped:4:2}-${dumped:6:2}T${dumped:9:2}:${dumped:11:2}:${dumped:13:2}Z" +%s)) / 3600))
}

# A cluster of its own, with a socket in the work directory and no port: nothing outside of this script can be reached or meant.
start_cluster() {
  local socket=$work/socket
  ((EUID != 0)) || die "PostgreSQL does not run as root; run this as an ordinary user"
  ((${#socket} < 80)) || die "TMPDIR is so long that a socket in it can't be named; set a shorter one, such as /tmp"
  mkdir "$socket"
  interruptible "$bin/initdb" --pgdata="$work/cluster" --username=postgres --auth-local=trust --auth-host=reject --encoding=UTF8 \
    --locale=C.UTF-8 --no-sync >"$work/initdb.out" 2>&1 || {
    explain "$work/initdb.out"
    die "initdb failed; is there room in $work?"
  }
  interruptible "$bin/pg_ctl" start --wait --silent --pgdata="$work/cluster" --log="$work/server.log" \
    --options="-k '$socket' -c listen_addresses='' -c fsync=off -c full_page_writes=off -c autovacuum=off" || die "the throwaway cluster does not start"
  printf '[%s]\nhost=%s\nport=5432\nuser=postgres\ndbname=%s\n' scratch-postgres "$socket" postgres scratch "$socket" restored >>"$work/services"
  {
    # Policies and default privileges name roles, which a dump of one database does not make.
    jq -r '.roles[] | select(. != "postgres") | "CREATE ROLE \"\(gsub("\""; "\"\""))\" NOLOGIN;"' "$manifest"
    jq -r '"CREATE DATABASE restored TEMPLATE template0 ENCODING \u0027\(.encoding)\u0027" + (if .encoding == "UTF8" then "" else " LOCALE \u0027C\u0027" end) + ";"' "$manifest"
  } >"$work/prepare.sql"
  input=$work/prepare.sql interruptible "$bin/psql" "${PSQL[@]}" service=scratch-postgres >/dev/null 2>"$work/prepare.err" || {
    explain "$work/prepare.err"
    die "the throwaway database could not be made"
  }
}

stop_cluster() {
  [[ -f $work/cluster/postmaster.pid ]] || return 0
  "$bin/pg_ctl" stop --silent --mode=immediate --pgdata="$work/cluster" >/dev/null 2>&1 || true
}

# restore_into SERVICE WHAT OPTIONS...: who owns what, and who may do what, is the target's business.
restore_into() {
  local service=$1 what=$2
  shift 2
  interruptible "$bin/pg_restore" --dbname=service="$service" --no-password --exit-on-error --no-owner --no-privileges "$@" "$work/dump.pgc" \
    >/dev/null 2>"$work/restore.err" || {
    explain "$work/restore.err"
    die "the dump could not be restored into $what; the errors are above, without data. An extension that is not available must be installed first"
  }
}

# must_be_empty SERVICE NAME: tables and views of extensions don't count.
must_be_empty() {
  cat >"$work/empty.sql" <<'SQL'
SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e');
SQL
  input=$work/empty.sql interruptible "$bin/psql" "${PSQL[@]}" service="$1" >"$work/empty" 2>"$work/psql.err" || {
    explain "$work/psql.err"
    die "$2 can't be looked at; nothing was changed"
  }
  [[ $(<"$work/empty") == 0 ]] || die "$2 has tables already; nothing was changed. Make an empty database and restore into that one"
}

# look_at SERVICE WHAT: what is there, into the file found.json.
look_at() {
  inventory_sql >"$work/questions.sql"
  input=$work/questions.sql interruptible "$bin/psql" "${PSQL[@]}" service="$1" >"$work/inventory" 2>"$work/psql.err" || {
    explain "$work/psql.err"
    die "$2 can't be looked at"
  }
  read_inventory
}

# compare SERVICE WHAT: what was restored against the manifest and the key tables, into comparison.json.
compare() {
  local problem
  look_at "$1" "$2"
  jq -n --slurpfile expected "$manifest" --slurpfile found "$work/found.json" --argjson key "$KEY_TABLES" '
    $expected[0] as $e | $found[0] as $f | {
      tables: { expected: ($e.tables | length), found: ($f.tables | length) },
      missing: (($e.tables | keys) - ($f.tables | keys)), unexpected: (($f.tables | keys) - ($e.tables | keys)),
      differ: [$e.tables | to_entries[] | select($f.tables[.key] != null and $f.tables[.key] != .value) | { table: .key, rows: ($f.tables[.key] - .value) }],
      migration: { expected: $e.migration, found: $f.migration, equal: ($e.migration == $f.migration) },
      keyTables: [$key | to_entries[] | {
        table: .key, least: .value, expected: $e.tables[.key], found: $f.tables[.key],
        exists: ($f.tables[.key] != null), enough: (($f.tables[.key] // -1) >= .value), equal: ($e.tables[.key] == $f.tables[.key])
      }]
    } | .problem = (
      (.keyTables | map(select(.exists | not).table)) as $gone | (.keyTables | map(select(.exists and (.enough | not)).table)) as $few
      | if $gone != [] then "the key table \($gone | join(", ")) is missing"
        elif $few != [] then "a key table has fewer rows than it must have: \($few | join(", "))"
        elif .missing != [] then "tables of the dump are missing: \(.missing | join(", "))"
        elif .unexpected != [] then "there are tables that the dump does not have: \(.unexpected | join(", "))"
        elif .differ != [] then "rows differ: \(.differ | map("\(.table) (\(if .rows > 0 then "+" else "" end)\(.rows))") | join(", "))"
        elif .migration.equal | not then "the newest migration differs: \(.migration.found.newest), expected \(.migration.expected.newest)"
        else "" end)' >"$work/comparison.json"
  problem=$(jq -r .problem "$work/comparison.json")
  [[ -z $problem ]] || die "$2 is not what was dumped: $problem"
}

cleanup() {
  local status=$?
  begin_cleanup
  if ((status != 0)) && [[ -n $work && $reported == no ]]; then write_report failed; fi
  [[ -z $work ]] || stop_cluster
  remove_work
  exit "$status"
}

mode=
into=
dump=latest
identity=
yes_restore=
report=restore-report
while (($# > 0)); do
  case $1 in
    --into | --dump | --identity | --yes-restore | --report)
      (($# > 1)) || die "$1 needs a value; see --help"
      case $1 in
        --into) into=$2 mode=${mode:+both}restore ;;
        --dump) dump=$2 ;;
        --identity) identity=$2 ;;
        --yes-restore) yes_restore=$2 ;;
        --report) report=$2 ;;
      esac
      shift
      ;;
    --drill) mode=${mode:+both}drill ;;
    --help | -h) usage && exit 0 ;;
    *) die "unknown argument: $1; see --help" ;;
  esac
  shift
done
[[ $mode == drill || $mode == restore ]] || die "expected --drill, or --into NAME; see --help"

need age jq sha256sum tar
choose_programs initdb pg_ctl pg_restore postgres psql
stamp=$(date -u +%Y%m%dT%H%M%SZ)
sha=
manifest=
age_hours=
reported=no
make_work
cleanup_at_end
if [[ $mode == restore ]]; then
  write_service target RESTORE_DATABASE_URL
  unset RESTORE_DATABASE_URL
  [[ $database == "$into" ]] || die "RESTORE_DATABASE_URL leads to another database than --into $into; correct one of them"
  must_be_empty target "$into"
fi

latest=no
[[ $dump != latest ]] || latest=yes
if [[ $dump == latest || $dump =~ ^[0-9]+$ ]]; then
  phase fetch
  fetch_dump
fi
phase open
open_dump
if [[ $mode == drill && $latest == yes ]] && ((age_hours >= NEWEST_WITHIN_HOURS)); then
  die "the newest dump is $age_hours hours old, promised are $NEWEST_WITHIN_HOURS: the backups have stopped"
fi

phase cluster
start_cluster
phase restore
restore_into scratch "the throwaway cluster" --jobs=2
phase verify
compare scratch "the throwaway database"
say "✓ the throwaway database has the tables, rows and migration of the dump"
stop_cluster

if [[ $mode == restore ]]; then
  phase confirm
  must_be_empty target "$into"
  if [[ -z $yes_restore ]]; then
    [[ -t 0 ]] || die "nobody is here to confirm; repeat with --yes-restore $into"
    read -rp "Type the name of the database to restore into it: " yes_restore
  fi
  [[ $yes_restore == "$into" ]] || die "the name is not $into; nothing was changed"
  phase target
  restore_into target "$into" --single-transaction
  phase verify-target
  compare target "$into"
  say "✓ $into has the tables, rows and migration of the dump"
fi
phase

if [[ $mode == drill ]] && (($(date +%s) - began > WITHIN_MINUTES * 60)); then
  reported=yes
  printf 'slower than promised (%s min)' "$WITHIN_MINUTES" >"$work/failure"
  write_report too-slow
  die "slower than promised ($WITHIN_MINUTES min); the report says where the time went"
fi
reported=yes
if [[ $mode == drill ]]; then write_report verified; else write_report restored; fi
