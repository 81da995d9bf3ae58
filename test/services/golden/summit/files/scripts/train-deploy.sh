#!/usr/bin/env bash
# Made by Gatehouse from services/summit.ts; do not edit.
# Make it again: npx gatehouse files summit
#
# Gives a stage a digest and watches it to its end: promoted, or back to the known-good digest. Where there is no verdict it touches nothing.
# Reads STAGE, ACTION, DIGEST, COMMIT, CHANGE, REASON, KUBE_CREDENTIALS, RUN_URL; writes GITHUB_OUTPUT (verdict, changed, before, went-to) and EVIDENCE/.
#
# shellcheck disable=SC2016
set -euo pipefail

readonly SHA='^[0-9a-f]{40}$'
readonly COPY_COMMIT='copy the full SHA: git rev-parse <commit>'
readonly DIGEST_FORM='^sha256:[0-9a-f]{64}$'
readonly COPY_DIGEST='copy it as a release names it: sha256: and 64 hexadecimal digits; a tag is not enough, anyone may move it'
readonly SERVICE=summit
readonly WORKFLOW=release-train.yml
readonly IMAGE=ghcr.io/openclaw/summit
readonly NAME=summit
declare -rA NAMESPACES=([stage]=summit-stage [prod]=summit-prod)
declare -rA WORKLOADS=([stage]=rollout [prod]=rollout)
readonly FIRST_STAGE=stage
readonly KNOWN_GOOD=gatehouse.dev/known-good
readonly KNOWN_GOOD_BEFORE=gatehouse.dev/known-good-before
readonly REPOSITORY=openclaw/summit
readonly COMMIT_ANNOTATION=gatehouse.dev/commit
readonly RELEASE_ANNOTATION=gatehouse.dev/release
readonly CHANGE_ATTRIBUTE=vcs.change.id
readonly RUN_ATTRIBUTE=cicd.pipeline.run.id
readonly RUN_URL_ATTRIBUTE=cicd.pipeline.run.url.full
readonly TRACE_ATTRIBUTE=gatehouse.delivery.trace_id
readonly TRACEPARENT_ATTRIBUTE=gatehouse.delivery.traceparent
readonly KUBE_CONFIG_SECRET=KUBE_CONFIG
readonly WITHIN_MINUTES=90
readonly ROLLBACK_MINUTES=15
readonly PAUSE_SECONDS=10
readonly BLIND_LOOKS=30

work=

say() { printf '%s\n' "$*"; }

# GitHub shows the reason on the run's own page; what is left of this run keeps it.
die() {
  [[ -z $work ]] || printf '%s' "$*" >"$work/failure"
  printf '::error::%s\n' "$*"
  exit 1
}

# expect NAME PATTERN WHAT REMEDY: a variable whose value may be shown.
expect() {
  [[ ${!1:-} =~ $2 ]] || die "the variable $1 is $(printf '%q' "${!1:-}"); expected $3; $4"
}

# expect_secret NAME WHAT: a variable whose value may not.
expect_secret() {
  [[ -n ${!1:-} ]] || die "the variable $1 is empty; expected $2; seal the secret for this environment, and let the workflow pass it on"
}

# What others wrote, on one line and without what a terminal or a log would obey.
plain() { tr '[:cntrl:]' ' ' | sed 's/::/: :/g; s/  */ /g; s/ $//' | cut -c 1-500; }

now() { date -u +%Y-%m-%dT%H:%M:%SZ; }

own_directory() {
  umask 077
  work=$(mktemp -d)
}

child=
tidying=no

# Runs a command so that a signal is answered at once; its standard input is empty, or the file $input.
interruptible() {
  local status=0
  [[ $tidying == no ]] || set -m
  "$@" <"${input:-/dev/null}" &
  child=$!
  set +m
  wait "$child" || status=$?
  child=
  return "$status"
}

# From here on cleanup runs, however the script ends, short of kill -9.
cleanup_at_end() {
  exec {said}>&1 {complained}>&2
  trap cleanup EXIT
  trap 'end_by_signal 130' INT
  trap 'end_by_signal 143' TERM HUP
}

