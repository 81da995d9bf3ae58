#!/usr/bin/env bash
# Made by Gatehouse from services/summit.ts; do not edit.
# Make it again: npx gatehouse files summit
#
# Brings an earlier digest back: DIGEST, or the known-good one before what runs. It must be signed; no step is waited for and no metric asked.
# Reads STAGE, REASON, DIGEST, KUBE_CREDENTIALS, REGISTRY_USER, REGISTRY_TOKEN, RUN_URL; writes GITHUB_OUTPUT (verdict, before, went-to) and EVIDENCE/.
#
# shellcheck disable=SC2016
set -euo pipefail

readonly SHA='^[0-9a-f]{40}$'
readonly DIGEST_FORM='^sha256:[0-9a-f]{64}$'
readonly COPY_DIGEST='copy it as a release names it: sha256: and 64 hexadecimal digits; a tag is not enough, anyone may move it'
readonly SERVICE=summit
readonly WORKFLOW=release-train.yml
readonly IMAGE=ghcr.io/openclaw/summit
readonly REGISTRY=ghcr.io
readonly NAME=summit
declare -rA NAMESPACES=([stage]=summit-stage [prod]=summit-prod)
declare -rA WORKLOADS=([stage]=rollout [prod]=rollout)
readonly KNOWN_GOOD=gatehouse.dev/known-good
readonly KNOWN_GOOD_BEFORE=gatehouse.dev/known-good-before
readonly REPOSITORY=openclaw/summit
readonly BUILDER=https://github.com/actions/runner/github-hosted
readonly COMMIT_ANNOTATION=gatehouse.dev/commit
readonly RELEASE_ANNOTATION=gatehouse.dev/release
readonly KUBE_CONFIG_SECRET=KUBE_CONFIG
readonly ROLLBACK_MINUTES=15
readonly PAUSE_SECONDS=10
readonly BLIND_LOOKS=30
readonly TAG_PREFIX=prod-
readonly SIGNING=key
readonly PUBLIC_KEY='-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEWX+ndhYZPc8LJxJN4Rk+e1TOesxL
NDJmCRS2Y/zS5duwKnjY8T7FW0C2ibDvmnEpN2WyjThXMggB2OMpWszJZQ==
-----END PUBLIC KEY-----
'
readonly TRUST=('--insecure-ignore-tlog=true')

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

# Who logs in stands in a file of this user alone, for as long as this runs.
log_in() {
  expect_secret REGISTRY_USER 'the user of the registry'
  expect_secret REGISTRY_TOKEN "that user's token"
  export DOCKER_CONFIG=$work/docker
  mkdir -p -- "$DOCKER_CONFIG"
  cosign login "$REGISTRY" --username "$REGISTRY_USER" --password-stdin <<<"$REGISTRY_TOKEN" >/dev/null 2>"$work/login.err" ||
    die "the registry $REGISTRY did not take the login: $(plain <"$work/login.err"); renew the token"
  unset REGISTRY_TOKEN
  trust=("${TRUST[@]}")
  if [[ $SIGNING == key ]]; then
    printf '%s\n' "$PUBLIC_KEY" >"$work/cosign.pub"
    trust+=(--key "$work/cosign.pub")
  fi
}

# The lines with the reason, without cosign's warnings about flags.
complaint() { grep -v '^WARNING' "$work/cosign.err" | plain; }

# attested TYPE FILE: the statements of that type about $subject that are signed by the one who is trusted.
attested() {
  interruptible cosign verify-attestation "${trust[@]}" --type "$1" "$subject" >"$work/attested" 2>"$work/cosign.err" || return 1
  jq --compact-output '.payload | @base64d | fromjson' "$work/attested" >"$2"
}

# What the provenance says where it names no commit that is trusted.
origin() {
  if [[ -s $work/origins ]]; then head -n 1 "$work/origins" | plain; else printf 'from no commit that is named'; fi
}

