import type { RenderedFile } from "../rendered-file";
import { SHELL_BASICS } from "../shell-basics";
import { shellScript } from "../shell-script";
import { CONNECTION_FUNCTIONS } from "./connection-functions";
import { postgresConstants, type WithPostgres } from "./dumped-database";
import { INVENTORY_FUNCTIONS } from "./inventory-functions";
import { DUMP_SCRIPT } from "./names";
import { PROGRAM_FUNCTIONS } from "./program-functions";

const ABOUT = [
  "Dumps the database, checks the dump, and encrypts it with age together with what was in the database at that moment.",
  "  scripts/backup-postgres.sh              writes <stamp>.tar.age and its checksum into postgres-dump/",
  "  scripts/backup-postgres.sh --out DIR    into another directory",
  "Variables:",
  "  DATABASE_URL            URL of the server itself, not of a pooler; a role with pg_read_all_data is enough,",
  "                          with BYPASSRLS where tables have row-level security",
  "  BACKUP_AGE_RECIPIENT    public age recipient that may read the dump",
  "  POSTGRES_BIN            default: where Debian keeps the programs of the declared version, else where pg_dump is",
];

const MAIN = String.raw`
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
recipient=$\{BACKUP_AGE_RECIPIENT:-}
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
"$bin/psql" "$\{PSQL[@]}" service=live <"$work/questions" >"$work/inventory" 2>"$work/psql.err" &
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
`;

/** `scripts/backup-postgres.sh`. */
export function dumpScript(service: WithPostgres): RenderedFile {
  return shellScript({
    service: service.name,
    path: DUMP_SCRIPT,
    about: ABOUT,
    constants: postgresConstants(service),
    parts: [SHELL_BASICS, PROGRAM_FUNCTIONS, CONNECTION_FUNCTIONS, INVENTORY_FUNCTIONS, MAIN],
  });
}
