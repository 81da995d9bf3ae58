#!/usr/bin/env bash
# Made by Gatehouse from services/maestro.ts; do not edit.
# Make it again: npx gatehouse files maestro
#
# Checks what HEAD adds to the migrations of a base commit: names and numbers, plan and way back, statements that the version before
# can't live with; then runs main's migrations, the new ones, their way back and the new ones again, in a throwaway cluster.
#   scripts/check-migrations.sh origin/main
#   scripts/check-migrations.sh --changed origin/main    says whether there is anything to check
# Needs python3 with the packages of .github/tools/migrations-requirements.txt, and PostgreSQL (POSTGRES_BIN names its directory).
set -euo pipefail

readonly MAJOR=17
readonly DIRECTORY=db/migrations
readonly UP=.up.sql
readonly DOWN=.down.sql
readonly ROLLBACK=migrations-rollback.md
readonly TOOL=.github/tools/migrations.py
readonly LONGEST=10m

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

# said: the errors of psql.
said() {
  LC_ALL=C tr -d '\000-\010\013-\037\177' <"$work/psql.err" | sed -e "s|$work/||g" -e 's/##\[/# [/g' -e 's/^/| /' | head -n 20 >&2
}

# differing FILE FILE: where two schemas do.
differing() {
  diff -U 3 --label before --label after "$1" "$2" | sed -e 's/##\[/# [/g' -e 's/^/| /' | head -n 60 >&2 || true
}

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

readonly VERBOSITY=()
cleanup() {
  local status=$?
  begin_cleanup
  if [[ -f $work/cluster/postmaster.pid ]]; then
    "$bin/pg_ctl" stop --silent --mode=immediate --pgdata="$work/cluster" >/dev/null 2>&1 || true
  fi
  remove_work
  exit "$status"
}

# A cluster of its own, with a socket in the work directory and no port: nothing outside of this script can be reached or meant.
start_cluster() {
  local socket=$work/socket
  ((EUID != 0)) || die "PostgreSQL does not run as root; run this as an ordinary user"
  ((${#socket} < 80)) || die "TMPDIR is so long that a socket in it can't be named; set a shorter one, such as /tmp"
  mkdir "$socket"
  interruptible "$bin/initdb" --pgdata="$work/cluster" --username=postgres --auth-local=trust --auth-host=reject --encoding=UTF8 \
    --locale=C.UTF-8 --no-sync >/dev/null 2>"$work/psql.err" || {
    said
    die "initdb failed; is there room in $work?"
  }
  interruptible "$bin/pg_ctl" start --wait --silent --pgdata="$work/cluster" --log="$work/server.log" \
    --options="-k '$socket' -c listen_addresses='' -c fsync=off -c full_page_writes=off -c autovacuum=off" || die "the throwaway cluster does not start"
  # Not as a superuser: what only one may do fails here, as it would later.
  printf '[%s]\nhost=%s\nport=5432\nuser=%s\ndbname=%s\n' admin "$socket" postgres postgres empty "$socket" migrations empty >>"$work/services"
  printf '%s\n' 'CREATE ROLE migrations LOGIN;' 'CREATE DATABASE empty OWNER migrations;' >"$work/prepare.sql"
  input=$work/prepare.sql interruptible "$bin/psql" "${PSQL[@]}" --dbname=service=admin >/dev/null 2>"$work/psql.err" || {
    said
    die "the throwaway database could not be made"
  }
}

what=check
case ${1:-} in
  --changed)
    what=changed
    shift
    ;;
  --help | -h) usage && exit 0 ;;
esac
(($# == 1)) || die "name the commit that HEAD is held against; see --help"
[[ $1 != -* ]] || die "unknown argument: $1; see --help"
need git python3
base=$1
# A branch that is pushed for the first time has no commit before it (40 or 64 zeros): then everything is new.
if [[ $base =~ ^0+$ ]]; then base=$(git hash-object -t tree /dev/null); fi
base=$(git rev-parse --verify --quiet "$base^{commit}" 2>/dev/null || git rev-parse --verify --quiet "$base^{tree}" 2>/dev/null) ||
  die "$1 is no commit of this repository; fetch the whole history (fetch-depth: 0)"
changed=no
git diff --quiet --no-ext-diff "$base" HEAD -- "$DIRECTORY/" || changed=yes
if [[ $what == changed ]]; then
  printf 'changed=%s\n' "$changed"
  exit 0
fi
if [[ $changed == no ]]; then
  say "✓ nothing under $DIRECTORY/ changes"
  exit 0
fi

choose_programs initdb pg_ctl pg_dump psql
make_work
cleanup_at_end
mkdir "$work/change"
python3 "$TOOL" check "$base" HEAD "$work/change" || exit 1
key=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
start_cluster
while IFS=$'\t' read -r name mode; do
  run_file empty "$work/change/base/$name" "$mode" || {
    said
    die "$name of main fails in an empty database of PostgreSQL $MAJOR; nothing new can be tried on top of it"
  }
done <"$work/change/base.list"
say "✓ $(wc -l <"$work/change/base.list" | tr -d ' ') migration(s) of main, in an empty database of PostgreSQL $MAJOR"
rehearse empty
