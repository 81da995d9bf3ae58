import type { Organization } from "../../declaration/organization";
import type { RenderedFile } from "../rendered-file";
import { KUBE_FUNCTIONS, WORKLOAD_STATE } from "./kube-functions";
import { RECORD_FUNCTIONS } from "./record-functions";
import { ROLLOUT_FUNCTIONS } from "./rollout-functions";
import { SIGNING_FUNCTIONS } from "./signing-functions";
import { trainScript } from "./train-script";
import type { Trainable } from "./train-service";

export const ROLLBACK_SCRIPT = "scripts/train-rollback.sh";

const MAIN = String.raw`
expect_stage
[[ -n $\{REASON// /} ]] || die "the variable REASON is empty; expected why $STAGE goes back; start the rollback with a reason, it goes into the record"
[[ -z $\{DIGEST:-} ]] || expect DIGEST "$DIGEST_FORM" 'a digest' "$COPY_DIGEST"
own_directory
cleanup_at_end
connect
must_look

good=$(of good)
before=$(of before)
before_digest=$(digest_of "$(of image)") || before_digest=$(of image)
target=$\{DIGEST:-}
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
COMMIT=$\{built_from:-}
say "$STAGE: from $before_digest back to $target of $\{COMMIT:-an unknown commit}"
verdict=rollback-failed
back_to "$target" "$COMMIT"
[[ $result == promoted ]] ||
  die "ROLLBACK FAILED in $STAGE: $target is not back: $result, $why. By hand: kubectl argo rollouts get rollout $NAME -n $NAMESPACE; kubectl argo rollouts promote --full $NAME -n $NAMESPACE"

# What was left is not good any more.
if [[ $good != "$target" ]]; then
  annotate "$target" "" || die "$target runs in $STAGE again, but the note of it could not be written: $(refusal)"
fi
verdict=rolled-back
say "✓ rolled back: $target of $\{COMMIT:-an unknown commit} serves all requests of $STAGE; before: $before_digest"
`;

/** `scripts/train-rollback.sh`: back to a digest, or to the one that was known to be good, without asking any metrics. */
export function rollbackScript(service: Trainable, organization: Organization): RenderedFile {
  return trainScript(service, organization, {
    path: ROLLBACK_SCRIPT,
    about: [
      "Brings an earlier digest back: DIGEST, or the known-good one before what runs. It must be signed; no step is waited for and no metric asked.",
      "Reads STAGE, REASON, DIGEST, KUBE_CREDENTIALS, REGISTRY_USER, REGISTRY_TOKEN, RUN_URL; writes GITHUB_OUTPUT (verdict, before, went-to) and EVIDENCE/.",
    ],
    parts: [KUBE_FUNCTIONS, WORKLOAD_STATE, ROLLOUT_FUNCTIONS, RECORD_FUNCTIONS, SIGNING_FUNCTIONS, MAIN],
  });
}
