import { CONNECTION_FUNCTIONS } from "../postgres/connection-functions";
import { PROGRAM_FUNCTIONS } from "../postgres/program-functions";
import type { RenderedFile } from "../rendered-file";
import { SHELL_BASICS } from "../shell-basics";
import { shellScript } from "../shell-script";
import { CLONE_FUNCTIONS } from "./clone-functions";
import type { TriedMigrations } from "./gated-migrations";
import { DRY_RUN_SCRIPT, MIGRATIONS_TOOL } from "./names";
import { REHEARSAL_FUNCTIONS } from "./rehearsal-functions";

/** What is shown of a database with data in it: a migration chooses the words of its errors, and could put data there, or into a schema. */
const CLOSED_WORDS = String.raw`
# said: where psql stopped, and PostgreSQL's code for why: https://www.postgresql.org/docs/current/errcodes-appendix.html
said() {
  sed -n -E 's/^psql:.*\.sql:([0-9]+): (ERROR|FATAL):  ([0-9A-Z]{5})$/| line \1: \3/p; s/^psql: .*(FATAL:|failed:).*/| no connection/p' "$work/psql.err" | head -n 5 >&2
}

differing() { printf '%s\n' "| the difference is not shown: it could hold data; $CHECK shows it on an empty database" >&2; }
`;

const MAIN = String.raw`
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

case $\{1:-} in
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
  number=$\{name%%[!0-9]*}
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
`;

/** `scripts/dry-run-migrations.sh`: new migrations on a copy of the clone. */
export function dryRunScript({ name, job, dryRun }: TriedMigrations): RenderedFile {
  return shellScript({
    service: name,
    path: DRY_RUN_SCRIPT,
    about: [
      "Runs what a commit or a tree adds to main's migrations in a throwaway copy of the database that CLONE_URL names: there, back, and",
      "there again. Of data and schema nothing is shown: of an error its line and PostgreSQL's code.",
      "  scripts/dry-run-migrations.sh origin/main HEAD",
      "Exits with 1 when the migrations are to blame, with 2 when they could not be tried.",
      "Needs what scripts/check-migrations.sh needs, without a server.",
    ],
    constants: {
      MAJOR: job.postgres,
      UP: job.up,
      DOWN: job.down,
      ROLLBACK: job.rollback,
      TOOL: MIGRATIONS_TOOL,
      CHECK: "scripts/check-migrations.sh",
      APPLIED_SCHEMA: dryRun.applied.schema,
      APPLIED_TABLE: dryRun.applied.table,
      APPLIED_COLUMN: dryRun.applied.column,
      LONGEST: "10m",
      STATEMENT: "5min",
      LEFT_BEHIND_SECONDS: 10_800,
    },
    parts: [
      SHELL_BASICS,
      PROGRAM_FUNCTIONS,
      CONNECTION_FUNCTIONS,
      CLOSED_WORDS,
      REHEARSAL_FUNCTIONS,
      CLONE_FUNCTIONS,
      MAIN,
    ],
  });
}
