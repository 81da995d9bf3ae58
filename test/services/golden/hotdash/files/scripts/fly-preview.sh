#!/usr/bin/env bash
# Made by Gatehouse from services/hotdash.ts; do not edit.
# Make it again: npx gatehouse files hotdash
#
# Previews of pull requests: find (which pull request), up, down, sweep (all of closed pull requests).
# Reads GH_TOKEN, FLY_API_TOKEN; find and up HEAD_SHA, find HEAD_BRANCH, up and down NUMBER; up SOURCE, RUN_URL and the secrets of the process.
# Of a pull request's code nothing runs here: Fly builds it, and runs it.
#
# jq has variables of its own, which look like the shell's.
# shellcheck disable=SC2016
set -euo pipefail

readonly ORGANIZATION=openclaw-previews
readonly PREFIX=hotdash-pr-
readonly MARKER='<!-- gatehouse:preview -->'
readonly DOCKERFILE=Dockerfile
readonly SECRETS=(SHOPIFY_API_KEY SHOPIFY_API_SECRET SUPABASE_SERVICE_KEY DATABASE_URL SESSION_SECRET)
readonly HEALTH_PATH=/health
readonly COMMIT_FIELD=commit
readonly HEALTH_ATTEMPTS=5
readonly HEALTH_EVERY_SECONDS=10

say() { printf '%s\n' "$*"; }
die() {
  printf '::error::%s\n' "$*"
  exit 1
}

# The settings of main, whatever the pull request has.
CONFIG=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)/fly.preview.toml

