#!/usr/bin/env bash
# Made by Gatehouse from services/summit.ts; do not edit.
# Make it again: npx gatehouse files summit
#
# Runs what a commit or a tree adds to main's migrations in a throwaway copy of the database that CLONE_URL names: there, back, and
# there again. Of data and schema nothing is shown: of an error its line and PostgreSQL's code.
#   scripts/dry-run-migrations.sh origin/main HEAD
# Exits with 1 when the migrations are to blame, with 2 when they could not be tried.
# Needs what scripts/check-migrations.sh needs, without a server.
set -euo pipefail

readonly MAJOR=17
readonly UP=.up.sql
readonly DOWN=.down.sql
readonly ROLLBACK=migrations-rollback.md
readonly TOOL=.github/tools/migrations.py
readonly CHECK=scripts/check-migrations.sh
readonly APPLIED_SCHEMA=public
readonly APPLIED_TABLE=schema_migrations
readonly APPLIED_COLUMN=version
readonly LONGEST=10m
readonly STATEMENT=5min
readonly LEFT_BEHIND_SECONDS=10800

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

# said: where psql stopped, and PostgreSQL's code for why: https://www.postgresql.org/docs/current/errcodes-appendix.html
said() {
  sed -n -E 's/^psql:.*\.sql:([0-9]+): (ERROR|FATAL):  ([0-9A-Z]{5})$/| line \1: \3/p; s/^psql: .*(FATAL:|failed:).*/| no connection/p' "$work/psql.err" | head -n 5 >&2
}

differing() { printf '%s\n' "| the difference is not shown: it could hold data; $CHECK shows it on an empty database" >&2; }

# run_file DATABASE FILE MODE: what it prints may be data, and goes nowhere; what goes wrong is in psql.err.
run_file() {
  local whole=(--single-transaction)
  [[ $3 == whole ]] || whole=()
  input=/dev/null interruptible timeout "$LONGEST" "$bin/psql" "${PSQL[@]}" "${VERBOSITY[@]}" "${whole[@]}" --dbname="service=$1" \
    --command="\\restrict $key" --file="$2" >/dev/null 2>"$work/psql.err"
}

# schema DATABASE NAME: what pg_dump says of it, into a file.
schema() {
  interruptible "$bin/pg_dump" --schema-only --no-password --dbname="service=$1" >"$work/dump" 2>"$work/psql.err" || {
    said
    die "the schema can't be read"
  }
  python3 "$TOOL" schema <"$work/dump" >"$work/$2"
}

# same NAME NAME WHAT
same() {
  cmp -s "$work/$1" "$work/$2" && return
  differing "$work/$1" "$work/$2"
  die "$3"
}

