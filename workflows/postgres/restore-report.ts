/**
 * What a restore leaves behind: times against the promise, tables, rows and migration, as JSON and as Markdown, also when it failed. The
 * artifacts and summaries of a public repository are public: there it says whether the rows are those of the dump, not how many.
 */
export const RESTORE_REPORT = String.raw`
# write_report OUTCOME: one of verified, restored, too-slow, failed.
write_report() {
  local outcome=$1 file=$report/restore-$stamp
  phase
  mkdir -p -- "$report"
  [[ -s $work/comparison.json ]] || printf 'null' >"$work/comparison.json"
  [[ -s $work/found.json ]] || printf 'null' >"$work/found.json"
  [[ -s $\{manifest:-} ]] || printf 'null' >"$\{manifest:=$work/manifest.json}"
  jq -n --arg outcome "$outcome" --arg mode "$mode" --arg service "$SERVICE" --arg at "$stamp" --arg name "$(basename -- "$dump")" --arg sha "$sha" \
    --arg counts "$SHOW_COUNTS" --arg failure "$(cat "$work/failure" 2>/dev/null || true)" --argjson age "$\{age_hours:-null}" \
    --argjson phases "$phases" --argjson total $(($(date +%s) - began)) --argjson promised $((WITHIN_MINUTES * 60)) \
    --slurpfile manifest "$manifest" --slurpfile found "$work/found.json" --slurpfile comparison "$work/comparison.json" '
    $manifest[0] as $m | $comparison[0] as $c | {
      format: 1, outcome: $outcome, mode: $mode, service: $service, began: $at, failure: $failure,
      dump: { name: $name, sha256: $sha, dumped: $m.dumped, ageHours: $age, bytes: $m.dump.bytes },
      server: { dumped: $m.server, restored: $found[0].server },
      seconds: ($phases + { total: $total, promised: $promised }),
      tables: $c.tables, missing: $c.missing, unexpected: $c.unexpected, differ: $c.differ, migration: $c.migration,
      keyTables: [$c.keyTables[]? | if $counts == "yes" then . else del(.expected, .found) end]
    }' >"$file.json"
  jq -r 'def yes(value): if value then "yes" else "**no**" end;
    "# Restore of \(.service) (\(.mode)): \(.outcome)\n",
    (if .failure == "" then empty else "**\(.failure)**\n" end),
    "| What | Value |\n| --- | --- |",
    "| Dump | \(.dump.name), \(.dump.ageHours // "?") h old |", "| SHA-256 | \(.dump.sha256) |",
    "| PostgreSQL | dumped from \(.server.dumped // "?"), restored into \(.server.restored // "?") |",
    "| Tables | \(.tables.found // "?") of \(.tables.expected // "?") |",
    "| Newest migration | \(.migration.found.newest? // "–") (as dumped: \(if .migration == null then "?" else yes(.migration.equal) end)) |",
    (if .keyTables == [] then empty else
      (.keyTables[0] | has("found")) as $counted
      | "\n| Key table | There | Enough rows | Rows as dumped |\(if $counted then " Rows |" else "" end)\n| --- | --- | --- | --- |\(if $counted then " ---: |" else "" end)",
      (.keyTables[] | "| \(.table) | \(yes(.exists)) | \(yes(.enough)) (at least \(.least)) | \(yes(.equal)) |\(if $counted then " \(.found // "–") |" else "" end)") end),
    "\n| Phase | Seconds |\n| --- | ---: |", (.seconds | to_entries[] | "| \(.key) | \(.value) |")' "$file.json" >"$file.md"
  say "Report: $file.md"
}
`;
