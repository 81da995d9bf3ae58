/**
 * Questions to Railway's public API (https://docs.railway.com/integrations/api), with curl. The command line tool is left out: the package that
 * brings it downloads its binary after the installation, with nothing to hold it to a checksum, and it would run beside the token
 * (https://github.com/railwayapp/cli/blob/master/npm-install/postinstall.js).
 */
export const RAILWAY_FUNCTIONS = String.raw`
# Keys and tokens go over TLS, or stay on this machine.
safe() { [[ $1 == https://* || $1 == http://127.0.0.1:* || $1 == http://localhost:* ]]; }

# The token stands in a file of this user alone: what stands in an argument, every process can read.
prepare() {
  : "$\{STAGE:?set it to the stage}" "$\{RAILWAY_TOKEN:?the secret is empty in this environment}"
  [[ -n $\{ENVIRONMENTS[$STAGE]:-} ]] || die "there is no stage $STAGE; the stages are $\{!ENVIRONMENTS[*]}"
  [[ $RAILWAY_TOKEN =~ ^[[:graph:]]+$ ]] || die "the Railway token has white space in it; copy the project token again"
  EVIDENCE=$\{EVIDENCE:-evidence}
  RAILWAY_API=$\{RAILWAY_API:-https://backboard.railway.com/graphql/v2}
  URL=$\{SERVICE_URL:-$\{URLS[$STAGE]}}
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
    problem="HTTP $code$\{problem:+, $problem}"
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
`;
