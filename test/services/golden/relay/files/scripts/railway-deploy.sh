#!/usr/bin/env bash
# Made by Gatehouse from services/relay.ts; do not edit.
# Make it again: npx gatehouse files relay
#
# Starts the deployment of a commit to a stage on Railway. scripts/railway-wait.sh waits for it.
# Reads STAGE, MODE, RELEASE_SHA, SOURCE (a clone with tags), RAILWAY_TOKEN, GITHUB_REPOSITORY; writes GITHUB_OUTPUT and EVIDENCE/.
#
# shellcheck disable=SC2016
set -euo pipefail

readonly RAILWAY_SERVICE=relay
declare -rA ENVIRONMENTS=([staging]=staging [production]=production)
declare -rA URLS=([staging]=https://relay-staging.example.com [production]=https://relay.example.com)
readonly TAGGED_STAGE=production
readonly TAG_PREFIX=prod-
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

: "${MODE:?set it to release or rollback}" "${RELEASE_SHA:?set it to the commit}" "${SOURCE:?set it to a clone with the tags of main}"
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
  say "::warning::${running:-nothing} of ${running_commit:-no commit} runs without having been verified: a run before this one never ended, or somebody deployed by hand; a failure goes back to ${previous:-nothing}"
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
  build "$RELEASE_SHA" || die "Railway refused the deployment of $RELEASE_SHA: $problem; ${running:-nothing} still runs"
fi
[[ $started =~ ^[0-9a-f-]{36}$ ]] || die "Railway named no deployment"

printf 'deployment=%s\n' "$started" >>"$GITHUB_OUTPUT"
jq --null-input --arg stage "$STAGE" --arg mode "$MODE" --arg commit "$RELEASE_SHA" --arg deployment "$started" \
  --arg previous "$previous" --arg previousCommit "$previous_commit" --arg url "$URL" \
  '{$stage, $mode, $commit, $deployment, $previous, $previousCommit, $url}' >"$EVIDENCE/deployment.json"
say "$MODE of $RELEASE_SHA to $STAGE: Railway deployment $started (before: ${previous:-none})"
