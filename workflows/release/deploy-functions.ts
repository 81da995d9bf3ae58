/** What the deployment is made of: configuration, versions, traffic, health. */
export const DEPLOY_FUNCTIONS = String.raw`
# The configuration of this stage: ids that Terraform knows come from the environment's variables.
write_config() {
  local text key value
  [[ -f $SOURCE/$WRANGLER_TEMPLATE ]] ||
    die "$RELEASE_SHA has no $WRANGLER_TEMPLATE; this release process can't deploy commits from before it"
  text=$(<"$SOURCE/$WRANGLER_TEMPLATE")
  for key in $\{PLACEHOLDERS[$STAGE]}; do
    value=$\{!key:-}
    [[ $value =~ ^[A-Za-z0-9_-]+$ ]] || die "the variable $key of the environment is empty or no id; Terraform sets it, apply the stage first"
    text=$\{text//"\$\{$key}"/$value}
  done
  config=$SOURCE/wrangler.release.jsonc
  printf '%s\n' "$text" >"$config"
}

# Secrets of the application go along with the version; they stand in a file of this user alone and for this long.
write_secrets() {
  local key optional
  secrets=$work/secrets.json
  printf '{}' >"$secrets"
  for key in $\{APPLICATION_SECRETS[$STAGE]}; do
    optional=no
    [[ $key != *\? ]] || optional=yes
    key=$\{key%\?}
    if [[ -n $\{!key:-} ]]; then
      KEY=$key VALUE=$\{!key} jq '. + { (env.KEY): env.VALUE }' "$secrets" >"$secrets.new"
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
  for database in $\{DATABASES[$STAGE]}; do
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
  wrangler versions deploy "$@" --yes --message "$MODE $RELEASE_SHA stable=$\{stable:-none}"
}

# version_of TYPE: the id that wrangler wrote down (WRANGLER_OUTPUT_FILE_PATH, one JSON object a line).
version_of() {
  jq -r --arg type "$1" 'select(.type == $type) | .version_id // empty' "$work/wrangler.ndjson" | tail -n 1
}

# Asks the new version itself, also while it gets little traffic.
# https://developers.cloudflare.com/workers/configuration/versions-and-deployments/gradual-deployments/#version-overrides
healthy_once() {
  curl --silent --show-error --fail --max-time 10 --output /dev/null \
    --header "Cloudflare-Workers-Version-Overrides: $\{WORKERS[$STAGE]}=\"$1\"" -- "$HEALTHCHECK_URL"
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
`;
