import { GITHUB_REQUESTS } from "../github-requests";
import { JOB_MESSAGES } from "../job-messages";
import type { RenderedFile } from "../rendered-file";
import { shellScript } from "../shell-script";
import { FLY_DEPLOY, FLY_HEALTH, FLY_SECRETS } from "./fly-functions";
import { PREVIEW_FUNCTIONS } from "./preview-functions";
import { PREVIEW_CONFIG } from "./preview-toml";
import type { Previewed } from "./previewed";

export const PREVIEW_SCRIPT = "scripts/fly-preview.sh";

/** The line by which the comment is found again; it does not show. */
export const PREVIEW_MARKER = "<!-- gatehouse:preview -->";

/**
 * What is asked for follows from what GitHub says of the commit now, not from what the other run says of itself: its code was the pull
 * request's. https://docs.github.com/en/rest/pulls/pulls#list-pull-requests
 */
const MAIN = String.raw`
find_one() {
  : "$\{HEAD_SHA:?set it to the commit}" "$\{HEAD_BRANCH:?set it to its branch}"
  [[ $HEAD_SHA =~ ^[0-9a-f]{40}$ ]] || die "HEAD_SHA is not 40 hexadecimal digits"
  github run pulls "repos/$GITHUB_REPOSITORY/pulls" --get --data-urlencode "head=$\{GITHUB_REPOSITORY%%/*}:$HEAD_BRANCH" \
    --data 'state=all&base=main&sort=updated&direction=desc&per_page=30' ||
    die "the pull requests can't be read (HTTP $status, $(said pulls))"
  found=$(jq --raw-output --arg sha "$HEAD_SHA" --arg repository "$GITHUB_REPOSITORY" \
    '[.[] | select(.head.sha == $sha and .head.repo.full_name == $repository and .base.ref == "main")][0] // empty | "\(.number) \(.state)"' "$work/pulls") ||
    die "GitHub's answer is no list of pull requests"
  if [[ -z $found ]]; then
    say "$HEAD_SHA is the newest commit of no pull request to main: a newer one has its own run"
    return
  fi
  [[ $found =~ ^[1-9][0-9]{0,8}\ (open|closed)$ ]] || die "GitHub names a pull request that is no number"
  printf 'number=%s\nstate=%s\n' "$\{found% *}" "$\{found#* }" >>"$GITHUB_OUTPUT"
}

number_is_one() {
  [[ $\{NUMBER:-} =~ ^[1-9][0-9]{0,8}$ ]] || die "NUMBER is no number of a pull request"
}

# However it fails, the pull request hears of it.
unwell() {
  printf '%s\n## Preview: failed\n\n%s.\n\n%s. The next push tries again.\n' "$MARKER" "$1" "$\{RUN_URL:+The log: $RUN_URL}" >"$work/body"
  comment "$NUMBER" "$work/body" || say "::warning::the comment on pull request $NUMBER could not be written (HTTP $status, $(said answer))"
  die "$1"
}

up() {
  local dockerfile
  number_is_one
  : "$\{HEAD_SHA:?set it to the commit}" "$\{SOURCE:?set it to the working copy of the commit}"
  app=$PREFIX$NUMBER
  URL=$\{SERVICE_URL:-https://$app.fly.dev}
  look_at "$NUMBER" || die "pull request $NUMBER can't be read (HTTP $status, $(said pull))"
  if [[ $state != open || $newest != "$HEAD_SHA" || $from != "$GITHUB_REPOSITORY" ]]; then
    say "pull request $NUMBER is $state, at $newest of $\{from:-nobody}: nothing to do for $HEAD_SHA"
    return
  fi
  SOURCE=$(cd -- "$SOURCE" && pwd -P)
  # What is built comes from a pull request: a link could lead out of it, to what this machine has.
  dockerfile=$(realpath --quiet -- "$SOURCE/$DOCKERFILE" || true)
  [[ $dockerfile == "$SOURCE"/* && -f $dockerfile ]] || unwell "There is no $DOCKERFILE in this commit"
  previews || unwell "The apps of $ORGANIZATION can't be listed: $(refusal)"
  if ! grep -qxF -- "$app" "$work/previews"; then
    flyctl apps create "$app" --org "$ORGANIZATION" >/dev/null 2>"$work/problem" || unwell "$app could not be made: $(refusal)"
  fi
  (set_secrets) || unwell "The secrets could not be set in $app"
  deploy "$CONFIG" "$HEAD_SHA" --remote-only --dockerfile "$dockerfile" --image-label "$HEAD_SHA" --label "org.opencontainers.image.revision=$HEAD_SHA" ||
    unwell "The deployment of $HEAD_SHA to $app failed"
  well "$HEAD_SHA" || unwell "$app runs $HEAD_SHA, and is not well: $reason"
  printf '%s\n## Preview: ready\n\n| | |\n|---|---|\n| address | %s |\n| commit | %s |\n| sleeps | some minutes after the last request; the next one wakes it |\n' \
    "$MARKER" "$URL" "$HEAD_SHA" >"$work/body"
  comment "$NUMBER" "$work/body" || die "the preview is ready, and the comment on pull request $NUMBER could not be written (HTTP $status, $(said answer))"
  printf 'url=%s\n' "$URL" >>"$GITHUB_OUTPUT"
  say "✓ $app runs $HEAD_SHA, and is well at $URL"
}

down() {
  number_is_one
  look_at "$NUMBER" || die "pull request $NUMBER can't be read (HTTP $status, $(said pull))"
  if [[ $state == open ]]; then
    say "pull request $NUMBER is open again: its preview stays"
    return
  fi
  previews || die "the apps of $ORGANIZATION can't be listed: $(refusal)"
  remove "$NUMBER" "The pull request is closed" || die "$problem"
}

# What a run that failed or was stopped has left behind. What GitHub doesn't answer for stays.
sweep() {
  local app number left=0
  previews || die "the apps of $ORGANIZATION can't be listed: $(refusal)"
  while IFS= read -r app; do
    number=$\{app#"$PREFIX"}
    if ! look_at "$number"; then
      [[ $status == 404 ]] || die "pull request $number can't be read (HTTP $status, $(said pull)); nothing more was destroyed"
      state=gone
    fi
    [[ $state != open ]] || continue
    remove "$number" "The pull request is closed" || {
      printf '::error::%s\n' "$problem"
      left=1
    }
  done < <(cat "$work/previews")
  return "$left"
}

case $\{1:-} in
  find) find_one ;;
  up | down | sweep)
    : "$\{FLY_API_TOKEN:?the secret is empty in this environment}"
    export FLY_API_TOKEN FLY_NO_UPDATE_CHECK=1 NO_COLOR=1
    "$1"
    ;;
  *) die "expected find, up, down or sweep" ;;
esac
`;

