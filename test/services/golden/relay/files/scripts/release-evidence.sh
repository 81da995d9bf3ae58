#!/usr/bin/env bash
# Made by Gatehouse from services/relay.ts; do not edit.
# Make it again: npx gatehouse files relay
#
# Puts the evidence of a release together: pipeline, smoke tests, migrations, rollback notes, restore drill. Fails when a part is missing.
# Reads RELEASE_SHA, MODE, TAG, RESULTS, RUN_URL, EVIDENCE/<stage>/; gh needs GH_TOKEN and GH_REPO.
set -euo pipefail

readonly SERVICE=relay
readonly STAGE=production
readonly STAGES=(staging production)
readonly WORKFLOW=deploy.yml
readonly DRILL_ARTIFACT=restore-drill-report
readonly DRILL_WORKFLOW=backup.yml
readonly MIGRATIONS_STAY='Migrations that were applied stay applied: they expand before they contract, so the code before works with them.'

die() {
  printf '::error::%s\n' "$*"
  exit 1
}

# What others wrote is shown in a block, where it mentions nobody and links nowhere.
block() { printf '~~~~~~text\n%s\n~~~~~~\n\n' "$(sed 's/~~~~*/~/g')"; }

: "${RELEASE_SHA:?set it to the commit}" "${MODE:?set it to release or rollback}" "${TAG:?set it to the tag of the release}"
: "${RESULTS:?set it to job=result pairs}" "${RUN_URL:?set it to the address of the run}"
EVIDENCE=${EVIDENCE:-evidence}
mkdir -p -- "$EVIDENCE"
report=$EVIDENCE/README.md

# Evidence that lacks a part is none: a rollback has no migrations and no rehearsal, everything else is there.
deployment=$EVIDENCE/$STAGE/deployment.json
if [[ $MODE == rollback ]]; then stages=("$STAGE"); else stages=("${STAGES[@]}"); fi
for stage in "${stages[@]}"; do
  files=(deployment.json smoke.json)
  [[ $MODE == rollback ]] || files+=(migrations.txt)
  for file in "${files[@]}"; do
    [[ -s $EVIDENCE/$stage/$file ]] || die "the evidence of $stage lacks $file; look for the artifact in $RUN_URL"
  done
  jq --exit-status --arg commit "$RELEASE_SHA" '.commit == $commit' "$EVIDENCE/$stage/deployment.json" >/dev/null ||
    die "the evidence of $stage is of another commit than $RELEASE_SHA"
  jq --exit-status '.passed and (.checks | length > 0)' "$EVIDENCE/$stage/smoke.json" >/dev/null || die "the smoke test of $stage did not pass"
done

# The newest restore drill: its report goes into the package, if there is one.
drill="This service has no restore drill."
if [[ -n $DRILL_ARTIFACT ]]; then
  : "${GH_REPO:?set it to owner/name}"
  gh api "repos/$GH_REPO/actions/artifacts?name=$DRILL_ARTIFACT&per_page=10" >"$EVIDENCE/drill.json" || die "the restore drills can't be read"
  artifact=$(jq --raw-output '[.artifacts[] | select((.expired | not) and .workflow_run.head_branch == "main")] | sort_by(.created_at) | last | .id // empty' "$EVIDENCE/drill.json")
  if [[ -z $artifact ]]; then
    drill="No report of a restore drill is kept. Start one: gh workflow run $DRILL_WORKFLOW"
    printf '::warning::%s\n' "$drill"
  else
    gh api "repos/$GH_REPO/actions/artifacts/$artifact/zip" >"$EVIDENCE/restore-drill.zip" || die "the report of the restore drill can't be read"
    drill="Of $(jq --raw-output --argjson id "$artifact" '.artifacts[] | select(.id == $id) | "\(.created_at), run \(.workflow_run.id)"' "$EVIDENCE/drill.json"): restore-drill.zip"
  fi
  rm -f -- "$EVIDENCE/drill.json"
fi

{
  printf '# %s of %s: %s\n\n' "${MODE^}" "$SERVICE" "$TAG"
  printf -- '- Commit: %s\n- Run: %s\n- Written: %s\n\n' "$RELEASE_SHA" "$RUN_URL" "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
  printf '## Pipeline\n\n| step | result |\n|---|---|\n'
  for pair in $RESULTS; do printf '| %s | %s |\n' "${pair%%=*}" "${pair#*=}"; done
  for stage in "${stages[@]}"; do
    printf '\n## %s\n\n' "$stage"
    jq --raw-output '"Railway deployment \(.deployment) at \(.url)\n"' "$EVIDENCE/$stage/deployment.json"
    printf '| smoke test | result | came | expected |\n|---|---|---|---|\n'
    jq --raw-output '.checks[] | [.name, .result, .came, .expected] | map(gsub("[|<>~\\[\\]\u0060@]"; " ")) | "| " + join(" | ") + " |"' "$EVIDENCE/$stage/smoke.json"
    if [[ -s $EVIDENCE/$stage/migrations.txt ]]; then
      printf '\nMigrations:\n\n'
      head -c 20000 "$EVIDENCE/$stage/migrations.txt" | block
    fi
  done
  printf '\n## Rollback\n\n'
  jq --raw-output '"Before: Railway deployment \(if .previous == "" then "none" else .previous end), commit \(if .previousCommit == "" then "unknown" else .previousCommit end)."' "$deployment"
  previous=$(jq --raw-output .previousCommit "$deployment")
  if [[ $previous =~ ^[0-9a-f]{40}$ ]]; then
    printf '\n~~~~~~sh\ngh workflow run %s --ref main --field mode=rollback --field sha=%s\n~~~~~~\n' "$WORKFLOW" "$previous"
  fi
  printf '\n%s\n\n## Restore drill\n\n%s\n' "$MIGRATIONS_STAY" "$drill"
} >"$report"
cat -- "$report" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
printf '✓ evidence of %s in %s\n' "$TAG" "$EVIDENCE"
