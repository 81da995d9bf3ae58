import { DEPLOYER } from "../../declaration/cluster-names";

/** The cluster as the deployer of one namespace sees it, by kubectl. */
export const KUBE_FUNCTIONS = String.raw`
expect_stage() {
  [[ -n $\{STAGE:-} && -n $\{NAMESPACES[$STAGE]:-} ]] ||
    die "the variable STAGE is $(printf '%q' "$\{STAGE:-}"); expected one of: $\{!NAMESPACES[*]}; the workflow sets it"
  NAMESPACE=$\{NAMESPACES[$STAGE]}
  KIND=$\{WORKLOADS[$STAGE]}
  case $KIND in
    rollout) WORKLOAD=rollouts.argoproj.io/$NAME ;;
    *) WORKLOAD=deployments.apps/$NAME ;;
  esac
}

# The kubeconfig stands in a file of this user alone, for as long as this runs. It comes as it is, or in base64.
connect() {
  expect_secret KUBE_CREDENTIALS "the kubeconfig of the service account ${DEPLOYER} in the namespace $NAMESPACE (secret $KUBE_CONFIG_SECRET of the environment $STAGE)"
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
      printf 'the kubeconfig of the environment %s may not do this in the namespace %s; expected that of the service account ${DEPLOYER} of this very namespace; put it into the secret %s of the environment %s, or apply the stage, which gives the account its role. The cluster said: %s' \
        "$STAGE" "$NAMESPACE" "$KUBE_CONFIG_SECRET" "$STAGE" "$text" ;;
    *Unauthorized* | *'must be logged in'* | *'provide credentials'*)
      printf 'the cluster does not know the token of the kubeconfig; it has expired or was withdrawn; seal a new one as the secret %s of the environment %s. The cluster said: %s' "$KUBE_CONFIG_SECRET" "$STAGE" "$text" ;;
    *'(NotFound)'* | *"doesn't have a resource type"*)
      printf 'it is not there; expected that Terraform has applied the stage %s; apply it. The cluster said: %s' "$STAGE" "$text" ;;
    *) printf 'the cluster said: %s' "$\{text:-nothing}" ;;
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
  local bare=$\{1##*@}
  [[ $1 == *@* && $bare =~ $DIGEST_FORM ]] && printf '%s' "$bare"
}
`;

/**
 * jq: what matters of a Rollout or a Deployment, the same for both. A status is only worth something once it is about the newest change.
 * Phases: https://github.com/argoproj/argo-rollouts/blob/v1.10.0/utils/rollout/rolloututil.go#L64; what a finished Deployment is:
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#complete-deployment
 */
export const WORKLOAD_STATE = `
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
`;
