#!/usr/bin/env bash
# Made by Gatehouse from services/summit.ts; do not edit.
# Make it again: npx gatehouse files summit
#
# Asks the platform for the preview of the pull request whose image a run has built, or for the removal of that of a closed one.
# Reads RUN_ID, HEAD_SHA, HEAD_BRANCH, GH_TOKEN and DISPATCH_TOKEN.
#
# jq has variables of its own, which look like the shell's.
# shellcheck disable=SC2016
set -euo pipefail

readonly SERVICE=summit
readonly PLATFORM=openclaw/gatehouse
readonly WORKFLOW=previews.yml
readonly TOKEN_KEY=PREVIEWS_TOKEN
readonly ARTIFACT=preview-image

say() { printf '%s\n' "$*"; }
die() {
  printf '::error::%s\n' "$*"
  exit 1
}

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

: "${DISPATCH_TOKEN:?the secret $TOKEN_KEY is empty in this environment}"
[[ $DISPATCH_TOKEN =~ ^[[:graph:]]+$ ]] || die "the secret $TOKEN_KEY has white space in it; copy the token again"
printf 'Authorization: Bearer %s\n' "$DISPATCH_TOKEN" >"$work/dispatch"

: "${RUN_ID:?set it to the run that built the image}" "${HEAD_SHA:?set it to its commit}" "${HEAD_BRANCH:?set it to its branch}"
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

github run pulls "repos/$GITHUB_REPOSITORY/pulls" --get --data-urlencode "head=${GITHUB_REPOSITORY%%/*}:$HEAD_BRANCH" \
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
