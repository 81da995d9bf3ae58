import type { RenderedFile } from "../rendered-file";
import type { Deployable } from "./deployable";
import { DEPLOYMENT_FUNCTIONS } from "./deployment-functions";
import { HEALTH_FUNCTIONS } from "./health-functions";
import { railwayScript } from "./railway-script";

export const ROLLBACK_SCRIPT = "scripts/railway-rollback.sh";

/** What stands beside every rollback: it moves code, never data. */
export const MIGRATIONS_STAY =
  "Migrations that were applied stay applied: they expand before they contract, so the code before works with them.";

const MAIN = String.raw`
PREVIOUS=$\{PREVIOUS:-}
PREVIOUS_COMMIT=$\{PREVIOUS_COMMIT:-}
prepare

note() {
  jq --null-input --arg stage "$STAGE" --arg result "$1" --arg detail "$2" --arg to "$PREVIOUS" --arg commit "$PREVIOUS_COMMIT" \
    '{$stage, $result, $detail, $to, $commit}' >"$EVIDENCE/rollback.json"
  printf '### %s\n\n%s\n\n%s\n' "$1" "$2" "$MIGRATIONS_STAY" >>"$\{GITHUB_STEP_SUMMARY:-/dev/null}"
}

# Nobody must overlook it: the stage may be broken now.
failed() {
  note "ROLLBACK FAILED in $STAGE" "$1"
  printf '::error title=ROLLBACK FAILED in %s::%s\n' "$STAGE" "$1"
  printf '::error title=What to do::In Railway, environment %s, service %s, Deployments: choose Rollback at %s (commit %s), or at the newest that was well; then ask %s\n' \
    "$\{ENVIRONMENTS[$STAGE]}" "$RAILWAY_SERVICE" "$\{PREVIOUS:-the newest that was well}" "$\{PREVIOUS_COMMIT:-unknown}" "$URL$HEALTH_PATH"
  exit 1
}
die() { failed "$*"; }

locate
list
[[ -n $PREVIOUS ]] || failed "there is no deployment to go back to: this was the first, or none of those before was verified and is still kept"

# What is still being built must not go live behind the rollback.
waiting=$(pick "$UNDER_WAY")
if [[ -n $waiting ]]; then
  # shellcheck disable=SC2016
  graphql 'mutation ($id: String!) { deploymentCancel(id: $id) }' "id=$waiting" || say "::warning::$waiting could not be cancelled: $problem"
  sleep "$PAUSE_SECONDS"
  list
fi

if [[ $(pick "$RUNNING") == "$PREVIOUS" ]]; then
  say "The new deployment never went live: $PREVIOUS still runs"
  started=$PREVIOUS
else
  say "Back to $PREVIOUS of $\{PREVIOUS_COMMIT:-an unknown commit}"
  restore "$PREVIOUS" "$PREVIOUS_COMMIT" || failed "Railway refused to go back to $PREVIOUS: $problem"
fi
follow "$started" "$PREVIOUS_COMMIT" || failed "$started, which brings $PREVIOUS back, is not live and well: $reason"

note "Rolled back in $STAGE" "$PREVIOUS of $\{PREVIOUS_COMMIT:-an unknown commit} runs again, as $started, and is well."
say "::error::rolled back: $PREVIOUS of $\{PREVIOUS_COMMIT:-an unknown commit} runs again in $STAGE, and is well. $MIGRATIONS_STAY"
`;

/** `scripts/railway-rollback.sh`: the deployment that ran before runs again, and is asked whether it is well. */
export function rollbackScript(service: Deployable): RenderedFile {
  return railwayScript(service, {
    path: ROLLBACK_SCRIPT,
    about: [
      "Brings the deployment back that ran before, and waits until it is live and well. Exits 0 only then.",
      "Reads STAGE, PREVIOUS (id), PREVIOUS_COMMIT, RAILWAY_TOKEN.",
    ],
    parts: [DEPLOYMENT_FUNCTIONS, HEALTH_FUNCTIONS, `readonly MIGRATIONS_STAY='${MIGRATIONS_STAY}'`, MAIN],
  });
}
