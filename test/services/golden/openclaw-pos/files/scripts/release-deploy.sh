#!/usr/bin/env bash
# Made by Gatehouse from services/openclaw-pos.ts; do not edit.
# Make it again: npx gatehouse files openclaw-pos
#
# Deploys a commit to a stage: migrations, upload, then step by step with a health check, and back when it is not well.
# Reads STAGE, MODE, RELEASE_SHA, SOURCE (the working copy), HEALTHCHECK_URL, CLOUDFLARE_API_TOKEN, CLOUDFLARE_ACCOUNT_ID.
set -euo pipefail

readonly WRANGLER_TEMPLATE=wrangler.template.jsonc
declare -rA WORKERS=([staging]=openclaw-pos-staging [production]=openclaw-pos)
declare -rA PLACEHOLDERS=([staging]=D1_DATABASE_ID [production]=D1_DATABASE_ID)
declare -rA DATABASES=([staging]=openclaw-pos-staging [production]=openclaw-pos)
declare -rA APPLICATION_SECRETS=([staging]='SENTRY_DSN?' [production]='SENTRY_DSN?')
readonly GRADUAL_STAGE=production
readonly STEPS=(10 50 100)
readonly OBSERVE_SECONDS=60
readonly SMOKE_ATTEMPTS=10
readonly SMOKE_PAUSE_SECONDS=5

say() { printf '%s\n' "$*"; }
die() {
  printf '::error::%s\n' "$*"
  exit 1
}

child=
tidying=no

# Runs a command so that a signal is answered at once; its standard input is empty, or the file $input.
interruptible() {
  local status=0
  [[ $tidying == no ]] || set -m
  "$@" <"${input:-/dev/null}" &
  child=$!
  set +m
  wait "$child" || status=$?
  child=
  return "$status"
}

# From here on cleanup runs, however the script ends, short of kill -9.
cleanup_at_end() {
  exec {said}>&1 {complained}>&2
  trap cleanup EXIT
  trap 'end_by_signal 130' INT
  trap 'end_by_signal 143' TERM HUP
}

# Whoever interrupts often sends a second signal (a runner: SIGINT, then SIGTERM): already now it must not end the tidying up.
end_by_signal() {
  trap '' INT TERM HUP
  printf interrupted >"$work/failure"
  exit "$1"
}

# Nor may a signal end what runs for the sake of tidying up: that gets a process group of its own, for some programs (Node.js) answer signals
# that their parent ignores.
begin_cleanup() {
  trap '' INT TERM HUP
  trap - EXIT
  set +e
  # A signal may have come while a command's output went into a file: what is said now goes where it went at first.
  exec >&"$said"
  exec 2>&"$complained"
  stop_child
  tidying=yes
}

stop_child() {
  [[ -n $child ]] || return 0
  kill -TERM "$child" 2>/dev/null || true
  wait "$child" 2>/dev/null || true
  child=
}

