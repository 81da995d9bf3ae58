/** What all scripts ask of Fly, with its own command line. The token is in FLY_API_TOKEN, where flyctl reads it; no argument holds a secret. */
export const FLY_DEPLOY = `
refusal() { tr '[:cntrl:]' ' ' <"$work/problem" | cut -c 1-300; }

# deploy SETTINGS COMMIT [OPTION…]: from SOURCE, with a file of settings.
deploy() {
  local settings=$1 commit=$2
  shift 2
  [[ -z $commit ]] || set -- "$@" --env "RELEASE_SHA=$commit"
  flyctl deploy "$SOURCE" --config "$settings" --app "$app" --ha=false --yes "$@"
}
`;

/** The app of a stage, and its releases. */
export const FLY_APP = String.raw`
# Names the app of the stage, and a place for what is kept.
prepare() {
  : "$\{STAGE:?set it to the stage}" "$\{FLY_API_TOKEN:?the secret is empty in this environment}"
  [[ -n $\{APPS[$STAGE]:-} ]] || die "there is no stage $STAGE; the stages are $\{!APPS[*]}"
  app=$\{APPS[$STAGE]}
  URL=$\{SERVICE_URL:-$\{URLS[$STAGE]}}
  [[ $URL == https://* || $URL == http://127.0.0.1:* ]] || die "SERVICE_URL must begin with https://"
  EVIDENCE=$\{EVIDENCE:-evidence}
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
  local label=$\{1##*:}
  if [[ $label =~ ^[0-9a-f]{40}$ ]]; then printf '%s\n' "$label"; fi
}
`;

/** Whether the stage is well, asked from outside. */
export const FLY_HEALTH = `
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
`;

/** The secrets of the process: Fly never gives one back, so they come from the stage's environment each time. */
export const FLY_SECRETS = String.raw`
# What flyctl reads of a line goes without quotes around it, and without what follows a # that an even number of " stands before: one of two ways of
# quoting lets any line through as it is. https://github.com/superfly/flyctl/blob/v0.4.87/internal/command/secrets/parser.go
quoted() {
  local value=$1 before quotes
  before=$\{value%%#*}
  quotes=$\{before//[^\"]/}
  if (($\{#quotes} % 2 == 0)); then printf '"""%s"""' "$value"; else printf "'%s'" "$value"; fi
}

# Staged: the deployment that follows brings them to the Machines. Read from a file of this user alone.
set_secrets() {
  local key value
  (($\{#SECRETS[@]} > 0)) || return 0
  for key in "$\{SECRETS[@]}"; do
    value=$\{!key:-}
    [[ -n $value ]] || die "the secret $key is empty in this environment; seal it, or set it"
    [[ $value != *$'\n'* ]] || die "the secret $key has more than one line; encode it (base64) and let the process decode it"
    printf '%s=%s\n' "$key" "$(quoted "$value")" >>"$work/secrets"
  done
  flyctl secrets import --stage --app "$app" <"$work/secrets" >/dev/null 2>"$work/problem" ||
    die "the secrets could not be set in $app: $(refusal)"
  rm -f -- "$work/secrets"
}
`;
