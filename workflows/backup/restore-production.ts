/** Putting a verified backup in the place of the live data. */
export const RESTORE_PRODUCTION = String.raw`
confirm_production() {
  local typed
  if [[ -n $yes_restore ]]; then
    [[ $yes_restore == "$DATABASE" ]] || die "--yes-restore $yes_restore is not the name of the database, $DATABASE; nothing was changed"
  elif [[ -t 0 ]]; then
    say "All data of $DATABASE will be replaced by the backup of $(jq -r '.exported' "$manifest")."
    read -r -p "Type the name of the database to go on: " typed
    [[ $typed == "$DATABASE" ]] || die "$typed is not the name of the database; nothing was changed"
  else
    die "nobody is here to confirm: add --yes-restore $DATABASE; nothing was changed"
  fi
}

# An export loads into an empty database only (its CREATE TABLE fails where the table exists), and another database would have another id:
# bindings, Terraform and tokens would all have to follow. So the old objects are dropped and the export is loaded in one import: D1 runs a
# file whole or returns to where it was ("if the execution fails to complete, your DB will return to its original state"; locally it is one
# batch, and so one transaction). D1 answers no queries meanwhile. The bookmark of Time Travel from before is the way back.
restore_production() {
  undo=
  if [[ $local_run == no ]]; then
    wrangler d1 time-travel info "$DATABASE" --json --config "$work/remote.json" ||
      die "the bookmark of Time Travel can't be read, and it is the way back; nothing was changed"
    undo=$(jq -r '.bookmark // empty' "$work/wrangler.out")
    [[ -n $undo ]] || die "Time Travel gave no bookmark, and it is the way back; nothing was changed"
    say "The way back: npx wrangler d1 time-travel restore $DATABASE --bookmark $undo"
  fi
  # Foreign keys are looked at when all is done. Triggers and views go first, tables in the reverse order of their making.
  wrangler d1 execute "$\{live[@]}" --json --command \
    "SELECT type, name FROM sqlite_schema WHERE type IN ('table', 'view', 'trigger') AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_cf_*' ORDER BY CASE type WHEN 'trigger' THEN 0 WHEN 'view' THEN 1 ELSE 2 END, rowid DESC" ||
    die "the tables of $DATABASE can't be listed; nothing was changed"
  {
    printf 'PRAGMA defer_foreign_keys=TRUE;\n'
    jq -r '.[0].results[] | "DROP \(.type | ascii_upcase) \"\(.name | gsub("\""; "\"\""))\";"' "$work/wrangler.out"
    cat "$work/export.sql"
  } >"$work/production.sql"
  wrangler d1 execute "$\{live[@]}" --yes --file "$work/production.sql" ||
    die "the import failed; D1 returns to where it was. Look at the message above, check the counts, and run this again"
}

print_checklist() {
  cat <<CHECKLIST

Post-restore checklist
  [ ] npm run $SMOKE_SCRIPT passes against production
  [ ] the health check answers 200, and errors are back where they were
  [ ] migrations that are newer than the backup are applied: npx wrangler d1 migrations apply, or the next release
  [ ] writes are on again; the time without them is in the incident
  [ ] what was written after the backup and is lost is listed, and its owners know
  [ ] a fresh backup is in the bucket: scripts/backup-d1.sh
  [ ] the report is attached to the incident
CHECKLIST
}
`;
