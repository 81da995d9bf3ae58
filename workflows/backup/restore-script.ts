import type { RenderedFile } from "../rendered-file";
import { RESTORE_PHASES } from "../restore-phases";
import { SHELL_BASICS } from "../shell-basics";
import { shellScript } from "../shell-script";
import type { BackedUpDatabase } from "./backed-up-database";
import { backupConstants } from "./backup-script";
import { D1_FUNCTIONS } from "./d1-functions";
import { RESTORE_FUNCTIONS } from "./restore-functions";
import { RESTORE_PRODUCTION } from "./restore-production";
import { RESTORE_REPORT } from "./restore-report";
import { STORE_FUNCTIONS } from "./store-functions";

export const RESTORE_SCRIPT = "scripts/restore-d1.sh";

const ABOUT = [
  "Restores a backup: always into a clone first, whose row counts and migrations must be those of the backup's manifest.",
  "  scripts/restore-d1.sh --into staging-clone              the drill: restore into a new database, compare, delete it",
  "  scripts/restore-d1.sh --into production                 the same, then the live database, once its name has been typed",
  "Options:",
  "  --backup KEY|latest     which backup; default latest, the newest daily one",
  "  --identity FILE         age identity that decrypts it; default the variable BACKUP_AGE_IDENTITY",
  "  --smoke                 run the smoke tests against the Worker, run on this machine over a copy of the clone",
  "  --smoke-url URL         run them against a Worker that you have bound to the clone",
  "  --keep-clone            don't delete the clone",
  "  --yes-restore NAME      the name of the database, where nobody can type it",
  "  --report DIR            where reports and proofs are kept; default restore-report",
  "  --local                 the local database of wrangler dev, and a clone of its own",
  "A clone that was verified leaves a proof in the report directory; production takes such a proof of the same backup, or verifies a clone.",
  "Variables: CLOUDFLARE_API_TOKEN, CLOUDFLARE_ACCOUNT_ID, BACKUP_R2_ACCESS_KEY_ID, BACKUP_R2_SECRET_ACCESS_KEY, BACKUP_R2_ENDPOINT and",
  "BACKUP_TARGET as for backup-d1.sh.",
];

const MAIN = String.raw`
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
[[ $into == staging-clone || $into == production ]] || die "--into is $\{into:-missing}; expected staging-clone or production"

need age curl gzip jq sha256sum
need_wrangler
stamp=$(date -u +%Y%m%dT%H%M%SZ)
clone=$DATABASE-restore-$\{stamp,,}
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
  compare "the clone" "$\{copy[@]}"
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
  compare "production" "$\{live[@]}"
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
`;

/** `scripts/restore-d1.sh`. */
export function restoreScript(service: string, entry: BackedUpDatabase): RenderedFile {
  const { backup, database, edge } = entry;
  return shellScript({
    service,
    path: RESTORE_SCRIPT,
    about: ABOUT,
    constants: {
      ...backupConstants(service, entry),
      LOCATION_HINT: database.locationHint ?? "",
      MIGRATIONS: database.migrations,
      WORKER_ENTRY: edge.worker.entry,
      HEALTH_PATH: edge.worker.healthPath,
      SMOKE_SCRIPT: backup.smokeScript,
      WITHIN_MINUTES: backup.drill.withinMinutes,
    },
    parts: [
      SHELL_BASICS,
      D1_FUNCTIONS,
      STORE_FUNCTIONS,
      RESTORE_PHASES,
      RESTORE_REPORT,
      RESTORE_FUNCTIONS,
      RESTORE_PRODUCTION,
      MAIN,
    ],
  });
}
