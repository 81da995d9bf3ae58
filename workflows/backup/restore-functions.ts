/** Finding, checking and opening a backup; loading it into a clone; comparing what is there with what the manifest says. */
export const RESTORE_FUNCTIONS = String.raw`
# Fetches the backup with its manifest and checksums, and refuses whatever does not fit together.
fetch_backup() {
  local name format
  if [[ $backup == latest ]]; then
    store_list "daily/$DATABASE/"
    backup=$(printf '%s\n' "$\{keys[@]}" | sed -n 's/\.sha256$//p' | tail -n 1)
    [[ -n $backup ]] || die "there is no whole backup under daily/$DATABASE/ in $target; name one with --backup KEY"
  fi
  say "Backup $backup"
  name=$(basename -- "$backup")
  store_get "$backup.sha256" "$work/sums"
  store_get "$backup.manifest.json" "$work/$name.manifest.json"
  store_get "$backup" "$work/$name"
  # The sums name these two files and nothing else: a line with a path would check, and so trust, some other file.
  [[ $(sed -E 's/^[0-9a-f]{64}  //' "$work/sums") == "$name"$'\n'"$name.manifest.json" ]] ||
    die "$backup.sha256 does not name the backup and its manifest; take another backup"
  (cd -- "$work" && sha256sum --check --strict --quiet sums) >&2 ||
    die "the backup or its manifest is damaged: the checksum differs; take another backup (--backup KEY)"
  manifest=$work/$name.manifest.json
  format=$(jq -r '.format' "$manifest" 2>/dev/null) || die "the manifest is not JSON; take another backup"
  [[ $format == 1 ]] || die "the manifest has format $format, expected 1; use the restore-d1.sh of the time of the backup"
  [[ $(jq -r '.database' "$manifest") == "$DATABASE" ]] ||
    die "the backup is of the database $(jq -r '.database' "$manifest"), expected $DATABASE; name another one with --backup KEY"
  sha=$(jq -r '.encrypted.sha256' "$manifest")
  [[ $(sha256_of "$work/$name") == "$sha" ]] || die "the manifest belongs to another backup; take another one"
  encrypted=$work/$name
}

open_backup() {
  if [[ -z $identity ]]; then
    [[ -n $\{BACKUP_AGE_IDENTITY:-} ]] || die "no age identity: name its file with --identity FILE, or set BACKUP_AGE_IDENTITY"
    identity=$work/identity
    printf '%s\n' "$BACKUP_AGE_IDENTITY" >"$identity"
  fi
  [[ -r $identity ]] || die "the age identity $identity can't be read"
  interruptible age --decrypt --identity "$identity" --output "$work/export.sql.gz" "$encrypted" ||
    die "the backup can't be decrypted; is this the identity of the recipient it was encrypted for?"
  gzip -d "$work/export.sql.gz" || die "the decrypted backup is not gzip; take another backup"
  [[ $(sha256_of "$work/export.sql") == "$(jq -r '.plain.sha256' "$manifest")" ]] ||
    die "the decrypted export is not the one that the manifest describes; take another backup"
}

# The Worker as the repository has it for local work, in a directory of its own, so that its database is another one: the clone.
write_worker() {
  mkdir -p "$work/clone"
  grep -v '^//' "$root/$WRANGLER_TEMPLATE" | jq --arg main "$root/$WORKER_ENTRY" --arg migrations "$root/$MIGRATIONS" \
    'del(.env, ."$schema") | .main = $main | .d1_databases[].migrations_dir = $migrations' >"$work/clone/wrangler.json" ||
    die "$root/$WRANGLER_TEMPLATE can't be read; make it again: npx gatehouse files $SERVICE"
}

make_clone() {
  write_worker
  if [[ $local_run == yes ]]; then
    copy=("$BINDING" --local --config "$work/clone/wrangler.json")
  else
    copy=("$clone" --remote --config "$work/remote.json")
    report_leftovers
    clone_exists=yes
    wrangler d1 create "$clone" --config "$work/remote.json" $\{LOCATION_HINT:+--location "$LOCATION_HINT"} ||
      die "the clone $clone could not be made; may the token write D1?"
  fi
  wrangler d1 execute "$\{copy[@]}" --yes --file "$work/export.sql" || die "the backup could not be loaded into the clone $clone"
}

# Clones that an earlier run left behind cost money and hold data of customers; they are named, never deleted unasked.
report_leftovers() {
  wrangler d1 list --json --config "$work/remote.json" || die "the databases of the account can't be listed"
  jq -r --arg prefix "$DATABASE-restore-" \
    '.[].name | select(startswith($prefix)) | "! left behind by an earlier run: \(.) (npx wrangler d1 delete \(.))"' "$work/wrangler.out" >&2
}

# compare WHAT ARGUMENTS...: counts and migration of a database against the manifest.
compare() {
  local what=$1
  shift
  wrangler d1 execute "$@" --json --command "$(count_query)" ||
    die "$what can't be counted: a critical table is missing, or the database does not answer"
  jq ".[0].results | $COUNTS_FROM_ROWS" "$work/wrangler.out" >"$work/found.json"
  found=$(<"$work/found.json")
  jq -e -s '.[0] == (.[1] | { tables, migration })' "$work/found.json" "$manifest" >/dev/null && return
  jq -c . "$work/found.json" >&2
  jq -c '{ tables, migration }' "$manifest" >&2
  die "$what differs from the manifest: found, then expected, above"
}

# Code of the repository and its packages gets none of this script's secrets.
readonly SECRETLESS=(env -u CLOUDFLARE_API_TOKEN -u BACKUP_AGE_IDENTITY -u BACKUP_R2_ACCESS_KEY_ID -u BACKUP_R2_SECRET_ACCESS_KEY)

# Sets url. A port that somebody else has is no reason to fail a drill: another one is tried.
start_worker() {
  local port attempt try
  for ((attempt = 1; ; attempt++)); do
    # Both ports lie below those that the system takes for outgoing connections.
    port=$((10000 + RANDOM % 10000))
    url=http://127.0.0.1:$port
    (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null && continue
    # No function in the background: the signal would reach a shell around it, and not the Worker.
    "$\{SECRETLESS[@]}" "$root/node_modules/.bin/wrangler" dev --config "$work/clone/wrangler.json" --ip 127.0.0.1 --port "$port" \
      --inspector-port $((port + 10000)) </dev/null >"$work/worker.log" 2>&1 &
    worker=$!
    for ((try = 1; ; try++)); do
      sleep 1
      kill -0 "$worker" 2>/dev/null || break
      curl --silent --fail --max-time 5 --output /dev/null "$url$HEALTH_PATH" && return
      ((try < 60)) || { tail -n 20 "$work/worker.log" >&2; die "the Worker did not answer $HEALTH_PATH within a minute"; }
    done
    worker=
    grep -q 'Address already in use' "$work/worker.log" && ((attempt < 5)) && continue
    tail -n 20 "$work/worker.log" >&2
    die "the Worker did not start for the smoke tests"
  done
}

smoke_clone() {
  local url=$smoke_url
  if [[ -z $url ]]; then
    # The token may not deploy Workers, so the Worker runs here, over a local copy of the same export.
    [[ $local_run == yes ]] ||
      wrangler d1 execute "$BINDING" --local --config "$work/clone/wrangler.json" --yes --file "$work/export.sql" ||
      die "the backup could not be loaded into a local copy for the smoke tests"
    start_worker
  fi
  BASE_URL=$url interruptible "$\{SECRETLESS[@]}" npm --prefix "$root" run --silent "$SMOKE_SCRIPT" >&2 ||
    die "npm run $SMOKE_SCRIPT failed against $url"
  stop_worker
}

stop_worker() {
  [[ -n $worker ]] || return 0
  kill -TERM "$worker" 2>/dev/null || true
  wait "$worker" 2>/dev/null || true
  worker=
}

drop_clone() {
  [[ $clone_exists == yes ]] || return 0
  if [[ $keep_clone == yes ]]; then
    say "The clone is kept: $clone. Delete it when you are done: npx wrangler d1 delete $clone"
  elif wrangler d1 delete "$clone" --skip-confirmation --config "$work/remote.json"; then
    say "The clone $clone is deleted"
  else
    printf '✗ the clone %s could not be deleted; delete it by hand: npx wrangler d1 delete %s\n' "$clone" "$clone" >&2
    return 1
  fi
}
`;
