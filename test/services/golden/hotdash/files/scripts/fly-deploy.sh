#!/usr/bin/env bash
# Made by Gatehouse from services/hotdash.ts; do not edit.
# Make it again: npx gatehouse files hotdash
#
# Deploys a commit to a stage on Fly: secrets, a rolling deployment, Machines that are missing, a health check from outside.
# Reads STAGE, MODE, RELEASE_SHA, SOURCE (the working copy), FLY_API_TOKEN and the secrets of the process; writes GITHUB_OUTPUT and EVIDENCE/.
#
# shellcheck disable=SC2016
set -euo pipefail

declare -rA APPS=([staging]=hotdash-staging [production]=hotdash)
declare -rA CONFIGS=([staging]=fly.toml [production]=fly.production.toml)
declare -rA URLS=([staging]=https://hotdash-staging.fly.dev [production]=https://hotdash.example.com)
declare -rA MACHINES=([staging]=1 [production]=2)
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

refusal() { tr '[:cntrl:]' ' ' <"$work/problem" | cut -c 1-300; }

# deploy SETTINGS COMMIT [OPTION…]: from SOURCE, with a file of settings.
deploy() {
  local settings=$1 commit=$2
  shift 2
  [[ -z $commit ]] || set -- "$@" --env "RELEASE_SHA=$commit"
  flyctl deploy "$SOURCE" --config "$settings" --app "$app" --ha=false --yes "$@"
}

# Names the app of the stage, and a place for what is kept.
prepare() {
  : "${STAGE:?set it to the stage}" "${FLY_API_TOKEN:?the secret is empty in this environment}"
  [[ -n ${APPS[$STAGE]:-} ]] || die "there is no stage $STAGE; the stages are ${!APPS[*]}"
  app=${APPS[$STAGE]}
  URL=${SERVICE_URL:-${URLS[$STAGE]}}
  [[ $URL == https://* || $URL == http://127.0.0.1:* ]] || die "SERVICE_URL must begin with https://"
  EVIDENCE=${EVIDENCE:-evidence}
  umask 077
  work=$(mktemp -d)
  trap 'rm -rf -- "$work"' EXIT
  mkdir -p -- "$EVIDENCE"
  export FLY_API_TOKEN FLY_NO_UPDATE_CHECK=1 NO_COLOR=1
}

# The releases of the app that ended well, newest first, one image a line. Fly numbers them; one image may stand there more than once.
images() {
  flyctl releases --app "$app" --json >"$work/releases.json" 2>"$work/problem" || return 1
  jq --raw-output '[(. // [])[] | select(.Status == "complete" and (.ImageRef // "") != "")] | sort_by(-.Version)[].ImageRef' \
    "$work/releases.json" >"$work/images" 2>"$work/problem"
}
# The commit that an image was built from: deployments label it so. Nothing for an image that somebody built by hand.
commit_of() {
  local label=${1##*:}
  if [[ $label =~ ^[0-9a-f]{40}$ ]]; then printf '%s\n' "$label"; fi
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

: "${MODE:?set it to release or rollback}" "${RELEASE_SHA:?set it to the commit}" "${SOURCE:?set it to the working copy of the commit}"
prepare
[[ $RELEASE_SHA =~ ^[0-9a-f]{40}$ ]] || die "the commit is not 40 hexadecimal digits"
SOURCE=$(cd -- "$SOURCE" && pwd)
settings=$SOURCE/${CONFIGS[$STAGE]}
[[ -f $settings ]] || die "$RELEASE_SHA has no ${CONFIGS[$STAGE]}; this pipeline can't deploy commits from before it"
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
  say "$app has $count Machines, and gets ${MACHINES[$STAGE]}"
  flyctl scale count "${MACHINES[$STAGE]}" --app "$app" --yes || die "$app could not get its Machines"
fi

well "$RELEASE_SHA" || die "$app runs $RELEASE_SHA, and is not well: $reason"
jq --null-input --arg stage "$STAGE" --arg mode "$MODE" --arg commit "$RELEASE_SHA" --arg app "$app" --arg previous "$previous" --arg url "$URL" \
  '{$stage, $mode, $commit, $app, $previous, $url}' >"$EVIDENCE/deployment.json"
say "✓ $MODE: $RELEASE_SHA runs in $STAGE, and is well at $URL" | tee -a "${GITHUB_STEP_SUMMARY:-/dev/null}"
