import { retentionTiers } from "../../declaration/backup-retention";
import type { RenderedFile } from "../rendered-file";
import { SHELL_BASICS } from "../shell-basics";
import { shellScript } from "../shell-script";
import { WRANGLER_TEMPLATE } from "../wrangler-config";
import type { BackedUpDatabase } from "./backed-up-database";
import { D1_FUNCTIONS } from "./d1-functions";
import { STORE_FUNCTIONS } from "./store-functions";

export const BACKUP_SCRIPT = "scripts/backup-d1.sh";

const ABOUT = [
  "Exports the database, proves that the export can be loaded, encrypts it with age and stores it.",
  "  scripts/backup-d1.sh            the declared database, into its bucket",
  "  scripts/backup-d1.sh --local    the local database of wrangler dev",
  "Variables:",
  "  BACKUP_AGE_RECIPIENT                                        public age recipient that may read the backup",
  "  CLOUDFLARE_API_TOKEN, CLOUDFLARE_ACCOUNT_ID                 token with D1 Write, its account; not with --local",
  "  BACKUP_R2_ACCESS_KEY_ID, BACKUP_R2_SECRET_ACCESS_KEY        R2 token: read and write of the bucket's objects",
  "  BACKUP_R2_ENDPOINT                                          default: the account's; another one for a bucket with a jurisdiction",
  "  BACKUP_TARGET                                               default: the bucket; file:///dir keeps backups in a directory",
];

const MAIN = String.raw`
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
recipient=$\{BACKUP_AGE_RECIPIENT:-}
[[ -n $recipient ]] || die "BACKUP_AGE_RECIPIENT is not set; set it to the public key that age-keygen printed (age1…)"
[[ $recipient == age1* ]] || die "BACKUP_AGE_RECIPIENT is not an age recipient (age1…); never put the identity (AGE-SECRET-KEY-…) there"

make_work
cleanup_at_end
choose_database
choose_store

stamp=$(date -u +%Y%m%dT%H%M%SZ)
say "Exporting $DATABASE"
wrangler d1 export "$\{live[@]}" --skip-confirmation --output "$work/export.sql" || die "the export failed; see the message above"
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
for table in "$\{CRITICAL_TABLES[@]}" d1_migrations; do
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
for tier in "$\{TIERS[@]}"; do
  prefix=$tier/$DATABASE/$\{period[$tier]}
  if [[ $tier != daily ]]; then
    store_list "$prefix"
    if printf '%s\n' "$\{keys[@]}" | grep -q '\.sha256$'; then continue; fi
  fi
  # The checksums come last: a backup without them is one whose upload was interrupted, and is never restored.
  for part in "" .manifest.json .sha256; do
    if [[ $part == .sha256 ]]; then
      sed "s#  #  $\{period[$tier]}#" "$work/$name.sha256" >"$work/sums"
      store_put "$prefix$name.sha256" "$work/sums"
    else
      store_put "$prefix$name$part" "$work/$name$part"
    fi
  done
  stored+=("$prefix$name")
done

say "✓ stored in $target:"
printf '    %s\n' "$\{stored[@]}"
jq -r '"  rows: \(.tables | to_entries | map("\(.key) \(.value)") | join(", "))",
  "  migration: \(.migration.name) (\(.migration.applied) applied)",
  "  bytes: \(.plain.bytes) plain, \(.encrypted.bytes) encrypted; SHA-256 \(.encrypted.sha256)"' "$work/$name.manifest.json"
`;

/** Constants that both scripts share. */
export function backupConstants(service: string, { name, database, backup, edge }: BackedUpDatabase) {
  return {
    SERVICE: service,
    DATABASE: name,
    BINDING: database.binding,
    BUCKET: backup.bucket,
    CRITICAL_TABLES: backup.criticalTables,
    COMPATIBILITY_DATE: edge.worker.compatibilityDate,
    WRANGLER_TEMPLATE,
  };
}

/** `scripts/backup-d1.sh`. */
export function backupScript(service: string, entry: BackedUpDatabase): RenderedFile {
  const tiers = retentionTiers(entry.backup.keep).map(({ prefix }) => prefix.replace(/\/$/, ""));
  return shellScript({
    service,
    path: BACKUP_SCRIPT,
    about: ABOUT,
    constants: { ...backupConstants(service, entry), TIERS: tiers },
    parts: [SHELL_BASICS, D1_FUNCTIONS, STORE_FUNCTIONS, MAIN],
  });
}
