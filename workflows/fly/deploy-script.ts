import { JOB_MESSAGES } from "../job-messages";
import type { RenderedFile } from "../rendered-file";
import type { OnFly } from "./deployable";
import { FLY_HEALTH, FLY_SECRETS } from "./fly-functions";
import { flyScript } from "./fly-script";

export const DEPLOY_SCRIPT = "scripts/fly-deploy.sh";

const MAIN = String.raw`
: "$\{MODE:?set it to release or rollback}" "$\{RELEASE_SHA:?set it to the commit}" "$\{SOURCE:?set it to the working copy of the commit}"
prepare
[[ $RELEASE_SHA =~ ^[0-9a-f]{40}$ ]] || die "the commit is not 40 hexadecimal digits"
SOURCE=$(cd -- "$SOURCE" && pwd)
settings=$SOURCE/$\{CONFIGS[$STAGE]}
[[ -f $settings ]] || die "$RELEASE_SHA has no $\{CONFIGS[$STAGE]}; this pipeline can't deploy commits from before it"
images || die "the releases of $app can't be read: $(refusal); make the app first: flyctl apps create $app"
previous=$(head -n 1 "$work/images")

# Written before anything is changed, so that a run that is stopped right now still knows where to go back to.
printf 'began=yes\nprevious=%s\n' "$previous" >>"$GITHUB_OUTPUT"
[[ -n $previous ]] || say "::warning::there is no release to go back to: this is the first"

set_secrets
image=$(grep -- ":$RELEASE_SHA$" "$work/images" | head -n 1 || true)
if [[ $MODE == rollback && -n $image ]]; then
  say "$STAGE goes back to $image"
  deploy "$settings" "$RELEASE_SHA" --image "$image" || die "the deployment of $image to $app failed"
else
  deploy "$settings" "$RELEASE_SHA" --remote-only --image-label "$RELEASE_SHA" --label "org.opencontainers.image.revision=$RELEASE_SHA" ||
    die "the deployment of $RELEASE_SHA to $app failed"
fi

# Machines that are missing are made; what somebody added stays.
flyctl machine list --app "$app" --json >"$work/machines.json" 2>"$work/problem" || die "the Machines of $app can't be read: $(refusal)"
count=$(jq '[(. // [])[] | select(.config.metadata.fly_process_group == "app")] | length' "$work/machines.json")
if ((count < MACHINES[$STAGE])); then
  say "$app has $count Machines, and gets $\{MACHINES[$STAGE]}"
  flyctl scale count "$\{MACHINES[$STAGE]}" --app "$app" --yes || die "$app could not get its Machines"
fi

well "$RELEASE_SHA" || die "$app runs $RELEASE_SHA, and is not well: $reason"
jq --null-input --arg stage "$STAGE" --arg mode "$MODE" --arg commit "$RELEASE_SHA" --arg app "$app" --arg previous "$previous" --arg url "$URL" \
  '{$stage, $mode, $commit, $app, $previous, $url}' >"$EVIDENCE/deployment.json"
say "✓ $MODE: $RELEASE_SHA runs in $STAGE, and is well at $URL" | tee -a "$\{GITHUB_STEP_SUMMARY:-/dev/null}"
`;

/** `scripts/fly-deploy.sh`: brings a commit to a stage, and waits until it is well. */
export function deployScript(service: OnFly): RenderedFile {
  return flyScript(service, {
    path: DEPLOY_SCRIPT,
    about: [
      "Deploys a commit to a stage on Fly: secrets, a rolling deployment, Machines that are missing, a health check from outside.",
      "Reads STAGE, MODE, RELEASE_SHA, SOURCE (the working copy), FLY_API_TOKEN and the secrets of the process; writes GITHUB_OUTPUT and EVIDENCE/.",
    ],
    messages: JOB_MESSAGES,
    parts: [FLY_SECRETS, FLY_HEALTH, MAIN],
  });
}
