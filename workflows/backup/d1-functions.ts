/** What both scripts know of D1: the repository's own wrangler, the declared database, and how its rows are counted. */
export const D1_FUNCTIONS = String.raw`
root=$(cd -- "$(dirname -- "$\{BASH_SOURCE[0]}")/.." && pwd)
readonly root

need_wrangler() {
  [[ -x $root/node_modules/.bin/wrangler ]] || die "wrangler is not installed in $root; run npm ci there"
}

# Secrets and plaintext live here only; the directory is this user's alone and is removed however the script ends, short of kill -9.
make_work() {
  work=$(mktemp -d "$\{TMPDIR:-/tmp}/gatehouse-d1.XXXXXXXX")
  chmod 700 "$work"
  mkdir "$work/logs"
  # Whatever the programs below put aside goes away with the directory. Wrangler's own log repeats what it printed, signed links included.
  export TMPDIR="$work"
  export WRANGLER_LOG_PATH="$work/logs" WRANGLER_SEND_METRICS=false CI=true NO_COLOR=1
  printf '{ "name": "%s", "compatibility_date": "%s", "send_metrics": false }\n' \
    "$SERVICE" "$COMPATIBILITY_DATE" >"$work/remote.json"
}

# Runs wrangler with its output in $work/wrangler.out. It is never shown whole: an export prints a link to the plaintext that needs no login
# and works for an hour (wrangler, packages/wrangler/src/d1/export.ts), and the logs of a public repository are public.
wrangler() {
  local status=0
  interruptible "$root/node_modules/.bin/wrangler" "$@" >"$work/wrangler.out" 2>"$work/wrangler.err" || status=$?
  if ((status != 0)); then
    sed -E 's#https?://[^[:space:]"]+#<link>#g' "$work/wrangler.out" "$work/wrangler.err" | tail -n 20 >&2
  fi
  return "$status"
}

# The declared database, remote or local: the same commands, other flags. Locally it is the one that wrangler dev uses.
choose_database() {
  if [[ $local_run == yes ]]; then
    live=("$BINDING" --local --config "$root/$WRANGLER_TEMPLATE")
  else
    [[ -n $\{CLOUDFLARE_API_TOKEN:-} ]] || die "CLOUDFLARE_API_TOKEN is not set; set it, or add --local to work on the local database"
    [[ -n $\{CLOUDFLARE_ACCOUNT_ID:-} ]] || die "CLOUDFLARE_ACCOUNT_ID is not set; set it to the id of the account"
    live=("$DATABASE" --remote --config "$work/remote.json")
  fi
}

# One line of SQL: the row count of every critical table, and how far the migrations are.
count_query() {
  local table sql=
  for table in "$\{CRITICAL_TABLES[@]}"; do
    sql+="SELECT 'table' AS kind, '$table' AS name, COUNT(*) AS rows FROM \"$table\" UNION ALL "
  done
  sql+="SELECT 'migration', COALESCE((SELECT name FROM d1_migrations ORDER BY id DESC LIMIT 1), ''), (SELECT COUNT(*) FROM d1_migrations)"
  printf '%s' "$sql"
}

# Rows of count_query as the part of the manifest that is compared.
readonly COUNTS_FROM_ROWS='{
  tables: (map(select(.kind == "table")) | map({ key: .name, value: .rows }) | from_entries),
  migration: (map(select(.kind == "migration")) | .[0] | { name: .name, applied: .rows })
}'
`;
