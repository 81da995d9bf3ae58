import { GITHUB_REQUESTS } from "../github-requests";
import { JOB_MESSAGES } from "../job-messages";
import type { RenderedFile } from "../rendered-file";
import { shellScript } from "../shell-script";
import { DIGEST_ARTIFACT } from "./preview-image-workflow";
import type { Previewed } from "./previewed";

export const PREVIEW_ASK_SCRIPT = "scripts/preview-ask.sh";

/** Workflow of the repository that Gatehouse runs in; what it takes is written in .github/workflows/previews.yml. */
export const PLATFORM_WORKFLOW = "previews.yml";

/** Beside the token of the run, the one that starts the platform's workflow. */
const DISPATCH_LOGIN = String.raw`
: "$\{DISPATCH_TOKEN:?the secret $TOKEN_KEY is empty in this environment}"
[[ $DISPATCH_TOKEN =~ ^[[:graph:]]+$ ]] || die "the secret $TOKEN_KEY has white space in it; copy the token again"
printf 'Authorization: Bearer %s\n' "$DISPATCH_TOKEN" >"$work/dispatch"
`;

/**
 * What is asked for follows from what GitHub says of the commit now, not from what the other run says of itself: its code was the pull
 * request's. https://docs.github.com/en/rest/pulls/pulls#list-pull-requests
 */
const MAIN = String.raw`
: "$\{RUN_ID:?set it to the run that built the image}" "$\{HEAD_SHA:?set it to its commit}" "$\{HEAD_BRANCH:?set it to its branch}"
[[ $RUN_ID =~ ^[0-9]{1,20}$ ]] || die "RUN_ID is not a number"
[[ $HEAD_SHA =~ ^[0-9a-f]{40}$ ]] || die "HEAD_SHA is not 40 hexadecimal digits"

# dispatch ACTION NUMBER DIGEST
dispatch() {
  jq --null-input --arg service "$SERVICE" --arg action "$1" --arg number "$2" --arg digest "$3" \
    '{ref: "main", inputs: ({service: $service, action: $action, "pull-request": $number} + if $digest == "" then {} else {digest: $digest} end)}' \
    >"$work/request"
  github dispatch answer "repos/$PLATFORM/actions/workflows/$WORKFLOW/dispatches" \
    --header 'Content-Type: application/json' --data-binary "@$work/request" ||
    die "$PLATFORM did not take it (HTTP $status, $(said answer)); $TOKEN_KEY must be a token with Actions: write there, and $WORKFLOW must be on its main"
  say "asked $PLATFORM: $1, pull request $2"
}

# The digest that the run kept, or nothing. It comes from code that nobody has reviewed.
digest() {
  local id
  github run artifacts "repos/$GITHUB_REPOSITORY/actions/runs/$RUN_ID/artifacts?name=$ARTIFACT&per_page=100" ||
    die "what run $RUN_ID kept can't be read (HTTP $status, $(said artifacts))"
  id=$(jq --raw-output --arg name "$ARTIFACT" \
    '[.artifacts[] | select(.name == $name and (.expired | not) and .size_in_bytes <= 4096)] | max_by(.id) | .id // empty' "$work/artifacts")
  [[ -n $id ]] || return 0
  github run kept.zip "repos/$GITHUB_REPOSITORY/actions/artifacts/$id/zip" ||
    die "the artifact $id can't be read (HTTP $status)"
  # Written to a pipe, a file has no path to escape by, and no more is read than a digest has.
  found=$(unzip -p "$work/kept.zip" digest 2>/dev/null | head -c 100) || true
  [[ $found =~ ^sha256:[0-9a-f]{64}$ ]] || die "run $RUN_ID kept something else than a digest; nothing is deployed"
}

github run pulls "repos/$GITHUB_REPOSITORY/pulls" --get --data-urlencode "head=$\{GITHUB_REPOSITORY%%/*}:$HEAD_BRANCH" \
  --data 'state=all&base=main&sort=updated&direction=desc&per_page=30' ||
  die "the pull requests can't be read (HTTP $status, $(said pulls))"
list=$(jq --raw-output --arg sha "$HEAD_SHA" --arg repository "$GITHUB_REPOSITORY" \
  '.[] | select(.head.sha == $sha and .head.repo.full_name == $repository and .base.ref == "main") | "\(.number) \(.state)"' "$work/pulls") ||
  die "GitHub's answer is no list of pull requests"
if [[ -z $list ]]; then
  say "$HEAD_SHA is the newest commit of no pull request to main: a newer one has its own run"
  exit 0
fi
found=
while read -r number state; do
  [[ $number =~ ^[1-9][0-9]{0,8}$ ]] || die "GitHub names a pull request that is no number"
  if [[ $state == closed ]]; then
    dispatch down "$number" ''
    continue
  fi
  [[ -n $found ]] || digest
  if [[ -z $found ]]; then
    say "run $RUN_ID built no image: pull request $number was opened again after it, and has a run of its own"
    continue
  fi
  dispatch up "$number" "$found"
done <<<"$list"
`;

/** `scripts/preview-ask.sh`: asks the platform for a pull request's preview, or for its removal. */
export function previewAskScript({ name, dispatch }: Pick<Previewed, "name" | "dispatch">): RenderedFile {
  return shellScript({
    service: name,
    path: PREVIEW_ASK_SCRIPT,
    about: [
      "Asks the platform for the preview of the pull request whose image a run has built, or for the removal of that of a closed one.",
      "Reads RUN_ID, HEAD_SHA, HEAD_BRANCH, GH_TOKEN and DISPATCH_TOKEN.",
      "",
      "jq has variables of its own, which look like the shell's.",
      "shellcheck disable=SC2016",
    ],
    constants: {
      SERVICE: name,
      PLATFORM: dispatch.repository,
      WORKFLOW: PLATFORM_WORKFLOW,
      TOKEN_KEY: dispatch.token,
      ARTIFACT: DIGEST_ARTIFACT,
    },
    parts: [JOB_MESSAGES, GITHUB_REQUESTS, DISPATCH_LOGIN, MAIN],
  });
}
