import type { RenderedFile } from "../rendered-file";
import { RESTORE_PHASES } from "../restore-phases";
import { SHELL_BASICS } from "../shell-basics";
import { shellScript } from "../shell-script";
import { CONNECTION_FUNCTIONS } from "./connection-functions";
import { postgresConstants, type WithPostgres } from "./dumped-database";
import { INVENTORY_FUNCTIONS } from "./inventory-functions";
import { DUMP_ARTIFACT, POSTGRES_WORKFLOW, RESTORE_SCRIPT } from "./names";
import { PROGRAM_FUNCTIONS } from "./program-functions";
import { RESTORE_FUNCTIONS } from "./restore-functions";
import { RESTORE_REPORT } from "./restore-report";

const ABOUT = [
  "Restores a dump: always into a throwaway cluster first, where tables, rows and migration must be those of the moment of the dump.",
  "  scripts/restore-postgres.sh --drill        only that, and a report",
  "  scripts/restore-postgres.sh --into NAME    then into the empty database NAME, which RESTORE_DATABASE_URL leads to, once its name is typed",
  "A database that has a table is never touched: a restore makes a new database, and people switch the URL.",
  "Options:",
  "  --dump FILE|RUN|latest  which dump: a file, that of a run of the workflow by its id, or the newest one (both need gh); default latest",
  "  --identity FILE         age identity that decrypts it; default the variable BACKUP_AGE_IDENTITY",
  "  --yes-restore NAME      the name of the database, where nobody can type it",
  "  --report DIR            where reports are kept; default restore-report",
  "Variables: BACKUP_AGE_IDENTITY, RESTORE_DATABASE_URL, GH_TOKEN and GH_REPO for gh, POSTGRES_BIN as for backup-postgres.sh.",
];

const MAIN = String.raw`
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
        --into) into=$2 mode=$\{mode:+both}restore ;;
        --dump) dump=$2 ;;
        --identity) identity=$2 ;;
        --yes-restore) yes_restore=$2 ;;
        --report) report=$2 ;;
      esac
      shift
      ;;
    --drill) mode=$\{mode:+both}drill ;;
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
`;

/** `scripts/restore-postgres.sh`. */
export function restoreScript(service: WithPostgres): RenderedFile {
  const { drill } = service.postgres;
  return shellScript({
    service: service.name,
    path: RESTORE_SCRIPT,
    about: ABOUT,
    constants: {
      ...postgresConstants(service),
      WORKFLOW: POSTGRES_WORKFLOW,
      ARTIFACT: DUMP_ARTIFACT,
      NEWEST_WITHIN_HOURS: drill.newestWithinHours,
      WITHIN_MINUTES: drill.withinMinutes,
      SHOW_COUNTS: service.repository.visibility === "public" ? "no" : "yes",
    },
    parts: [
      SHELL_BASICS,
      PROGRAM_FUNCTIONS,
      CONNECTION_FUNCTIONS,
      INVENTORY_FUNCTIONS,
      RESTORE_PHASES,
      RESTORE_REPORT,
      RESTORE_FUNCTIONS,
      MAIN,
    ],
  });
}
