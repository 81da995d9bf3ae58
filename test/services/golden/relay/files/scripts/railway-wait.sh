#!/usr/bin/env bash
# Made by Gatehouse from services/relay.ts; do not edit.
# Make it again: npx gatehouse files relay
#
# Waits until a deployment is live and its health check answers as its commit; fails when it is not in time.
# Reads STAGE, RELEASE_SHA, DEPLOYMENT, RAILWAY_TOKEN.
#
# shellcheck disable=SC2016
set -euo pipefail

declare -rA ENVIRONMENTS=([staging]=staging [production]=production)
declare -rA URLS=([staging]=https://relay-staging.example.com [production]=https://relay.example.com)
readonly HEALTH_PATH=/health
readonly COMMIT_FIELD=commit
readonly WAIT_ATTEMPTS=90
readonly PAUSE_SECONDS=10
readonly ASK_TRIES=5

say() { printf '%s\n' "$*"; }
die() {
  printf '::error::%s\n' "$*"
  exit 1
}

# Keys and tokens go over TLS, or stay on this machine.
safe() { [[ $1 == https://* || $1 == http://127.0.0.1:* || $1 == http://localhost:* ]]; }

# The token stands in a file of this user alone: what stands in an argument, every process can read.
prepare() {
  : "${STAGE:?set it to the stage}" "${RAILWAY_TOKEN:?the secret is empty in this environment}"
  [[ -n ${ENVIRONMENTS[$STAGE]:-} ]] || die "there is no stage $STAGE; the stages are ${!ENVIRONMENTS[*]}"
  [[ $RAILWAY_TOKEN =~ ^[[:graph:]]+$ ]] || die "the Railway token has white space in it; copy the project token again"
  EVIDENCE=${EVIDENCE:-evidence}
  RAILWAY_API=${RAILWAY_API:-https://backboard.railway.com/graphql/v2}
  URL=${SERVICE_URL:-${URLS[$STAGE]}}
  safe "$URL" || die "SERVICE_URL must begin with https://"
  safe "$RAILWAY_API" || die "RAILWAY_API must begin with https://"
  umask 077
  work=$(mktemp -d)
  trap 'rm -rf -- "$work"' EXIT
  printf 'Project-Access-Token: %s\n' "$RAILWAY_TOKEN" >"$work/token"
  mkdir -p -- "$EVIDENCE"
}

# graphql QUERY [NAME=VALUE…]: the data of the answer in data.json. Railway answers 200 to what it refuses, too.
graphql() {
  local query=$1 code
  shift
  jq --null-input --arg query "$query" \
    '{query: $query, variables: ($ARGS.positional | map(capture("^(?<key>[^=]+)=(?<value>.*)$")) | from_entries)}' \
    --args "$@" >"$work/request.json"
  if ! code=$(curl --silent --show-error --max-time 30 --header "@$work/token" --header 'Content-Type: application/json' \
    --data-binary "@$work/request.json" --output "$work/answer.json" --write-out '%{http_code}' -- "$RAILWAY_API" 2>"$work/curl.err"); then
    problem="no answer: $(tr '\n' ' ' <"$work/curl.err")"
    return 1
  fi
  if [[ $code != 200 ]] || ! jq --exit-status '.data != null and (has("errors") | not)' "$work/answer.json" >/dev/null 2>&1; then
    problem=$(jq --raw-output '.errors[0].message | gsub("[[:cntrl:]]"; " ") | .[:200]' "$work/answer.json" 2>/dev/null || true)
    problem="HTTP $code${problem:+, $problem}"
    return 1
  fi
  jq .data "$work/answer.json" >"$work/data.json"
}

# ask QUERY [NAME=VALUE…]: like graphql, for questions, which may be repeated.
ask() {
  local try
  for ((try = 1; ; try++)); do
    if graphql "$@"; then return 0; fi
    if ((try == ASK_TRIES)) || [[ $problem == *"Not Authorized"* ]]; then return 1; fi
    say "  Railway's API: $problem; asked again"
    sleep "$PAUSE_SECONDS"
  done
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

# follow ID COMMIT: until this very deployment runs and is well; why not in reason.
follow() {
  local id=$1 commit=$2 status built last='' attempt
  reason="Railway never said how it is"
  for ((attempt = 0; attempt < WAIT_ATTEMPTS; attempt++)); do
    ((attempt == 0)) || sleep "$PAUSE_SECONDS"
    if ! ask 'query ($id: String!) { deployment(id: $id) { status meta } }' "id=$id"; then
      reason="Railway's API: $problem"
      continue
    fi
    status=$(jq --raw-output .deployment.status "$work/data.json")
    [[ $status == "$last" ]] || say "  $id: $status"
    last=$status
    case $status in
      SUCCESS | SLEEPING)
        built=$(jq --raw-output '.deployment.meta.commitHash? // ""' "$work/data.json")
        if [[ -n $built && -n $commit && $built != "$commit" ]]; then
          reason="Railway built it from $built; expected $commit"
          return 1
        fi
        if healthy "$commit"; then return 0; fi
        ;;
      FAILED | CRASHED | SKIPPED)
        reason="it is $status; its log is in Railway"
        return 1
        ;;
      REMOVING | REMOVED | CANCELLED)
        reason="it is $status: another deployment took its place; are automatic deployments of the service still on?"
        return 1
        ;;
      *) reason="it is still $status" ;;
    esac
  done
  return 1
}

: "${RELEASE_SHA:?set it to the commit}" "${DEPLOYMENT:?set it to the id of the deployment}"
prepare
follow "$DEPLOYMENT" "$RELEASE_SHA" || die "$DEPLOYMENT of $RELEASE_SHA is not live and well: $reason"
say "✓ $DEPLOYMENT of $RELEASE_SHA is live and well at $URL"
