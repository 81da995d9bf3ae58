/** What a restore leaves behind: times against the promise, as JSON and as Markdown, also when it failed. */
export const RESTORE_REPORT = String.raw`
# write_report OUTCOME: one of clone-verified, restored, too-slow, failed.
write_report() {
  local outcome=$1 file=$report/restore-$stamp
  phase
  mkdir -p -- "$report"
  jq -n --arg outcome "$outcome" --arg into "$into" --arg service "$SERVICE" --arg database "$DATABASE" --arg backup "$backup" \
    --arg sha "$sha" --arg clone "$clone" --arg smoke "$smoked" --arg undo "$\{undo:-}" --arg failure "$(cat "$work/failure" 2>/dev/null || true)" --arg at "$stamp" \
    --argjson phases "$phases" --argjson total $(($(date +%s) - began)) --argjson promised $((WITHIN_MINUTES * 60)) \
    --argjson found "$\{found:-null}" --slurpfile manifest "$\{manifest:-/dev/null}" '{
      outcome: $outcome, into: $into, service: $service, database: $database, began: $at,
      backup: { key: $backup, sha256: $sha, exported: $manifest[0].exported }, clone: $clone, smoke: $smoke,
      seconds: ($phases + { total: $total, promised: $promised }),
      expected: ($manifest[0] // {} | { tables, migration }), found: $found,
      undoBookmark: $undo, failure: $failure
    }' >"$file.json"
  jq -r '"# Restore of \(.database): \(.outcome)\n",
    (if .failure == "" then empty else "**\(.failure)**\n" end),
    "| | |\n|---|---|",
    "| Into | \(.into) |", "| Backup | \(.backup.key) |", "| Exported | \(.backup.exported // "unknown") |",
    "| SHA-256 | \(.backup.sha256) |", "| Clone | \(.clone) |", "| Smoke tests | \(.smoke) |",
    (if .undoBookmark == "" then empty else "| Way back (Time Travel bookmark) | \(.undoBookmark) |" end),
    "\n| Phase | Seconds |\n|---|---:|",
    (.seconds | to_entries[] | select(.key != "promised") | "| \(.key) | \(.value) |"), "| promised | \(.seconds.promised) |",
    "\n| Table | Expected | Found |\n|---|---:|---:|",
    (. as $r | ($r.expected.tables // {}) | keys[] | "| \(.) | \($r.expected.tables[.]) | \($r.found.tables[.]? // "–") |"),
    "| migration | \(.expected.migration.name // "–") | \(.found.migration.name? // "–") |"' "$file.json" >"$file.md"
  say "Report: $file.md"
}
`;