# verified DIGEST [COMMIT]: signed, with a list of what is in it and with a record of what it was built from: by a machine of GitHub's, from a commit
# of this repository; of that commit, when one is given.
# Sets built_from; or problem, and fails.
verified() {
  local subject=$IMAGE@$1
  built_from=
  if ! interruptible cosign verify "${trust[@]}" "$subject" >"$work/signature.json" 2>"$work/cosign.err"; then
    problem="it has no signature that is trusted: $(complaint)"
    return 1
  fi
  if ! attested spdxjson "$work/sbom.ndjson"; then
    problem="no SBOM is attached to it that is trusted: $(complaint)"
    return 1
  fi
  if ! attested slsaprovenance1 "$work/provenance.ndjson"; then
    problem="no provenance is attached to it that is trusted: $(complaint)"
    return 1
  fi
  jq --raw-output --arg builder "$BUILDER" --arg repository "https://github.com/$REPOSITORY" '
    def named: if . == null or . == "" then "(none is named)" else . end;
    .predicate | (.runDetails.builder.id | named) as $by | (.buildDefinition.externalParameters.workflow.repository | named) as $from
    | .buildDefinition.resolvedDependencies[]?.digest.gitCommit
    | if $by != $builder then "by \($by), not by \($builder)"
      elif $from != $repository then "from the repository \($from), not from \($repository)"
      else . // empty end' "$work/provenance.ndjson" >"$work/origins"
  built_from=$(grep -m 1 -E "$SHA" "$work/origins") || {
    problem="it was built $(origin)"
    return 1
  }
  if [[ -n ${2:-} ]]; then
    if ! grep -qx -- "$2" "$work/origins"; then
      problem="it was built from $built_from, not from $2"
      return 1
    fi
    built_from=$2
  fi
}

# must_be_verified DIGEST [COMMIT]
must_be_verified() {
  verified "$@" || die "$IMAGE@$1 is not deployed: $problem. Expected an image that $WORKFLOW built, signed and described; release the commit again, so that it is"
}

expect_stage
[[ -n ${REASON// /} ]] || die "the variable REASON is empty; expected why $STAGE goes back; start the rollback with a reason, it goes into the record"
[[ -z ${DIGEST:-} ]] || expect DIGEST "$DIGEST_FORM" 'a digest' "$COPY_DIGEST"
own_directory
cleanup_at_end
connect
must_look

good=$(of good)
before=$(of before)
before_digest=$(digest_of "$(of image)") || before_digest=$(of image)
target=${DIGEST:-}
if [[ -z $target && -n $good && $(of image) != "$IMAGE@$good" ]]; then target=$good; fi
if [[ -z $target && $(of image) == "$IMAGE@$good" ]]; then target=$before; fi
if [[ -z $target && -z $good && $(of settled) != true ]]; then
  find_stable
  target=$found
fi
[[ $target =~ $DIGEST_FORM ]] ||
  die "$STAGE runs $before_digest, and no digest is noted that was good before it; expected one; start the rollback with digest=sha256:…, as the notes of an earlier release $TAG_PREFIX* name it"
DIGEST=$target
went_to=$target

log_in
must_be_verified "$target"
COMMIT=${built_from:-}
say "$STAGE: from $before_digest back to $target of ${COMMIT:-an unknown commit}"
verdict=rollback-failed
back_to "$target" "$COMMIT"
[[ $result == promoted ]] ||
  die "ROLLBACK FAILED in $STAGE: $target is not back: $result, $why. By hand: kubectl argo rollouts get rollout $NAME -n $NAMESPACE; kubectl argo rollouts promote --full $NAME -n $NAMESPACE"

# What was left is not good any more.
if [[ $good != "$target" ]]; then
  annotate "$target" "" || die "$target runs in $STAGE again, but the note of it could not be written: $(refusal)"
fi
verdict=rolled-back
say "✓ rolled back: $target of ${COMMIT:-an unknown commit} serves all requests of $STAGE; before: $before_digest"