# The configuration of this stage: ids that Terraform knows come from the environment's variables.
write_config() {
  local text key value
  [[ -f $SOURCE/$WRANGLER_TEMPLATE ]] ||
    die "$RELEASE_SHA has no $WRANGLER_TEMPLATE; this release process can't deploy commits from before it"
  text=$(<"$SOURCE/$WRANGLER_TEMPLATE")
  for key in ${PLACEHOLDERS[$STAGE]}; do
    value=${!key:-}
    [[ $value =~ ^[A-Za-z0-9_-]+$ ]] || die "the variable $key of the environment is empty or no id; Terraform sets it, apply the stage first"
    text=${text//"\${$key}"/$value}
  done
  config=$SOURCE/wrangler.release.jsonc
  printf '%s\n' "$text" >"$config"
}

# Secrets of the application go along with the version; they stand in a file of this user alone and for this long.
write_secrets() {
  local key optional
  secrets=$work/secrets.json
  printf '{}' >"$secrets"
  for key in ${APPLICATION_SECRETS[$STAGE]}; do
    optional=no
    [[ $key != *\? ]] || optional=yes
    key=${key%\?}
    if [[ -n ${!key:-} ]]; then
      KEY=$key VALUE=${!key} jq '. + { (env.KEY): env.VALUE }' "$secrets" >"$secrets.new"
      mv -- "$secrets.new" "$secrets"
    elif [[ $optional == no ]]; then
      die "the secret $key is empty in the environment $STAGE; seal it, or declare it optional"
    fi
  done
}

wrangler() {
  interruptible env --chdir "$SOURCE" ./node_modules/.bin/wrangler "$@" --env "$STAGE" --config "$config"
}

migrate() {
  local database
  for database in ${DATABASES[$STAGE]}; do
    say "Migrations of $database"
    wrangler d1 migrations apply "$database" --remote || die "the migrations of $database failed; nothing was deployed"
  done
}

# What serves now. A deployment of two versions is a release that was interrupted: its message says which of them was stable.
find_stable() {
  local versions
  stable=
  if ! wrangler deployments status --json >"$work/status.json" 2>"$work/status.err"; then
    # wrangler, packages/wrangler/src/versions/deployments/status.ts; 10007 is the API's "This Worker does not exist on your account".
    grep -q -e 'has no deployments' -e '10007' "$work/status.json" "$work/status.err" && return
    cat "$work/status.json" "$work/status.err"
    die "the current deployment can't be read; nothing was deployed"
  fi
  versions=$(jq '.versions | length' "$work/status.json")
  if ((versions == 1)); then
    stable=$(jq -r '.versions[0].version_id' "$work/status.json")
  else
    stable=$(jq -r '.annotations["workers/message"] // "" | capture("stable=(?<id>[0-9a-f-]{36})").id // empty' "$work/status.json")
    jq -e --arg id "$stable" '.versions | any(.version_id == $id)' "$work/status.json" >/dev/null ||
      die "two versions serve, and nothing says which is stable; decide with npx wrangler versions deploy, then run this again"
    say "A release was interrupted: back to $stable first"
    traffic "$stable@100%" || die "the interrupted release could not be taken back"
  fi
  [[ $stable =~ ^[0-9a-f-]{36}$ ]] || die "the current deployment names no version"
}

traffic() {
  wrangler versions deploy "$@" --yes --message "$MODE $RELEASE_SHA stable=${stable:-none}"
}

# version_of TYPE: the id that wrangler wrote down (WRANGLER_OUTPUT_FILE_PATH, one JSON object a line).
version_of() {
  jq -r --arg type "$1" 'select(.type == $type) | .version_id // empty' "$work/wrangler.ndjson" | tail -n 1
}

# Asks the new version itself, also while it gets little traffic.
# https://developers.cloudflare.com/workers/configuration/versions-and-deployments/gradual-deployments/#version-overrides
healthy_once() {
  curl --silent --show-error --fail --max-time 10 --output /dev/null \
    --header "Cloudflare-Workers-Version-Overrides: ${WORKERS[$STAGE]}=\"$1\"" -- "$HEALTHCHECK_URL"
}

# observe VERSION SECONDS: well for so long; as many failures in a row as there are tries end it.
observe() {
  local version=$1 seconds=$2 failures=0 began=$SECONDS
  while true; do
    if healthy_once "$version"; then
      failures=0
      ((SECONDS - began < seconds)) || return 0
    else
      failures=$((failures + 1))
      say "  not well: $failures of $SMOKE_ATTEMPTS"
      ((failures < SMOKE_ATTEMPTS)) || return 1
    fi
    sleep "$SMOKE_PAUSE_SECONDS"
  done
}

: "${STAGE:?set it to the stage}" "${MODE:?set it to release or rollback}" "${RELEASE_SHA:?set it to the commit}"
: "${SOURCE:?set it to the working copy of the commit}" "${HEALTHCHECK_URL:?the variable is empty in this environment}"
: "${CLOUDFLARE_API_TOKEN:?the secret is empty in this environment}" "${CLOUDFLARE_ACCOUNT_ID:?the variable is empty in this environment}"
[[ -n ${WORKERS[$STAGE]:-} ]] || die "there is no stage $STAGE"

SOURCE=$(cd -- "$SOURCE" && pwd)
umask 077
work=$(mktemp -d)
moving=no
stable=
config=
export WRANGLER_SEND_METRICS=false WRANGLER_OUTPUT_FILE_PATH="$work/wrangler.ndjson" NO_COLOR=1 CI=true
: >"$WRANGLER_OUTPUT_FILE_PATH"

# However this ends while traffic is split, by a failure or by a signal, the stable version gets all of it back. If even that is cut
# short, the next run begins with it.
cleanup() {
  local status=$?
  begin_cleanup
  if [[ $moving == yes ]]; then
    if [[ -z $stable ]]; then
      printf '::error::this was the first deployment: there is no version to go back to\n'
    elif traffic "$stable@100%"; then
      printf '::error::rolled back: %s serves all requests\n' "$stable"
    else
      printf '::error::the rollback failed; do it by hand: npx wrangler versions deploy %s@100%% --name %s --yes\n' "$stable" "${WORKERS[$STAGE]}"
    fi
    [[ $status != 0 ]] || status=1
  fi
  rm -rf -- "$work"
  [[ -z $config ]] || rm -f -- "$config"
  exit "$status"
}
cleanup_at_end

write_config
write_secrets
find_stable
# Migrations are not taken back: they expand before they contract, so the version before works with them.
[[ $MODE == rollback ]] || migrate

short=${RELEASE_SHA:0:7}
if [[ -z $stable ]]; then
  # A Worker without a version has nothing to share traffic with, and "versions upload" wants a deployed Worker.
  # https://developers.cloudflare.com/workers/configuration/versions-and-deployments/gradual-deployments/
  say "The first deployment of ${WORKERS[$STAGE]}: all at once"
  moving=yes
  wrangler deploy --tag "$short" --message "$MODE $RELEASE_SHA" --secrets-file "$secrets" || die "the deployment failed"
  version=$(version_of deploy)
  steps=()
else
  wrangler versions upload --tag "$short" --message "$MODE $RELEASE_SHA" --secrets-file "$secrets" ||
    die "the version could not be uploaded; nothing was deployed"
  version=$(version_of version-upload)
  if [[ $STAGE == "$GRADUAL_STAGE" && $MODE == release ]]; then steps=("${STEPS[@]}"); else steps=(100); fi
fi
rm -f -- "$secrets"
[[ $version =~ ^[0-9a-f-]{36}$ ]] || die "wrangler named no version"

for step in "${steps[@]}"; do
  say "$step % to $version"
  moving=yes
  if ((step == 100)); then
    traffic "$version@100%" || die "the traffic could not be moved"
  else
    traffic "$version@$step%" "$stable@$((100 - step))%" || die "the traffic could not be moved"
  fi
  if [[ $STAGE == "$GRADUAL_STAGE" ]]; then seconds=$OBSERVE_SECONDS; else seconds=0; fi
  observe "$version" "$seconds" || die "the new version is not well at $step %"
done
if [[ -z $stable ]]; then observe "$version" 0 || die "the new version is not well"; fi
moving=no

printf 'version=%s\nprevious=%s\n' "$version" "$stable" >>"$GITHUB_OUTPUT"
say "✓ $version of $RELEASE_SHA serves all requests of $STAGE" | tee -a "$GITHUB_STEP_SUMMARY"