# Whoever interrupts often sends a second signal (a runner: SIGINT, then SIGTERM): already now it must not end the tidying up.
end_by_signal() {
  trap '' INT TERM HUP
  printf interrupted >"$work/failure"
  exit "$1"
}

# Nor may a signal end what runs for the sake of tidying up: that gets a process group of its own, for some programs (Node.js) answer signals
# that their parent ignores.
begin_cleanup() {
  trap '' INT TERM HUP
  trap - EXIT
  set +e
  # A signal may have come while a command's output went into a file: what is said now goes where it went at first.
  exec >&"$said"
  exec 2>&"$complained"
  stop_child
  tidying=yes
}

stop_child() {
  [[ -n $child ]] || return 0
  kill -TERM "$child" 2>/dev/null || true
  wait "$child" 2>/dev/null || true
  child=
}

# hash_of LENGTH TEXT…: so many hexadecimal digits, which are never all zeros.
hash_of() {
  local length=$1 hash
  shift
  hash=$(printf '%s' "$*" | sha256sum)
  not_zero "${hash:0:length}"
}

not_zero() {
  if [[ $1 =~ [^0] ]]; then printf '%s' "$1"; else printf '%s1' "${1%0}"; fi
}

# trace_of CHANGE COMMIT: sets trace_id, of the pull request or else of the commit; and TRACEPARENT, which is this job's place in it.
trace_of() {
  local what=commit/$2
  [[ $1 =~ ^([1-9][0-9]{0,8})?$ ]] || die "the number of the pull request is $(printf '%q' "$1"); expected one, or nothing; the workflow sets it"
  [[ $2 =~ ^[0-9a-f]{40}$ ]] || die "the commit is $(printf '%q' "$2"); expected 40 hexadecimal digits; the workflow sets it"
  [[ ${GITHUB_RUN_ID:-} =~ ^[1-9][0-9]*$ ]] || die "the variable GITHUB_RUN_ID is $(printf '%q' "${GITHUB_RUN_ID:-}"); expected the number of the run; GitHub sets it"
  [[ -z $1 ]] || what=pull/$1
  trace_id=$(hash_of 32 "$REPOSITORY" "$what")
  TRACEPARENT=00-$trace_id-$(hash_of 16 "$REPOSITORY" "$GITHUB_RUN_ID" "${GITHUB_RUN_ATTEMPT:-1}" "${GITHUB_JOB:-}")-01
  export TRACEPARENT
}

expect_stage() {
  [[ -n ${STAGE:-} && -n ${NAMESPACES[$STAGE]:-} ]] ||
    die "the variable STAGE is $(printf '%q' "${STAGE:-}"); expected one of: ${!NAMESPACES[*]}; the workflow sets it"
  NAMESPACE=${NAMESPACES[$STAGE]}
  KIND=${WORKLOADS[$STAGE]}
  case $KIND in
    rollout) WORKLOAD=rollouts.argoproj.io/$NAME ;;
    *) WORKLOAD=deployments.apps/$NAME ;;
  esac
}

# The kubeconfig stands in a file of this user alone, for as long as this runs. It comes as it is, or in base64.
connect() {
  expect_secret KUBE_CREDENTIALS "the kubeconfig of the service account deployer in the namespace $NAMESPACE (secret $KUBE_CONFIG_SECRET of the environment $STAGE)"
  export KUBECONFIG=$work/kubeconfig
  if [[ $KUBE_CREDENTIALS == *clusters* ]]; then
    printf '%s\n' "$KUBE_CREDENTIALS" >"$KUBECONFIG"
  else
    base64 --decode --ignore-garbage <<<"$KUBE_CREDENTIALS" >"$KUBECONFIG" 2>/dev/null || true
  fi
  unset KUBE_CREDENTIALS
  kubectl config current-context >/dev/null 2>&1 ||
    die "the secret $KUBE_CONFIG_SECRET of the environment $STAGE holds no kubeconfig with a current context; expected the YAML of one, or that in base64; seal it again"
}

