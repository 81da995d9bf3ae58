/** How the version of a workload is changed, watched and taken back. The cluster's controller does the work: these only ask and tell. */
export const ROLLOUT_FUNCTIONS = String.raw`
# marks COMMIT [ATTRIBUTES]: what the pods of a version are marked with: its commit, and what is known of its release; null: no such mark.
marks() {
  jq --null-input --compact-output --arg commit "$COMMIT_ANNOTATION" --arg release "$RELEASE_ANNOTATION" --arg is "$1" --arg of "$\{2:-}" \
    '{($commit): $is, ($release): $of} | map_values(if . == "" then null else . end)'
}

# change IMAGE MARKS: another version, unless somebody else was faster.
change() {
  jq --null-input --slurpfile state "$work/state.json" --arg name "$NAME" --arg image "$1" --argjson marks "$2" '
    $state[0] as $now | "/spec/template/spec/containers/0" as $container | "/spec/template/metadata/annotations" as $annotations
    | [{op: "test", path: "\($container)/name", value: $name}, {op: "test", path: "\($container)/image", value: $now.image},
       {op: "replace", path: "\($container)/image", value: $image}]
    + (if $now.annotations == null and any($marks[]; . != null) then [{op: "add", path: $annotations, value: {}}] else [] end)
    + [$marks | to_entries[] | "\($annotations)/\(.key | gsub("~"; "~0") | gsub("/"; "~1"))" as $path
       | if .value != null then {op: "add", path: $path, value: .value}
         elif .key | in($now.annotations // {}) then {op: "remove", path: $path}
         else empty end]' >"$work/patch.json"
  k patch "$WORKLOAD" --type json --patch-file "$work/patch.json" >/dev/null
}

# annotate GOOD BEFORE: what was promoted to its end, and what before it; "" takes the note away.
annotate() {
  jq --null-input --arg good "$KNOWN_GOOD" --arg before "$KNOWN_GOOD_BEFORE" --arg is "$1" --arg was "$2" \
    '{metadata: {annotations: {($good): $is, ($before): (if $was == "" then null else $was end)}}}' >"$work/patch.json"
  k patch "$WORKLOAD" --type merge --patch-file "$work/patch.json" >/dev/null
}

# proved DIGEST: it was promoted to its end; what was known to be good until now is where a rollback of it goes.
proved() {
  local good
  good=$(of good)
  [[ $good != "$1" ]] || return 0
  annotate "$1" "$good" || die "$1 is promoted, but the note of it could not be written: $(refusal). Start the action resume with the same commit"
}

# Each change of the workload, once: for whoever reads along, and for the record.
told=
tell() {
  local line
  line=$(jq --raw-output '[
      if .steps > 0 and (.settled | not) then "step \([.step + 1, .steps] | min) of \(.steps)" else empty end,
      if .weight != null then "\(.weight) %" else empty end,
      if .seen then .phase else "Progressing" end,
      if .message != "" then .message else empty end,
      (.analyses[] | "\(.name): \(.phase)\(if .message == "" then "" else " (\(.message))" end)")
    ] | join(", ")' "$work/state.json" | plain)
  [[ $line != "$told" ]] || return 0
  told=$line
  say "  $(now) $line"
  jq --compact-output --arg at "$(now)" '{at: $at, step, weight, phase, message, analyses}' "$work/state.json" >>"$work/steps.ndjson"
}

pause() { interruptible sleep "$PAUSE_SECONDS"; }

# watch IMAGE MINUTES: until it is settled, for good or bad. Sets result: promoted, failed, held, superseded, late or blind, and why.
watch() {
  local image=$1 end=$((SECONDS + $2 * 60)) blind=0
  while true; do
    if look; then
      blind=0
      tell
      why=$(of message)
      if [[ $(of image) != "$image" ]]; then
        result=superseded
        return
      elif [[ $(of failed) == true ]]; then
        result=failed
        return
      elif [[ $(of settled) == true ]]; then
        result=promoted
        return
      elif [[ $(of held) == true ]]; then
        result=held why=$(of waiting)
        return
      fi
    else
      why=$(refusal)
      say "  $(now) can't be seen right now: $why"
      blind=$((blind + 1))
      if ((blind >= BLIND_LOOKS)); then
        result=blind
        return
      fi
    fi
    if ((SECONDS >= end)); then
      if ((blind > 0)); then result=blind; else result=late why="not at its end within $2 minutes: $why"; fi
      return
    fi
    pause
  done
}

# find_marks IMAGE: what its pods were marked with, as the newest ReplicaSet of it says; the stable one first. With the same marks the pods
# are the same, and the controller has nothing to step or to judge. Sets found; "" when no ReplicaSet of it is kept.
find_marks() {
  k get replicasets --output json >"$work/replicasets.json" || die "the ReplicaSets of $NAME can't be seen: $(refusal)"
  found=$(jq --raw-output --arg name "$NAME" --arg image "$1" --arg stable "$(of stable)" \
    --argjson none "$(marks '')" '
    [.items[] | select(any(.metadata.ownerReferences[]?; .name == $name) and .spec.template.spec.containers[0].image == $image)]
    | sort_by((.metadata.labels["rollouts-pod-template-hash"] == $stable and $stable != ""), .metadata.creationTimestamp)
    | last | if . == null then "" else .spec.template.metadata.annotations as $has | $none | with_entries(.value = $has[.key]) | tojson end' "$work/replicasets.json")
}

# The digest that the controller itself keeps as stable: where no note of a known-good one is. Sets found.
find_stable() {
  local image
  k get replicasets --output json >"$work/replicasets.json" || die "the ReplicaSets of $NAME can't be seen: $(refusal)"
  image=$(jq --raw-output --arg name "$NAME" --arg stable "$(of stable)" '
    [.items[] | select($stable != "" and any(.metadata.ownerReferences[]?; .name == $name)
      and .metadata.labels["rollouts-pod-template-hash"] == $stable)] | first // {} | .spec.template.spec.containers[0].image // ""' "$work/replicasets.json")
  found=$(digest_of "$image") || found=
}

# Another version than the stable one would go through steps and analyses, which ask a metrics store: a rollback does not. The wish is taken back
# with each change of the template, so it comes after the controller has seen that.
# https://github.com/argoproj/argo-rollouts/blob/v1.10.0/rollout/sync.go#L925
skip_steps() {
  local tries complained=
  [[ $KIND == rollout ]] || return 0
  for ((tries = 0; tries < BLIND_LOOKS; tries++)); do
    if look && [[ $(of seen) == true ]]; then
      [[ $(of settled) == false && $(of current) != "$(of stable)" ]] || return 0
      printf '{"status":{"promoteFull":true}}' >"$work/patch.json"
      if k patch "$WORKLOAD" --subresource status --type merge --patch-file "$work/patch.json" >/dev/null; then return 0; fi
      [[ -n $complained ]] || say "  the steps can't be skipped, it is tried again: $(refusal)"
      complained=yes
    fi
    pause
  done
}

# back_to DIGEST [COMMIT]: until all pods are of that version again, or ROLLBACK_MINUTES have passed. Sets result and why, like watch.
back_to() {
  local image=$IMAGE@$1
  must_look
  if [[ $(of image) != "$image" ]]; then
    find_marks "$image"
    change "$image" "$\{found:-$(marks "$\{2:-}")}" || {
      result=failed why=$(refusal)
      return
    }
    skip_steps
  fi
  watch "$image" "$ROLLBACK_MINUTES"
  # A Rollout that names analyses which are gone is refused whole, and stands still: with the version as it was, that is where it was to go.
  if [[ $result == failed && $why == InvalidSpec* && $(of weight) =~ ^0?$ ]]; then
    find_stable
    if [[ $found == "$1" ]]; then
      say "::warning::the controller refuses the Rollout itself, and stands still: $why; apply the stage $STAGE again"
      result=promoted
    fi
  fi
}
`;
