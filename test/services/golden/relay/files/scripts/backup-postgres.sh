#!/usr/bin/env bash
# Made by Gatehouse from services/relay.ts; do not edit.
# Make it again: npx gatehouse files relay
#
# Dumps the database, checks the dump, and encrypts it with age together with what was in the database at that moment.
#   scripts/backup-postgres.sh              writes <stamp>.tar.age and its checksum into postgres-dump/
#   scripts/backup-postgres.sh --out DIR    into another directory
# Variables:
#   DATABASE_URL            URL of the server itself, not of a pooler; a role with pg_read_all_data is enough,
#                           with BYPASSRLS where tables have row-level security
#   BACKUP_AGE_RECIPIENT    public age recipient that may read the dump
#   POSTGRES_BIN            default: where Debian keeps the programs of the declared version, else where pg_dump is
set -euo pipefail

readonly SERVICE=relay
readonly MAJOR=17
readonly KEY_TABLES='{"public.workspaces":1,"public.api_keys":1,"public.audit_logs":1,"public.sessions":0}'
readonly MIGRATIONS_SQL='SELECT json_build_object('\''migration'\'', max("version"::text COLLATE "C"), '\''applied'\'', count(*)) FROM "public"."schema_migrations";'

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

hold=
cleanup() {
  local status=$?
  begin_cleanup
  [[ -z $hold ]] || kill -TERM "$hold" 2>/dev/null || true
  remove_work
  exit "$status"
}

out=postgres-dump
while (($# > 0)); do
  case $1 in
    --out)
      (($# > 1)) || die "--out needs a directory; see --help"
      out=$2
      shift
      ;;
    --help | -h) usage && exit 0 ;;
    *) die "unknown argument: $1; see --help" ;;
  esac
  shift
done

need age jq sha256sum tar
recipient=${BACKUP_AGE_RECIPIENT:-}
[[ -n $recipient ]] || die "BACKUP_AGE_RECIPIENT is not set; set it to the public key that age-keygen printed (age1…)"
[[ $recipient == age1* ]] || die "BACKUP_AGE_RECIPIENT is not an age recipient (age1…); never put the identity (AGE-SECRET-KEY-…) there"
choose_programs psql pg_dump pg_restore

make_work
cleanup_at_end
write_service live DATABASE_URL
unset DATABASE_URL
stamp=$(date -u +%Y%m%dT%H%M%SZ)
mkdir "$work/content"

# One transaction counts the rows and stays open: pg_dump takes its snapshot, so that the counts are those of the dump.
mkfifo "$work/questions"
"$bin/psql" "${PSQL[@]}" service=live <"$work/questions" >"$work/inventory" 2>"$work/psql.err" &
hold=$!
exec {questions}>"$work/questions"
inventory_sql >&"$questions" || true
while ! grep -q '"end"' "$work/inventory"; do
  if ! kill -0 "$hold" 2>/dev/null; then
    explain "$work/psql.err"
    die "the database could not be looked at; nothing was stored. Does it answer, is the URL right, may the role read every row?"
  fi
  interruptible sleep 0.2
done
read_inventory
snapshot=$(jq -r 'select(has("snapshot")).snapshot' "$work/inventory")
server=$(jq -r '.major' "$work/found.json")
((server <= MAJOR)) || die "the server is PostgreSQL $server, declared is $MAJOR; write postgres.version: $server in services/$SERVICE.ts"
((server == MAJOR)) || say "! the server is PostgreSQL $server, declared is $MAJOR: the drill restores into another version"
missing=$(jq -r --argjson key "$KEY_TABLES" '[$key | keys[]] - (.tables | keys) | join(", ")' "$work/found.json")
[[ -z $missing ]] || die "the database has no table $missing; nothing was stored: is this the right database, and is it whole?"
few=$(jq -r --argjson key "$KEY_TABLES" '.tables as $t | [$key | to_entries[] | select($t[.key] < .value).key] | join(", ")' "$work/found.json")
[[ -z $few ]] || printf '! fewer rows than a key table must have: %s; the drill will not accept this dump\n' "$few" >&2

say "Dumping with $("$bin/pg_dump" --version)"
dump=$work/content/dump.pgc
interruptible "$bin/pg_dump" --dbname=service=live --no-password --format=custom --compress=6 --lock-wait-timeout=5min \
  --snapshot="$snapshot" --file="$dump" 2>"$work/dump.err" || {
  explain "$work/dump.err"
  die "the dump failed; nothing was stored"
}
exec {questions}>&-
wait "$hold" || die "the connection that kept the snapshot was lost; nothing was stored"
hold=
[[ -s $dump ]] || die "the dump is empty; nothing was stored"
"$bin/pg_restore" --list "$dump" >"$work/list" 2>"$work/list.err" || die "pg_restore can't read the dump; nothing was stored"
grep -q ' TABLE ' "$work/list" || die "the dump has no table; nothing was stored"

jq --arg service "$SERVICE" --arg stamp "$stamp" --arg sha "$(sha256_of "$dump")" --argjson bytes "$(size_of "$dump")" \
  '{ format: 1, service: $service, dumped: $stamp, dump: { sha256: $sha, bytes: $bytes } } + .' "$work/found.json" >"$work/content/manifest.json"
name=$SERVICE-$stamp.tar.age
interruptible tar --create --file "$work/content.tar" --directory "$work/content" manifest.json dump.pgc || die "the dump could not be packed; nothing was stored"
interruptible age --encrypt --recipient "$recipient" --output "$work/$name" "$work/content.tar" ||
  die "age could not encrypt the dump; is BACKUP_AGE_RECIPIENT a whole recipient?"
(cd -- "$work" && sha256sum -- "$name") >"$work/$name.sha256"

# The checksum comes last: a dump without one was interrupted, and is never restored.
mkdir -p -- "$out"
cp -- "$work/$name" "$out/$name.partial" || die "$name could not be written to $out; is there room?"
mv -- "$out/$name.partial" "$out/$name"
cp -- "$work/$name.sha256" "$out/$name.sha256"
(cd -- "$out" && sha256sum --check --strict --quiet -- "$name.sha256") >&2 || die "$name arrived damaged in $out; run the backup again"

say "✓ $out/$name"
jq -r '"  \(.tables | length) tables, \(.dump.bytes) bytes compressed, PostgreSQL \(.server)"' "$work/content/manifest.json"
say "  $(size_of "$out/$name") bytes encrypted, SHA-256 $(sha256_of "$out/$name")"