# rehearse DATABASE: the new migrations there, back, and there again.
rehearse() {
  local database=$1 stem up down place undone count
  mapfile -t steps <"$work/change/new.list"
  count=${#steps[@]}
  schema "$database" schema.0
  for ((place = 0; place < count; place++)); do
    IFS=$'\t' read -r stem up down <<<"${steps[place]}"
    run_file "$database" "$work/change/new/$stem$UP" "$up" || {
      said
      die "$stem$UP fails; correct it: it was merged nowhere yet"
    }
    schema "$database" "schema.$((place + 1))"
    say "✓ $stem$UP"
  done
  undone=$count
  while ((undone > 0)); do
    IFS=$'\t' read -r stem up down <<<"${steps[undone - 1]}"
    if [[ $down == - ]]; then
      say "– $stem has no way back, as $ROLLBACK says; those before it aren't taken back either"
      break
    fi
    run_file "$database" "$work/change/new/$stem$DOWN" "$down" || {
      said
      die "$stem$DOWN fails"
    }
    schema "$database" back
    same "schema.$((undone - 1))" back "$stem$DOWN does not bring the schema back that was there before $stem$UP"
    say "✓ $stem$DOWN brings the schema back"
    undone=$((undone - 1))
  done
  ((undone < count)) || return 0
  for ((place = undone; place < count; place++)); do
    IFS=$'\t' read -r stem up down <<<"${steps[place]}"
    run_file "$database" "$work/change/new/$stem$UP" "$up" || {
      said
      die "$stem$UP fails after $stem$DOWN: what it leaves behind is in its way"
    }
  done
  schema "$database" again
  same "schema.$count" again "the new migrations give another schema after they were taken back"
  say "✓ and there again"
}

# ask SERVICE FILE: SQL of this script's; what it answers goes into the file answer.
ask() {
  input=/dev/null interruptible timeout "$LONGEST" "$bin/psql" "${PSQL[@]}" --set=VERBOSITY=sqlstate --set=clone="$clone" --set=made="$made" \
    --dbname="service=$1" --file="$2" >"$work/answer" 2>"$work/psql.err"
}

# The clone under three names: itself, the database that everybody may connect to, and the throwaway one.
name_databases() {
  local seconds
  write_service clone CLONE_URL
  clone=$database
  printf -v seconds '%(%s)T' -1
  made=gatehouse_dry_run_${seconds}_$(od -An -N4 -tx1 /dev/urandom | tr -d ' \n')
  sed -e 's/^\[clone\]$/[admin]/' -e 's/^dbname=.*/dbname=postgres/' "$work/services" >"$work/admin"
  # What the server is told of time limits a migration can take back; so there is one around psql too.
  sed -e 's/^\[clone\]$/[throwaway]/' -e "s/^dbname=.*/dbname=$made/" -e '/^options=/d' \
    -e '$ a options=-c statement_timeout='"$STATEMENT"' -c lock_timeout=10s' "$work/services" >"$work/throwaway"
  cat "$work/admin" "$work/throwaway" >>"$work/services"
}

# https://www.postgresql.org/docs/current/predefined-roles.html
look_at_role() {
  cat >"$work/role.sql" <<'SQL'
WITH mine AS (SELECT * FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')),
  asked AS (SELECT * FROM pg_database WHERE datname = :'clone')
SELECT CASE
  WHEN (SELECT bool_or(rolsuper) FROM mine) THEN 'its role is a superuser, or may become one'
  WHEN (SELECT bool_or(rolcreaterole OR rolreplication OR rolbypassrls) FROM mine) THEN 'its role may make roles, replicate, or pass row security'
  WHEN EXISTS (SELECT FROM mine WHERE rolname LIKE 'pg\_%') THEN 'its role is in one of PostgreSQL''s own, which reach files, programs or others'' sessions'
  WHEN NOT (SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user) THEN 'its role may not make databases (CREATEDB)'
  WHEN NOT EXISTS (SELECT FROM asked) THEN 'there is no such database'
  WHEN EXISTS (SELECT FROM pg_database JOIN mine ON mine.oid = datdba WHERE datname !~ '^gatehouse_dry_run_') THEN 'its role owns a database: a migration could change that one; give it to another role, the clone too'
  WHEN NOT (SELECT datistemplate FROM asked) THEN 'it is no template (ALTER DATABASE … IS_TEMPLATE true), so its role can''t copy it'
  ELSE 'fine' END, current_setting('server_version_num')::int / 10000;
SQL
  ask admin "$work/role.sql" || {
    said
    die "the server of the clone does not answer, or does not let the role of CLONE_URL in"
  }
  IFS='|' read -r finding major <"$work/answer"
  [[ $finding == fine ]] || die "CLONE_URL: $finding; see docs/migrations-dry-run.md"
  [[ $major == "$MAJOR" ]] || die "the clone's server is PostgreSQL $major, production's is declared as $MAJOR; clone it to the same"
}

# Databases that an interrupted run left: those of runs that can't be under way any more.
sweep() {
  local name seconds now
  printf '%s\n' "SELECT datname FROM pg_database WHERE datname ~ '^gatehouse_dry_run_[0-9]{10}_[0-9a-f]{8}$' AND datdba = current_user::regrole;" >"$work/sweep.sql"
  ask admin "$work/sweep.sql" || die "the databases on the clone's server can't be listed"
  printf -v now '%(%s)T' -1
  while IFS= read -r name; do
    seconds=${name#gatehouse_dry_run_}
    ((now - 10#${seconds%_*} > LEFT_BEHIND_SECONDS)) || continue
    printf '%s\n' "DROP DATABASE IF EXISTS \"$name\" WITH (FORCE);" >"$work/drop.sql"
    # Another run may be sweeping too.
    if ask admin "$work/drop.sql"; then say "– $name was left behind, and is gone"; fi
  done < <(cat "$work/answer")
}

# make_throwaway: a copy of the clone. Somebody who is connected to the clone is in the way (55006): that may end.
make_throwaway() {
  local try
  printf '%s\n' 'CREATE DATABASE :"made" TEMPLATE :"clone" CONNECTION LIMIT 5;' >"$work/make.sql"
  for ((try = 1; try <= 5; try++)); do
    there=maybe
    if ask admin "$work/make.sql"; then return 0; fi
    grep -q 55006 "$work/psql.err" || break
    sleep "$((try * 3))"
  done
  said
  die "the clone can't be copied; is there room on its server, and nobody connected to it?"
}

drop_throwaway() {
  printf '%s\n' 'DROP DATABASE IF EXISTS :"made" WITH (FORCE);' >"$work/drop.sql"
  ask admin "$work/drop.sql"
}

readonly VERBOSITY=(--set=VERBOSITY=sqlstate)
# Until the migrations themselves are judged, whatever goes wrong is nothing that they did.
judging=no
there=no
cleanup() {
  local status=$?
  begin_cleanup
  if [[ $there != no ]] && ! drop_throwaway; then
    printf '%s\n' "✗ the throwaway database $made is still there; the next run removes it" >&2
    ((status != 0 && status != 1)) || status=2
  fi
  remove_work
  if ((status == 1)) && [[ $judging == no ]]; then status=2; fi
  exit "$status"
}

case ${1:-} in
  --help | -h) usage && exit 0 ;;
esac
(($# == 2)) || die "name the commit of main, and the commit or tree that is held against it; see --help"
[[ $1 != -* && $2 != -* ]] || die "unknown argument: $1 $2; see --help"
need git python3
make_work
cleanup_at_end
base=$(git rev-parse --verify --quiet "$1^{commit}") || die "$1 is no commit of this repository"
head=$(git rev-parse --verify --quiet "$2^{tree}") || die "$2 is nothing that this repository has"
choose_programs pg_dump psql
mkdir "$work/change"
judging=yes
python3 "$TOOL" check "$base" "$head" "$work/change" || exit 1
judging=no
if [[ ! -s $work/change/new.list ]]; then
  say "✓ no new migration"
  exit 0
fi

name_databases
unset CLONE_URL
look_at_role
sweep
make_throwaway
printf '%s\n' "SELECT trunc(coalesce(max(\"$APPLIED_COLUMN\"::text::numeric), -1)) FROM \"$APPLIED_SCHEMA\".\"$APPLIED_TABLE\";" >"$work/applied.sql"
ask throwaway "$work/applied.sql" || {
  said
  die "the clone does not say which migrations it has: $APPLIED_SCHEMA.$APPLIED_TABLE has no numbers in $APPLIED_COLUMN"
}
applied=$(<"$work/answer")
[[ $applied =~ ^-?[0-9]{1,18}$ ]] || die "the clone does not say which migrations it has: $APPLIED_SCHEMA.$APPLIED_TABLE answers with no number"
key=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
count=0
while IFS=$'\t' read -r name mode; do
  number=${name%%[!0-9]*}
  ((10#$number > applied)) || continue
  run_file throwaway "$work/change/base/$name" "$mode" || {
    said
    die "$name of main fails on the clone, which has the migrations up to $applied; nothing new can be tried on top of it"
  }
  count=$((count + 1))
done <"$work/change/base.list"
say "✓ a copy of the clone, with the migrations up to $applied and $count more of main"
judging=yes
rehearse throwaway
