/** What came of a deployment to a stage, as JSON and for the run's page: written however the script ends, short of kill -9. */
export const RECORD_FUNCTIONS = String.raw`
verdict=refused
changed=no
went_to=
before_digest=
began=$(date -u +%Y-%m-%dT%H:%M:%SZ)

# The analyses that the controller has run for the newest version: which of them measured what.
analyses() {
  printf '[]' >"$work/analyses.json"
  [[ $KIND == rollout && -s $work/state.json ]] || return 0
  k get analysisruns --selector "rollouts-pod-template-hash=$(of current)" --output json >"$work/runs.json" || return 0
  jq '[.items[] | {
      name: .metadata.name, phase: (.status.phase // "Pending"), message: (.status.message // ""),
      metrics: [.status.metricResults[]? | {name, phase, message: (.message // ""), successful: (.successful // 0), failed: (.failed // 0),
        inconclusive: (.inconclusive // 0), error: (.error // 0), values: [.measurements[]? | {phase, value, at: .finishedAt}]}]
    }]' "$work/runs.json" >"$work/analyses.json"
}

record() {
  EVIDENCE=$\{EVIDENCE:-evidence}
  mkdir -p -- "$EVIDENCE"
  touch "$work/steps.ndjson"
  [[ -s $work/analyses.json ]] || printf '[]' >"$work/analyses.json"
  jq --null-input --slurpfile steps "$work/steps.ndjson" --slurpfile analyses "$work/analyses.json" \
    --arg service "$SERVICE" --arg stage "$STAGE" --arg namespace "$NAMESPACE" --arg action "$\{ACTION:-}" --arg commit "$\{COMMIT:-}" \
    --arg image "$IMAGE" --arg digest "$\{DIGEST:-}" --arg who "$\{GITHUB_ACTOR:-}" --arg startedBy "$\{GITHUB_TRIGGERING_ACTOR:-}" \
    --arg reason "$\{REASON:-}" --arg run "$\{RUN_URL:-}" --arg attempt "$\{GITHUB_RUN_ATTEMPT:-}" --arg before "$before_digest" \
    --arg wentTo "$went_to" --arg verdict "$verdict" --arg why "$reason_of_end" --arg began "$began" --arg ended "$(now)" \
    '{$service, $stage, $namespace, $action, $commit, $image, $digest, $before, $who, $startedBy, $reason, $run, $attempt, $began, $ended,
      $verdict, $why, $wentTo, $steps, analyses: $analyses[0]}' >"$EVIDENCE/$STAGE.json"
  jq --raw-output 'def cell: tostring | gsub("[|<>~\\[\\]\u0060@\\n\\r]"; " ");
    "### \(.stage): \(.verdict)", "",
    "| | |", "|---|---|",
    ({action, commit, digest, before, "went back to": .wentTo, who, reason, why} | to_entries[] | select(.value != "") | "| \(.key) | \(.value | cell) |"),
    "",
    (if (.steps | length) > 0 then "| at | weight | phase | |", "|---|---|---|---|" else empty end),
    (.steps[] | "| \(.at) | \(if .weight == null then "" else "\(.weight) %" end) | \(.phase) | \(.message | cell) |"),
    "",
    (if (.analyses | length) > 0 then "| analysis | metric | result | values |", "|---|---|---|---|" else empty end),
    (.analyses[] | .name as $run | .metrics[] | "| \($run | cell) | \(.name | cell) | \(.phase) | \([.values[].value] | map(cell) | join(" ")) \(.message | cell) |"),
    ""' "$EVIDENCE/$STAGE.json" >>"$\{GITHUB_STEP_SUMMARY:-/dev/null}"
}

cleanup() {
  local status=$?
  begin_cleanup
  if [[ -s $work/failure ]]; then reason_of_end=$(<"$work/failure"); else reason_of_end=; fi
  if [[ $reason_of_end == interrupted ]]; then
    # What a rollback has begun is still a rollback.
    [[ $verdict != refused ]] || verdict=unknown
    reason_of_end="this run was stopped; it takes nothing back, the cluster's controller goes on by itself. See how it ends: start the action resume with the same commit"
    printf '::error::%s\n' "$reason_of_end"
  fi
  record
  [[ -z $\{GITHUB_OUTPUT:-} ]] || printf '%s=%s\n' verdict "$verdict" changed "$changed" before "$before_digest" went-to "$went_to" >>"$GITHUB_OUTPUT"
  rm -rf -- "$work"
  exit "$status"
}
`;