/** `scripts/fly-preview.sh`: makes the preview of a pull request, removes it, and sweeps what was forgotten. */
export function previewScript(service: Previewed): RenderedFile {
  const { fly, name } = service;
  const { previews } = fly;
  return shellScript({
    service: name,
    path: PREVIEW_SCRIPT,
    about: [
      "Previews of pull requests: find (which pull request), up, down, sweep (all of closed pull requests).",
      "Reads GH_TOKEN, FLY_API_TOKEN; find and up HEAD_SHA, find HEAD_BRANCH, up and down NUMBER; up SOURCE, RUN_URL and the secrets of the process.",
      "Of a pull request's code nothing runs here: Fly builds it, and runs it.",
      "",
      "jq has variables of its own, which look like the shell's.",
      "shellcheck disable=SC2016",
    ],
    constants: {
      ORGANIZATION: previews.organization,
      PREFIX: previews.appPrefix,
      MARKER: PREVIEW_MARKER,
      DOCKERFILE: fly.dockerfile,
      SECRETS: fly.secrets,
      HEALTH_PATH: fly.checks.http.path,
      COMMIT_FIELD: fly.commitField ?? "",
      HEALTH_ATTEMPTS: previews.health.attempts,
      HEALTH_EVERY_SECONDS: previews.health.everySeconds,
    },
    parts: [
      JOB_MESSAGES,
      `# The settings of main, whatever the pull request has.\nCONFIG=$(cd -- "$(dirname -- "$\\{BASH_SOURCE[0]}")/.." && pwd)/${PREVIEW_CONFIG}`,
      GITHUB_REQUESTS,
      FLY_DEPLOY,
      FLY_SECRETS,
      FLY_HEALTH,
      PREVIEW_FUNCTIONS,
      MAIN,
    ],
  });
}
