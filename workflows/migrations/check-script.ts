import { CONNECTION_OPTIONS } from "../postgres/connection-functions";
import { PROGRAM_FUNCTIONS } from "../postgres/program-functions";
import type { RenderedFile } from "../rendered-file";
import { SHELL_BASICS } from "../shell-basics";
import { shellScript } from "../shell-script";
import type { GatedMigrations } from "./gated-migrations";
import { MIGRATIONS_SCRIPT, MIGRATIONS_TOOL } from "./names";
import { OPEN_WORDS, REHEARSAL_FUNCTIONS } from "./rehearsal-functions";

const MAIN = String.raw`
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
  (($\{#socket} < 80)) || die "TMPDIR is so long that a socket in it can't be named; set a shorter one, such as /tmp"
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
  input=$work/prepare.sql interruptible "$bin/psql" "$\{PSQL[@]}" --dbname=service=admin >/dev/null 2>"$work/psql.err" || {
    said
    die "the throwaway database could not be made"
  }
}

what=check
case $\{1:-} in
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
`;

/** `scripts/check-migrations.sh`: the gate of a change that touches migrations. */
export function checkMigrationsScript({ name, job }: GatedMigrations): RenderedFile {
  return shellScript({
    service: name,
    path: MIGRATIONS_SCRIPT,
    about: [
      "Checks what HEAD adds to the migrations of a base commit: names and numbers, plan and way back, statements that the version before",
      "can't live with; then runs main's migrations, the new ones, their way back and the new ones again, in a throwaway cluster.",
      "  scripts/check-migrations.sh origin/main",
      "  scripts/check-migrations.sh --changed origin/main    says whether there is anything to check",
      "Needs python3 with the packages of .github/tools/migrations-requirements.txt, and PostgreSQL (POSTGRES_BIN names its directory).",
    ],
    constants: {
      MAJOR: job.postgres,
      DIRECTORY: job.directory,
      UP: job.up,
      DOWN: job.down,
      ROLLBACK: job.rollback,
      TOOL: MIGRATIONS_TOOL,
      LONGEST: "10m",
    },
    parts: [SHELL_BASICS, PROGRAM_FUNCTIONS, CONNECTION_OPTIONS, OPEN_WORDS, REHEARSAL_FUNCTIONS, MAIN],
  });
}
