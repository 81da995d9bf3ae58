import type { Organization } from "../../declaration/organization";
import type { RenderedFile } from "../rendered-file";
import { TRACE_FUNCTIONS } from "../trace/trace-functions";
import { KUBE_FUNCTIONS, WORKLOAD_STATE } from "./kube-functions";
import { RECORD_FUNCTIONS } from "./record-functions";
import { ROLLOUT_FUNCTIONS } from "./rollout-functions";
import { trainScript } from "./train-script";
import type { Trainable } from "./train-service";

export const DEPLOY_SCRIPT = "scripts/train-deploy.sh";

const DEPLOY_FUNCTIONS = String.raw`
start_again="gh workflow run $WORKFLOW --ref main --field action"

# The resource attributes by which what the version sends is found from its change, and the change from that.
release_attributes() {
  [[ -z $\{CHANGE:-} ]] || printf '%s=%s,' "$CHANGE_ATTRIBUTE" "$CHANGE"
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
  die "$NAME in $NAMESPACE is on its way to $\{digest:-$(of image)} ($(of phase): $(of message)); expected that what was begun has come to its end. See it through: $start_again=resume --field commit=$\{commit:-<its commit>} --field reason=…; or go back: $start_again=rollback --field reason=…"
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
`;

const MAIN = `
expect_stage
expect ACTION '^(release|resume)$' 'release or resume' 'a rollback is a script of its own'
expect DIGEST "$DIGEST_FORM" 'a digest' "$COPY_DIGEST"
expect COMMIT "$SHA" '40 hexadecimal digits' "$COPY_COMMIT"
trace_of "$\{CHANGE:-}" "$COMMIT"
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
`;

/** `scripts/train-deploy.sh`: gives a stage a digest, and watches what the cluster's controller makes of it; back to the known-good one on a breach. */
export function deployScript(service: Trainable, organization: Organization): RenderedFile {
  return trainScript(service, organization, {
    path: DEPLOY_SCRIPT,
    about: [
      "Gives a stage a digest and watches it to its end: promoted, or back to the known-good digest. Where there is no verdict it touches nothing.",
      "Reads STAGE, ACTION, DIGEST, COMMIT, CHANGE, REASON, KUBE_CREDENTIALS, RUN_URL; writes GITHUB_OUTPUT (verdict, changed, before, went-to) and EVIDENCE/.",
    ],
    parts: [
      TRACE_FUNCTIONS,
      KUBE_FUNCTIONS,
      WORKLOAD_STATE,
      ROLLOUT_FUNCTIONS,
      RECORD_FUNCTIONS,
      DEPLOY_FUNCTIONS,
      MAIN,
    ],
  });
}
