#!/usr/bin/env bash
# Made by Gatehouse from services/relay.ts; do not edit.
# Make it again: npx gatehouse files relay
#
# Brings the deployment back that ran before, and waits until it is live and well. Exits 0 only then.
# Reads STAGE, PREVIOUS (id), PREVIOUS_COMMIT, RAILWAY_TOKEN.
#
# shellcheck disable=SC2016
set -euo pipefail

readonly RAILWAY_SERVICE=relay
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

readonly RUNNING='.status == "SUCCESS" or .status == "SLEEPING"'
readonly UNDER_WAY='.status as $status | ["INITIALIZING", "QUEUED", "WAITING", "NEEDS_APPROVAL", "BUILDING", "DEPLOYING"] | index($status)'

# What the token is for, and the service's id. A token of another environment would deploy to that one.
locate() {
  local name repository
  ask 'query { projectToken { projectId environmentId } }' ||
    die "Railway doesn't take the token ($problem); make a project token for the environment ${ENVIRONMENTS[$STAGE]} in the project's settings"
  project=$(jq --raw-output .projectToken.projectId "$work/data.json")
  environment=$(jq --raw-output .projectToken.environmentId "$work/data.json")
  ask 'query ($environment: String!) { environment(id: $environment) { name serviceInstances { edges { node { serviceId serviceName source { repo } } } } } }' \
    "environment=$environment" || die "the Railway environment can't be read: $problem"
  name=$(jq --raw-output .environment.name "$work/data.json")
  [[ $name == "${ENVIRONMENTS[$STAGE]}" ]] ||
    die "the token of the stage $STAGE is for the Railway environment $name; expected one for ${ENVIRONMENTS[$STAGE]}: make it there and seal it again"
  jq --arg name "$RAILWAY_SERVICE" '[.environment.serviceInstances.edges[].node | select(.serviceName == $name)][0]' \
    "$work/data.json" >"$work/service.json"
  service=$(jq --raw-output '.serviceId // empty' "$work/service.json")
  [[ -n $service ]] || die "the Railway environment $name has no service $RAILWAY_SERVICE; correct railway.service, or make the service"
  repository=$(jq --raw-output '.source.repo // "no repository"' "$work/service.json")
  [[ -z ${GITHUB_REPOSITORY:-} || ${repository,,} == "${GITHUB_REPOSITORY,,}" ]] ||
    die "the Railway service $RAILWAY_SERVICE builds from $repository; expected $GITHUB_REPOSITORY: connect it under Settings, Source, and switch its automatic deployments off"
}

# The deployments of the service in deployments.json, the newest first.
list() {
  ask 'query ($project: String!, $environment: String!, $service: String!) { deployments(first: 50, input: {projectId: $project, environmentId: $environment, serviceId: $service}) { edges { node { id status createdAt canRollback meta } } } }' \
    "project=$project" "environment=$environment" "service=$service" || die "the deployments can't be read: $problem"
  jq '[.deployments.edges[].node | {id, status, createdAt, canRollback, commit: (.meta.commitHash? // "")}] | sort_by(.createdAt) | reverse' \
    "$work/data.json" >"$work/deployments.json"
}

# pick CONDITION [--arg NAME VALUE…]: the id of the newest deployment that meets it; nothing when none does.
pick() {
  local condition=$1
  shift
  jq --raw-output "$@" "[.[] | select($condition)][0].id // empty" "$work/deployments.json"
}

commit_of() {
  jq --raw-output --arg id "$1" '.[] | select(.id == $id).commit' "$work/deployments.json"
}

# build COMMIT: Railway builds and deploys the commit; its id in started.
build() {
  # shellcheck disable=SC2016
  graphql 'mutation ($environment: String!, $service: String!, $commit: String!) { serviceInstanceDeployV2(environmentId: $environment, serviceId: $service, commitSha: $commit) }' \
    "environment=$environment" "service=$service" "commit=$1" || return 1
  started=$(jq --raw-output .serviceInstanceDeployV2 "$work/data.json")
}

# restore ID COMMIT: the image of an earlier deployment runs again; where Railway has it no more, the commit is built again. Its id in started.
restore() {
  local id=$1 commit=$2 try
  cp "$work/deployments.json" "$work/before.json"
  if graphql 'mutation ($id: String!) { deploymentRollback(id: $id) }' "id=$id" &&
    jq --exit-status '.deploymentRollback == true' "$work/data.json" >/dev/null; then
    for ((try = 0; try < ASK_TRIES; try++)); do
      list
      started=$(pick '.id as $id | $before[0] | all(.id != $id)' --slurpfile before "$work/before.json")
      [[ -z $started ]] || return 0
      sleep "$PAUSE_SECONDS"
    done
    problem="Railway took the rollback to $id, but shows no new deployment"
    return 1
  fi
  say "  Railway can't restore $id ($problem); $commit is built again"
  [[ $commit =~ ^[0-9a-f]{40}$ ]] && build "$commit"
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

readonly MIGRATIONS_STAY='Migrations that were applied stay applied: they expand before they contract, so the code before works with them.'

PREVIOUS=${PREVIOUS:-}
PREVIOUS_COMMIT=${PREVIOUS_COMMIT:-}
prepare

note() {
  jq --null-input --arg stage "$STAGE" --arg result "$1" --arg detail "$2" --arg to "$PREVIOUS" --arg commit "$PREVIOUS_COMMIT" \
    '{$stage, $result, $detail, $to, $commit}' >"$EVIDENCE/rollback.json"
  printf '### %s\n\n%s\n\n%s\n' "$1" "$2" "$MIGRATIONS_STAY" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
}

# Nobody must overlook it: the stage may be broken now.
failed() {
  note "ROLLBACK FAILED in $STAGE" "$1"
  printf '::error title=ROLLBACK FAILED in %s::%s\n' "$STAGE" "$1"
  printf '::error title=What to do::In Railway, environment %s, service %s, Deployments: choose Rollback at %s (commit %s), or at the newest that was well; then ask %s\n' \
    "${ENVIRONMENTS[$STAGE]}" "$RAILWAY_SERVICE" "${PREVIOUS:-the newest that was well}" "${PREVIOUS_COMMIT:-unknown}" "$URL$HEALTH_PATH"
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
  say "Back to $PREVIOUS of ${PREVIOUS_COMMIT:-an unknown commit}"
  restore "$PREVIOUS" "$PREVIOUS_COMMIT" || failed "Railway refused to go back to $PREVIOUS: $problem"
fi
follow "$started" "$PREVIOUS_COMMIT" || failed "$started, which brings $PREVIOUS back, is not live and well: $reason"

note "Rolled back in $STAGE" "$PREVIOUS of ${PREVIOUS_COMMIT:-an unknown commit} runs again, as $started, and is well."
say "::error::rolled back: $PREVIOUS of ${PREVIOUS_COMMIT:-an unknown commit} runs again in $STAGE, and is well. $MIGRATIONS_STAY"