# k ARGUMENTS…: kubectl in the namespace of the stage; what it complains about is kept for refusal. $input is a file for its standard input.
k() {
  interruptible kubectl --namespace "$NAMESPACE" --request-timeout=20s "$@" 2>"$work/kubectl.err"
}

# What kubectl complained about, with what to do.
refusal() {
  local text
  text=$(plain <"$work/kubectl.err")
  case $text in
    *'(Forbidden)'*)
      printf 'the kubeconfig of the environment %s may not do this in the namespace %s; expected that of the service account deployer of this very namespace; put it into the secret %s of the environment %s, or apply the stage, which gives the account its role. The cluster said: %s' \
        "$STAGE" "$NAMESPACE" "$KUBE_CONFIG_SECRET" "$STAGE" "$text" ;;
    *Unauthorized* | *'must be logged in'* | *'provide credentials'*)
      printf 'the cluster does not know the token of the kubeconfig; it has expired or was withdrawn; seal a new one as the secret %s of the environment %s. The cluster said: %s' "$KUBE_CONFIG_SECRET" "$STAGE" "$text" ;;
    *'(NotFound)'* | *"doesn't have a resource type"*)
      printf 'it is not there; expected that Terraform has applied the stage %s; apply it. The cluster said: %s' "$STAGE" "$text" ;;
    *) printf 'the cluster said: %s' "${text:-nothing}" ;;
  esac
}

# look: the workload as it is, in workload.json; and what matters of it, in state.json.
look() {
  if ! k get "$WORKLOAD" --output json >"$work/workload.json"; then return 1; fi
  jq --arg kind "$KIND" --arg image "$IMAGE" --arg commit "$COMMIT_ANNOTATION" --arg good "$KNOWN_GOOD" --arg before "$KNOWN_GOOD_BEFORE" \
    "$STATE" "$work/workload.json" >"$work/state.json"
}

must_look() { look || die "$NAME in $NAMESPACE can't be seen: $(refusal)"; }

# of FIELD: a field of the state, as text.
of() { jq --raw-output --arg field "$1" '.[$field] | if . == null then "" else tostring end' "$work/state.json"; }

