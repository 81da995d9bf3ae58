#!/usr/bin/env bash
# Made by Gatehouse from services/maestro.ts; do not edit.
# Make it again: npx gatehouse files maestro
#
# Asks the gate of a stage, an analysis that the cluster's controller runs. Exits 0 only when it passes: no verdict is none.
# Reads STAGE, DIGEST, KUBE_CREDENTIALS; writes EVIDENCE/.
#
# shellcheck disable=SC2016
set -euo pipefail

readonly DIGEST_FORM='^sha256:[0-9a-f]{64}$'
readonly COPY_DIGEST='copy it as a release names it: sha256: and 64 hexadecimal digits; a tag is not enough, anyone may move it'
readonly IMAGE=ghcr.io/openclaw/maestro
readonly NAME=maestro
readonly GATE=maestro-gate
declare -rA NAMESPACES=([staging]=maestro-staging [production]=maestro-production)
declare -rA WORKLOADS=([staging]=rollout [production]=rollout)
readonly KNOWN_GOOD=gatehouse.dev/known-good
readonly KNOWN_GOOD_BEFORE=gatehouse.dev/known-good-before
readonly COMMIT_ANNOTATION=gatehouse.dev/commit
readonly KUBE_CONFIG_SECRET=KUBE_CONFIG
readonly GATE_MINUTES=15
readonly PAUSE_SECONDS=10

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

cleanup() {
  local status=$?
  begin_cleanup
  if [[ -s $work/run.json ]]; then cp -- "$work/run.json" "$EVIDENCE/$STAGE-gate.json"; fi
  rm -rf -- "$work"
  exit "$status"
}

no_verdict() {
  die "the gate of $STAGE came to no verdict: $1. No verdict is no pass: nothing was deployed. See that the cluster's metrics store answers and that the service has traffic, then start this again; a rollback needs no gate"
}

expect_stage
expect DIGEST "$DIGEST_FORM" 'a digest' "$COPY_DIGEST"
EVIDENCE=${EVIDENCE:-evidence}
mkdir -p -- "$EVIDENCE"
own_directory
cleanup_at_end
connect
must_look
if [[ $(of image) == "$IMAGE@$DIGEST" ]]; then
  say "$STAGE has $DIGEST already: it passed the gate before it got it"
  exit 0
fi

k get analysistemplates.argoproj.io "$GATE" --output json >"$work/template.json" || die "the gate $GATE in $NAMESPACE can't be read: $(refusal)"
# It asks about the whole stage, so it has nothing to be told. What is over is removed after a week.
jq --arg gate "$GATE" '{apiVersion, kind: "AnalysisRun",
    metadata: {generateName: "\($gate)-", labels: (.metadata.labels // {})},
    spec: (.spec + {ttlStrategy: {secondsAfterCompletion: 604800}})}' "$work/template.json" >"$work/wanted.json"
missing=$(jq --raw-output '[.spec.args[]? | select(.value == null and .valueFrom == null) | .name] | join(", ")' "$work/wanted.json")
[[ -z $missing ]] || die "the gate $GATE wants arguments that nobody has for a whole stage: $missing; expected none; apply the stage again"
input=$work/wanted.json k create --filename - --output json >"$work/run.json" || die "the gate could not be started: $(refusal)"
run=$(jq --raw-output .metadata.name "$work/run.json")
say "The gate of $STAGE: $run"

end=$((SECONDS + GATE_MINUTES * 60))
while true; do
  if k get analysisruns.argoproj.io "$run" --output json >"$work/seen.json"; then
    mv -- "$work/seen.json" "$work/run.json"
    phase=$(jq --raw-output '.status.phase // "Pending"' "$work/run.json")
    findings=$(jq --raw-output '[.status.message // empty, (.status.metricResults[]? | "\(.name): \(.phase)\(if (.message // "") == "" then "" else " (\(.message))" end)"
      + ([.measurements[]?.value // empty] | if length == 0 then "" else " = " + join(" ") end))] | join("; ")' "$work/run.json" | plain)
    case $phase in
      Successful) break ;;
      Failed) die "the gate of $STAGE is shut: $findings. Nothing was deployed. See the dashboard for what is wrong with what runs; it is a rollback that makes it better, or a fix; then start this again" ;;
      Inconclusive | Error) no_verdict "$findings" ;;
    esac
  else
    say "  the gate can't be seen right now: $(refusal)"
  fi
  ((SECONDS < end)) || no_verdict "it was not at its end within $GATE_MINUTES minutes (${phase:-it could not be seen}; ${findings:-nothing measured})"
  interruptible sleep "$PAUSE_SECONDS"
done
say "✓ the gate of $STAGE is open: $findings" | tee -a "${GITHUB_STEP_SUMMARY:-/dev/null}"
