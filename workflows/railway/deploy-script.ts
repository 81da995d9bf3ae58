import type { RenderedFile } from "../rendered-file";
import type { Deployable } from "./deployable";
import { DEPLOYMENT_FUNCTIONS } from "./deployment-functions";
import { railwayScript } from "./railway-script";

export const DEPLOY_SCRIPT = "scripts/railway-deploy.sh";

const MAIN = String.raw`
: "$\{MODE:?set it to release or rollback}" "$\{RELEASE_SHA:?set it to the commit}" "$\{SOURCE:?set it to a clone with the tags of main}"
prepare
locate
list

# Commits that were verified in this stage: each successful release tags its commit. What a run left behind that never ended is not among them.
: >"$work/verified"
if [[ $STAGE == "$TAGGED_STAGE" ]]; then
  git -C "$SOURCE" for-each-ref --format='%(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)' "refs/tags/$TAG_PREFIX*" >"$work/verified"
fi
verified() { grep -qx -- "$1" "$work/verified"; }
VERIFIED='.commit as $commit | $verified | split("\n") | index($commit)'

running=$(pick "$RUNNING")
running_commit=$(commit_of "$running")
waiting=$(pick "$UNDER_WAY")
adopted=
if [[ -n $waiting ]]; then
  if [[ $(commit_of "$waiting") == "$RELEASE_SHA" && $MODE == release ]]; then
    adopted=$waiting
  else
    die "Railway is deploying $waiting of $(commit_of "$waiting") already; wait for it, or abort it in Railway, and run this again. If nobody started it, switch automatic deployments off: Settings, Source"
  fi
elif [[ -n $running && $running_commit == "$RELEASE_SHA" && $STAGE == "$TAGGED_STAGE" ]] && ! verified "$RELEASE_SHA"; then
  adopted=$running
fi

# Where a failure goes back to: what runs, if it was verified; else the newest that was. Only a service without any verified release goes back
# to what happens to run.
previous=$running
if [[ -s $work/verified ]] && ! verified "$running_commit"; then
  previous=$(pick "(.canRollback or ($RUNNING)) and ($VERIFIED)" --rawfile verified "$work/verified")
  say "::warning::$\{running:-nothing} of $\{running_commit:-no commit} runs without having been verified: a run before this one never ended, or somebody deployed by hand; a failure goes back to $\{previous:-nothing}"
elif [[ $running == "$adopted" ]]; then
  previous=$(pick '.canRollback and .commit != $commit' --arg commit "$RELEASE_SHA")
fi
previous_commit=$(commit_of "$previous")

# Written before anything is started, so that a run that is stopped right now still knows where to go back to.
printf 'began=yes\nprevious=%s\nprevious-commit=%s\n' "$previous" "$previous_commit" >>"$GITHUB_OUTPUT"
[[ -n $previous ]] || say "::warning::there is no deployment to go back to"

if [[ -n $adopted ]]; then
  say "Railway has $adopted of $RELEASE_SHA already, not verified yet: this run takes it over"
  started=$adopted
elif [[ $MODE == rollback ]]; then
  if [[ -n $running && $running_commit == "$RELEASE_SHA" ]]; then
    say "$running of $RELEASE_SHA runs already"
    started=$running
  else
    restored=$(pick '.canRollback and .commit == $commit' --arg commit "$RELEASE_SHA")
    if [[ -n $restored ]]; then
      restore "$restored" "$RELEASE_SHA" || die "the rollback to $RELEASE_SHA was refused: $problem"
    else
      say "Railway keeps no image of $RELEASE_SHA; it is built again"
      build "$RELEASE_SHA" || die "Railway refused $RELEASE_SHA: $problem"
    fi
  fi
else
  build "$RELEASE_SHA" || die "Railway refused the deployment of $RELEASE_SHA: $problem; $\{running:-nothing} still runs"
fi
[[ $started =~ ^[0-9a-f-]{36}$ ]] || die "Railway named no deployment"

printf 'deployment=%s\n' "$started" >>"$GITHUB_OUTPUT"
jq --null-input --arg stage "$STAGE" --arg mode "$MODE" --arg commit "$RELEASE_SHA" --arg deployment "$started" \
  --arg previous "$previous" --arg previousCommit "$previous_commit" --arg url "$URL" \
  '{$stage, $mode, $commit, $deployment, $previous, $previousCommit, $url}' >"$EVIDENCE/deployment.json"
say "$MODE of $RELEASE_SHA to $STAGE: Railway deployment $started (before: $\{previous:-none})"
`;

/** `scripts/railway-deploy.sh`: starts a deployment, and says which it is and which one ran before. */
export function deployScript(service: Deployable): RenderedFile {
  return railwayScript(service, {
    path: DEPLOY_SCRIPT,
    about: [
      "Starts the deployment of a commit to a stage on Railway. scripts/railway-wait.sh waits for it.",
      "Reads STAGE, MODE, RELEASE_SHA, SOURCE (a clone with tags), RAILWAY_TOKEN, GITHUB_REPOSITORY; writes GITHUB_OUTPUT and EVIDENCE/.",
    ],
    parts: [DEPLOYMENT_FUNCTIONS, MAIN],
  });
}