digest_of() {
  local bare=${1##*@}
  [[ $1 == *@* && $bare =~ $DIGEST_FORM ]] && printf '%s' "$bare"
}

readonly STATE='
  def one: .spec.template.spec.containers[0];
  def rollout: .status as $status | {
    phase: ($status.phase // "Progressing"),
    message: ($status.message // ""),
    aborted: ($status.abort // false),
    current: ($status.currentPodHash // ""),
    stable: ($status.stableRS // ""),
    step: ($status.currentStepIndex // 0),
    steps: (.spec.strategy.canary.steps // [] | length),
    weight: ($status.canary.weights.canary.weight // null),
    waiting: (
      if .spec.paused == true then "a person has paused it"
      elif [$status.pauseConditions[]?.reason] | any(. == "InconclusiveAnalysisRun") then "an analysis came to no verdict"
      elif .spec.strategy.canary.steps[$status.currentStepIndex // 0] as $step
        | ($step | type == "object" and has("pause") and (.pause.duration // null) == null)
          and ([$status.pauseConditions[]?.reason] | length > 0) then "its step waits for a person"
      else "" end),
    analyses: [$status.canary.currentStepAnalysisRunStatus, $status.canary.currentBackgroundAnalysisRunStatus
      | select(. != null) | {name, phase: .status, message: (.message // "")}]
  };
  def deployment: (.status.conditions // [] | map({(.type): .}) | add // {}) as $is | (.spec.replicas // 1) as $wanted | {
    phase: (
      if $is.Progressing.reason == "ProgressDeadlineExceeded" then "Degraded"
      elif .spec.paused == true then "Paused"
      elif (.status.updatedReplicas // 0) >= $wanted and (.status.replicas // 0) == (.status.updatedReplicas // 0)
        and (.status.availableReplicas // 0) >= $wanted then "Healthy"
      else "Progressing" end),
    message: ($is.Progressing.message // ""),
    aborted: false, current: "", stable: "", step: 0, steps: 0, weight: null, analyses: [],
    waiting: (if .spec.paused == true then "a person has paused it" else "" end)
  };
  {
    container: one.name, image: one.image,
    commit: (.spec.template.metadata.annotations[$commit] // ""),
    annotations: .spec.template.metadata.annotations,
    good: (.metadata.annotations[$good] // ""),
    before: (.metadata.annotations[$before] // ""),
    seen: ((.status.observedGeneration // 0 | tostring) == (.metadata.generation | tostring))
  } + (if $kind == "rollout" then rollout else deployment end)
  | .settled = (.seen and .phase == "Healthy" and .current == .stable)
  | .failed = (.seen and (.phase == "Degraded" or .aborted))
  | .held = (.seen and (.failed | not) and .waiting != "")
'

# marks COMMIT [ATTRIBUTES]: what the pods of a version are marked with: its commit, and what is known of its release; null: no such mark.
marks() {
  jq --null-input --compact-output --arg commit "$COMMIT_ANNOTATION" --arg release "$RELEASE_ANNOTATION" --arg is "$1" --arg of "${2:-}" \
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
    change "$image" "${found:-$(marks "${2:-}")}" || {
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
  EVIDENCE=${EVIDENCE:-evidence}
  mkdir -p -- "$EVIDENCE"
  touch "$work/steps.ndjson"
  [[ -s $work/analyses.json ]] || printf '[]' >"$work/analyses.json"
  jq --null-input --slurpfile steps "$work/steps.ndjson" --slurpfile analyses "$work/analyses.json" \
    --arg service "$SERVICE" --arg stage "$STAGE" --arg namespace "$NAMESPACE" --arg action "${ACTION:-}" --arg commit "${COMMIT:-}" \
    --arg image "$IMAGE" --arg digest "${DIGEST:-}" --arg who "${GITHUB_ACTOR:-}" --arg startedBy "${GITHUB_TRIGGERING_ACTOR:-}" \
    --arg reason "${REASON:-}" --arg run "${RUN_URL:-}" --arg attempt "${GITHUB_RUN_ATTEMPT:-}" --arg before "$before_digest" \
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
    ""' "$EVIDENCE/$STAGE.json" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
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
  [[ -z ${GITHUB_OUTPUT:-} ]] || printf '%s=%s\n' verdict "$verdict" changed "$changed" before "$before_digest" went-to "$went_to" >>"$GITHUB_OUTPUT"
  rm -rf -- "$work"
  exit "$status"
}

start_again="gh workflow run $WORKFLOW --ref main --field action"

# The resource attributes by which what the version sends is found from its change, and the change from that.
release_attributes() {
  [[ -z ${CHANGE:-} ]] || printf '%s=%s,' "$CHANGE_ATTRIBUTE" "$CHANGE"
  printf '%s=%s,' "$RUN_ATTRIBUTE" "$GITHUB_RUN_ID" "$RUN_URL_ATTRIBUTE" "https://github.com/$REPOSITORY/actions/runs/$GITHUB_RUN_ID"
  printf '%s=%s' "$TRACE_ATTRIBUTE" "$trace_id"
  printf ',%s=%s' "$TRACEPARENT_ATTRIBUTE" "$TRACEPARENT"
}

# Only something that has come to its end is followed by something else.
must_be_settled() {
  local digest commit
  [[ $(of settled) != true ]] || return 0
  digest=$(digest_of "$(of image)") || true
  commit=$(of commit)
  die "$NAME in $NAMESPACE is on its way to ${digest:-$(of image)} ($(of phase): $(of message)); expected that what was begun has come to its end. See it through: $start_again=resume --field commit=${commit:-<its commit>} --field reason=…; or go back: $start_again=rollback --field reason=…"
}

# What is healthy and at its end is what a failure goes back to, also when nobody noted it then: the run that watched may have died.
note_what_runs() {
  before_digest=$(digest_of "$(of image)") || die "$NAME in $NAMESPACE runs $(of image); expected an image of $IMAGE by its digest; install it with the digest of the declaration: apply the stage $STAGE"
  if [[ $(of image) == "$IMAGE@$before_digest" ]]; then proved "$before_digest"; fi
}

# Sets went_to, or says that there is nothing to go back to.
choose_known_good() {
  must_look
  went_to=$(of good)
  if [[ $went_to == "$DIGEST" ]]; then went_to=$(of before); fi
  if [[ ! $went_to =~ $DIGEST_FORM ]]; then
    find_stable
    went_to=$found
  fi
  if [[ ! $went_to =~ $DIGEST_FORM || $went_to == "$DIGEST" ]]; then
    went_to=
    verdict=rollback-failed
    die "$STAGE: $DIGEST failed ($failure), and there is nothing known to be good to go back to: this was the first. Release a fix, or deploy a digest: $start_again=rollback --field digest=sha256:… --field reason=…"
  fi
}

# The rollback asks no metrics store: the version is known, and the controller has its ReplicaSet.
roll_back() {
  failure=$1
  analyses
  verdict=rollback-failed
  choose_known_good
  say "::warning::$DIGEST failed in $STAGE: $failure; back to $went_to"
  back_to "$went_to"
  if [[ $result != promoted ]]; then
    die "ROLLBACK FAILED in $STAGE: $DIGEST failed ($failure), and $went_to is not back: $result, $why. By hand: kubectl argo rollouts get rollout $NAME -n $NAMESPACE; kubectl argo rollouts undo $NAME -n $NAMESPACE"
  fi
  verdict=rolled-back
  die "rolled back: $went_to runs in $STAGE again, and is well; $DIGEST of $COMMIT failed: $failure"
}

expect_stage
expect ACTION '^(release|resume)$' 'release or resume' 'a rollback is a script of its own'
expect DIGEST "$DIGEST_FORM" 'a digest' "$COPY_DIGEST"
expect COMMIT "$SHA" '40 hexadecimal digits' "$COPY_COMMIT"
trace_of "${CHANGE:-}" "$COMMIT"
own_directory
cleanup_at_end
connect
must_look
[[ $(of container) == "$NAME" ]] || die "the first container of $NAME in $NAMESPACE is $(of container); expected $NAME; apply the stage $STAGE again"

ours=$IMAGE@$DIGEST
if [[ $(of image) == "$ours" ]]; then
  say "$STAGE has $DIGEST already: this run watches"
  before_digest=$(of good)
  if [[ $before_digest == "$DIGEST" ]]; then before_digest=$(of before); fi
elif [[ $ACTION == resume && $STAGE == "$FIRST_STAGE" ]]; then
  die "there is nothing to resume: $STAGE has $(of image); expected $ours; release the commit: $start_again=release --field commit=$COMMIT --field reason=…"
else
  must_be_settled
  note_what_runs
  must_look
  change "$ours" "$(marks "$COMMIT" "$(release_attributes)")" || die "$NAME in $NAMESPACE could not be changed: $(refusal)"
  changed=yes
  say "$STAGE: $DIGEST of $COMMIT (before: $before_digest)"
fi

watch "$ours" "$WITHIN_MINUTES"
case $result in
  promoted)
    proved "$DIGEST"
    analyses
    verdict=promoted
    say "✓ $DIGEST of $COMMIT serves all requests of $STAGE"
    ;;
  failed) roll_back "$why" ;;
  late) roll_back "$why" ;;
  held)
    analyses
    verdict=no-verdict
    die "no verdict in $STAGE: $why, at $(of weight) % for $DIGEST. Nothing was taken back, and nothing goes on by itself. Somebody decides: kubectl argo rollouts promote $NAME -n $NAMESPACE, or kubectl argo rollouts abort $NAME -n $NAMESPACE; then $start_again=resume --field commit=$COMMIT --field reason=…, which records how it ended"
    ;;
  superseded)
    verdict=superseded
    die "$NAME in $NAMESPACE has $(of image) by now: somebody changed it while this run watched $DIGEST. It is theirs; this run has touched nothing since"
    ;;
  blind)
    verdict=unknown
    die "$NAME in $NAMESPACE can't be seen any more: $why. Nothing was taken back, the cluster's controller goes on by itself; when the cluster can be reached, $start_again=resume --field commit=$COMMIT --field reason=…"
    ;;
esac