: "${GITHUB_REPOSITORY:?set it to owner/name}" "${GH_TOKEN:?set it to the token of the run}"
API=${GITHUB_API_URL:-https://api.github.com}
[[ $API == https://* || $API == http://127.0.0.1:* ]] || die "GITHUB_API_URL must begin with https://"
umask 077
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
printf 'Authorization: Bearer %s\n' "$GH_TOKEN" >"$work/run"

# github LOGIN FILE PATH [OPTION…]: the answer in a file; the status, and whether it is a success. One that was cut or is too long is none: 000.
github() {
  local login=$1 file=$2 path=$3
  shift 3
  rm -f -- "$work/$file"
  status=$(curl --silent --show-error --location --max-time 30 --max-filesize 10000000 --retry 3 \
    --header "@$work/$login" --header 'Accept: application/vnd.github+json' --header 'X-GitHub-Api-Version: 2022-11-28' \
    --output "$work/$file" --write-out '%{http_code}' "$@" -- "$API/$path") || status=000
  [[ $status == 2* ]]
}
said() { jq --raw-output '.message // empty | gsub("[[:cntrl:]]"; " ") | .[:200]' "$work/$1" 2>/dev/null || true; }

refusal() { tr '[:cntrl:]' ' ' <"$work/problem" | cut -c 1-300; }

# deploy SETTINGS COMMIT [OPTION…]: from SOURCE, with a file of settings.
deploy() {
  local settings=$1 commit=$2
  shift 2
  [[ -z $commit ]] || set -- "$@" --env "RELEASE_SHA=$commit"
  flyctl deploy "$SOURCE" --config "$settings" --app "$app" --ha=false --yes "$@"
}

# What flyctl reads of a line goes without quotes around it, and without what follows a # that an even number of " stands before: one of two ways of
# quoting lets any line through as it is. https://github.com/superfly/flyctl/blob/v0.4.87/internal/command/secrets/parser.go
quoted() {
  local value=$1 before quotes
  before=${value%%#*}
  quotes=${before//[^\"]/}
  if ((${#quotes} % 2 == 0)); then printf '"""%s"""' "$value"; else printf "'%s'" "$value"; fi
}

# Staged: the deployment that follows brings them to the Machines. Read from a file of this user alone.
set_secrets() {
  local key value
  ((${#SECRETS[@]} > 0)) || return 0
  for key in "${SECRETS[@]}"; do
    value=${!key:-}
    [[ -n $value ]] || die "the secret $key is empty in this environment; seal it, or set it"
    [[ $value != *$'\n'* ]] || die "the secret $key has more than one line; encode it (base64) and let the process decode it"
    printf '%s=%s\n' "$key" "$(quoted "$value")" >>"$work/secrets"
  done
  flyctl secrets import --stage --app "$app" <"$work/secrets" >/dev/null 2>"$work/problem" ||
    die "the secrets could not be set in $app: $(refusal)"
  rm -f -- "$work/secrets"
}

# One question to the health check; COMMIT must be what answers, if the service says so.
healthy() {
  local commit=$1 code answers
  code=$(curl --silent --max-time 10 --header 'Cache-Control: no-cache' --output "$work/health" --write-out '%{http_code}' -- "$URL$HEALTH_PATH" || true)
  reason="$URL$HEALTH_PATH answers $code"
  [[ $code == 200 ]] || return 1
  [[ -n $COMMIT_FIELD && -n $commit ]] || return 0
  answers=$(jq --raw-output --arg field "$COMMIT_FIELD" '.[$field] | strings' "$work/health" 2>/dev/null || true)
  reason="$URL$HEALTH_PATH answers 200, but not as $commit"
  [[ $answers =~ ^[0-9a-f]{7,40}$ && $commit == "$answers"* ]]
}

# well COMMIT: asked a few times, for a Machine that sleeps must start first; why not in reason.
well() {
  local attempt
  for ((attempt = 1; attempt <= HEALTH_ATTEMPTS; attempt++)); do
    if healthy "$1"; then return 0; fi
    say "  $reason ($attempt of $HEALTH_ATTEMPTS)"
    ((attempt == HEALTH_ATTEMPTS)) || sleep "$HEALTH_EVERY_SECONDS"
  done
  return 1
}

# The state of pull request NUMBER, and its newest commit, in state and newest.
look_at() {
  github run pull "repos/$GITHUB_REPOSITORY/pulls/$1" || return 1
  state=$(jq --raw-output .state "$work/pull")
  newest=$(jq --raw-output .head.sha "$work/pull")
  from=$(jq --raw-output '.head.repo.full_name // ""' "$work/pull")
}

# comment NUMBER FILE [ONLY]: keeps the one comment; with ONLY it is changed where there is one, and none is made.
comment() {
  local number=$1 file=$2 page id=
  for ((page = 1; page <= 10; page++)); do
    github run comments "repos/$GITHUB_REPOSITORY/issues/$number/comments?per_page=100&page=$page" || return 1
    id=$(jq --raw-output --arg marker "$MARKER" \
      '[.[] | select(.user.type == "Bot" and ((.body // "") | startswith($marker)))][0].id // empty' "$work/comments") || return 1
    [[ -z $id && $(jq length "$work/comments") == 100 ]] || break
  done
  jq --null-input --rawfile body "$file" '{$body}' >"$work/request"
  if [[ -n $id ]]; then
    github run answer "repos/$GITHUB_REPOSITORY/issues/comments/$id" --request PATCH --header 'Content-Type: application/json' --data-binary "@$work/request"
  elif [[ -z ${3:-} ]]; then
    github run answer "repos/$GITHUB_REPOSITORY/issues/$number/comments" --header 'Content-Type: application/json' --data-binary "@$work/request"
  fi
}

# Names of the previews that there are, one a line.
previews() {
  flyctl apps list --org "$ORGANIZATION" --json >"$work/apps.json" 2>"$work/problem" || return 1
  jq --raw-output --arg prefix "$PREFIX" \
    '(. // [])[] | (.Name // .name) | select(startswith($prefix) and (ltrimstr($prefix) | test("^[1-9][0-9]{0,8}$")))' \
    "$work/apps.json" >"$work/previews" 2>"$work/problem"
}

# remove NUMBER WHY: destroys the app, if there is one, and says so on the pull request.
remove() {
  local number=$1 why=$2
  if grep -qxF -- "$PREFIX$number" "$work/previews"; then
    flyctl apps destroy "$PREFIX$number" --yes >/dev/null 2>"$work/problem" || {
      problem="$PREFIX$number could not be destroyed: $(refusal)"
      return 1
    }
    say "$PREFIX$number is destroyed: $why"
  else
    say "there is no $PREFIX$number"
  fi
  printf '%s\n## Preview: removed\n\n%s.\n' "$MARKER" "$why" >"$work/body"
  comment "$number" "$work/body" only || say "::warning::the comment on pull request $number could not be changed (HTTP $status, $(said answer))"
}

find_one() {
  : "${HEAD_SHA:?set it to the commit}" "${HEAD_BRANCH:?set it to its branch}"
  [[ $HEAD_SHA =~ ^[0-9a-f]{40}$ ]] || die "HEAD_SHA is not 40 hexadecimal digits"
  github run pulls "repos/$GITHUB_REPOSITORY/pulls" --get --data-urlencode "head=${GITHUB_REPOSITORY%%/*}:$HEAD_BRANCH" \
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
  printf 'number=%s\nstate=%s\n' "${found% *}" "${found#* }" >>"$GITHUB_OUTPUT"
}

number_is_one() {
  [[ ${NUMBER:-} =~ ^[1-9][0-9]{0,8}$ ]] || die "NUMBER is no number of a pull request"
}

# However it fails, the pull request hears of it.
unwell() {
  printf '%s\n## Preview: failed\n\n%s.\n\n%s. The next push tries again.\n' "$MARKER" "$1" "${RUN_URL:+The log: $RUN_URL}" >"$work/body"
  comment "$NUMBER" "$work/body" || say "::warning::the comment on pull request $NUMBER could not be written (HTTP $status, $(said answer))"
  die "$1"
}

up() {
  local dockerfile
  number_is_one
  : "${HEAD_SHA:?set it to the commit}" "${SOURCE:?set it to the working copy of the commit}"
  app=$PREFIX$NUMBER
  URL=${SERVICE_URL:-https://$app.fly.dev}
  look_at "$NUMBER" || die "pull request $NUMBER can't be read (HTTP $status, $(said pull))"
  if [[ $state != open || $newest != "$HEAD_SHA" || $from != "$GITHUB_REPOSITORY" ]]; then
    say "pull request $NUMBER is $state, at $newest of ${from:-nobody}: nothing to do for $HEAD_SHA"
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
    number=${app#"$PREFIX"}
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

case ${1:-} in
  find) find_one ;;
  up | down | sweep)
    : "${FLY_API_TOKEN:?the secret is empty in this environment}"
    export FLY_API_TOKEN FLY_NO_UPDATE_CHECK=1 NO_COLOR=1
    "$1"
    ;;
  *) die "expected find, up, down or sweep" ;;
esac
