import type { Organization } from "../../declaration/organization";
import type { RenderedFile } from "../rendered-file";
import { KUBE_FUNCTIONS, WORKLOAD_STATE } from "./kube-functions";
import { trainScript } from "./train-script";
import type { Trainable } from "./train-service";

export const GATE_SCRIPT = "scripts/train-gate.sh";

const MAIN = String.raw`
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
EVIDENCE=$\{EVIDENCE:-evidence}
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
  ((SECONDS < end)) || no_verdict "it was not at its end within $GATE_MINUTES minutes ($\{phase:-it could not be seen}; $\{findings:-nothing measured})"
  interruptible sleep "$PAUSE_SECONDS"
done
say "✓ the gate of $STAGE is open: $findings" | tee -a "$\{GITHUB_STEP_SUMMARY:-/dev/null}"
`;

/** `scripts/train-gate.sh`: the cluster's own controller judges the stage before anything is deployed to it; no login of the metrics store is here. */
export function gateScript(service: Trainable, organization: Organization): RenderedFile {
  return trainScript(service, organization, {
    path: GATE_SCRIPT,
    about: [
      "Asks the gate of a stage, an analysis that the cluster's controller runs. Exits 0 only when it passes: no verdict is none.",
      "Reads STAGE, DIGEST, KUBE_CREDENTIALS; writes EVIDENCE/.",
    ],
    parts: [KUBE_FUNCTIONS, WORKLOAD_STATE, MAIN],
  });
}
