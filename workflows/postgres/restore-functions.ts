/** Finding, checking and opening a dump; a throwaway cluster; restoring, and comparing what is there with what the dump says. */
export const RESTORE_FUNCTIONS = String.raw`
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
    [[ -n $\{BACKUP_AGE_IDENTITY:-} ]] || die "no age identity: name its file with --identity FILE, or set BACKUP_AGE_IDENTITY"
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
  age_hours=$((($(date -u +%s) - $(date -u -d "$\{dumped:0:4}-$\{dumped:4:2}-$\{dumped:6:2}T$\{dumped:9:2}:$\{dumped:11:2}:$\{dumped:13:2}Z" +%s)) / 3600))
}

# A cluster of its own, with a socket in the work directory and no port: nothing outside of this script can be reached or meant.
start_cluster() {
  local socket=$work/socket
  ((EUID != 0)) || die "PostgreSQL does not run as root; run this as an ordinary user"
  (($\{#socket} < 80)) || die "TMPDIR is so long that a socket in it can't be named; set a shorter one, such as /tmp"
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
  input=$work/prepare.sql interruptible "$bin/psql" "$\{PSQL[@]}" service=scratch-postgres >/dev/null 2>"$work/prepare.err" || {
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
  input=$work/empty.sql interruptible "$bin/psql" "$\{PSQL[@]}" service="$1" >"$work/empty" 2>"$work/psql.err" || {
    explain "$work/psql.err"
    die "$2 can't be looked at; nothing was changed"
  }
  [[ $(<"$work/empty") == 0 ]] || die "$2 has tables already; nothing was changed. Make an empty database and restore into that one"
}

# look_at SERVICE WHAT: what is there, into the file found.json.
look_at() {
  inventory_sql >"$work/questions.sql"
  input=$work/questions.sql interruptible "$bin/psql" "$\{PSQL[@]}" service="$1" >"$work/inventory" 2>"$work/psql.err" || {
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
`;
