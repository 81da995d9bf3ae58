#!/usr/bin/env bash
# Made by Gatehouse from services/relay.ts; do not edit.
# Make it again: npx gatehouse files relay
#
# Smoke test of a stage: every check is a line, PASS or FAIL, with what came and what was expected. Exits 1 when any failed.
# Reads STAGE, DEV_KEY, ADMIN_KEY, WEBHOOK_SIGNING_SECRET, DATABASE_URL, and SOURCE (the working copy that was deployed).
# RELEASE_SHA: the commit that must answer. MODE=rollback: the database may be ahead. SERVICE_URL: another place than the stage's.
# The report is EVIDENCE/smoke.json.
set -euo pipefail

declare -rA URLS=([staging]=https://relay-staging.example.com [production]=https://relay.example.com)
readonly HEALTH_PATH=/health
readonly COMMIT_FIELD=commit
readonly KEYS=(DEV_KEY ADMIN_KEY)
readonly KEY_HEADER=Authorization
readonly KEY_SCHEME=Bearer
readonly LIST=('/v1/workspaces?limit=1' DEV_KEY '')
readonly PREVIEW=(/v1/actions/preview DEV_KEY '{"action":"smoke-test","dryRun":true}')
readonly AUDIT=('/v1/audit-logs?limit=1' ADMIN_KEY '')
readonly RATE_LIMIT_HEADERS=(RateLimit-Limit RateLimit-Remaining RateLimit-Reset)
readonly WEBHOOK_PATH=/v1/webhooks/execute
readonly WEBHOOK_BODY='{"event":"smoke-test"}'
readonly WEBHOOK_SECRET=WEBHOOK_SIGNING_SECRET
readonly SIGNATURE_HEADER=X-Relay-Signature
readonly SIGNATURE_PREFIX='sha256='
readonly BURST_PATH='/v1/workspaces?limit=1'
readonly BURST_KEY=DEV_KEY
readonly BURST_REQUESTS=65
readonly MIGRATIONS=migrations
readonly MIGRATION_QUERY='SELECT "version"::text FROM "schema_migrations"'

say() { printf '%s\n' "$*"; }
die() {
  printf '::error::%s\n' "$*"
  exit 1
}

# Every check says what came and what was expected, also when it passed; all of them run.
# verdict NAME CAME EXPECTED PASS|FAIL
verdict() {
  local came
  came=$(tr -d '\r' <<<"$2" | tr -c '[:print:]\n' '?' | tr '\n' ' ')
  came=${came:0:200}
  came=${came% }
  printf '%s  %-20s came: %s; expected: %s\n' "$4" "$1" "$came" "$3"
  jq --null-input --compact-output --arg name "$1" --arg came "$came" --arg expected "$3" --arg result "$4" \
    '{$name, $result, $came, $expected}' >>"$work/checks.ndjson"
}

# check NAME CAME EXPECTED COMMAND…: passes when the command does.
check() {
  local name=$1 came=$2 expected=$3
  shift 3
  if "$@"; then verdict "$name" "$came" "$expected" PASS; else verdict "$name" "$came" "$expected" FAIL; fi
}

# Keys stand in files of this user alone: what stands in an argument, every process can read.
header_file() {
  local key=$1 value
  value=${!key:-}
  [[ -n $value ]] || die "the secret $key is empty in this environment; seal it, or set it"
  [[ $value =~ ^[[:graph:]]+$ ]] || die "the secret $key has white space in it; copy it again"
  printf '%s: %s%s\n' "$KEY_HEADER" "${KEY_SCHEME:+$KEY_SCHEME }" "$value" >"$work/$key.header"
}

# request PATH KEY BODY [HEADER_FILE]: one request; status, and headers and body in files. A key that is still limited by a run just before
# waits once, as it is told.
request() {
  local path=$1 key=$2 body=$3 extra=${4:-} try wait
  local options=(--silent --max-time 30 --output "$work/body" --dump-header "$work/headers" --write-out '%{http_code}')
  [[ -z $key ]] || options+=(--header "@$work/$key.header")
  [[ -z $body ]] || options+=(--header 'Content-Type: application/json' --data-binary "$body")
  [[ -z $extra ]] || options+=(--header "@$extra")
  for try in 1 2; do
    : >"$work/headers"
    : >"$work/body"
    status=$(curl "${options[@]}" -- "$URL$path" || true)
    [[ $status == 429 && $try == 1 ]] || break
    wait=$(header Retry-After)
    [[ $wait =~ ^[0-9]{1,2}$ ]] || break
    say "      $path is limited; asked again in $wait s"
    sleep "$wait"
  done
  if [[ $status == 000 ]]; then came="no answer"; else came="HTTP $status"; fi
}

# header NAME [FILE]: its value in the answer; nothing when it is missing.
header() {
  awk -v name="$1:" 'BEGIN { name = tolower(name) }
    index(tolower($0), name) == 1 { value = substr($0, length(name) + 1); gsub(/^[ \t]+|[ \t\r]+$/, "", value) }
    END { print value }' "${2:-$work/headers}"
}

is_json() { jq --exit-status 'type' "$work/body" >/dev/null 2>&1; }
answers_json() { [[ $status == 200 ]] && is_json; }

# endpoint NAME PATH KEY BODY
endpoint() {
  request "$2" "$3" "$4"
  [[ $status != 200 ]] || is_json || came="HTTP 200 without JSON"
  check "$1" "$came" "HTTP 200 with JSON" answers_json
}

sign() {
  SECRET=$1 node -e '
    const { createHmac } = require("node:crypto");
    process.stdout.write(createHmac("sha256", process.env.SECRET).update(process.argv[1]).digest("hex"));
  ' "$2"
}

readonly PSQL=(--no-psqlrc --quiet --no-password --tuples-only --no-align --set ON_ERROR_STOP=1)

# decode TEXT: percent-encoding, into the variable decoded.
decode() {
  local text=${1//\\/\\\\}
  printf -v decoded '%b' "${text//%/\\x}"
}

# setting KEY VALUE: one line of a service file. Nothing but a line break could begin another one.
setting() {
  [[ $2 != *[[:cntrl:]]* && $2 != *[[:space:]] && ${#2} -lt 900 ]] ||
    die "$variable has a $1 with a control character, a space at its end or more than 900 characters; libpq's service files can't hold it"
  printf '%s=%s\n' "$1" "$2" >>"$work/services"
}

# write_service NAME VARIABLE: the URL in the environment variable, as a service; its database's name into the variable database.
write_service() {
  local name=$1 variable=$2 url=${!2:-} rest query='' login host port='' pair key mode='' decoded
  [[ -n $url ]] || die "$variable is not set; set it to the URL of the database (postgresql://user:password@host:port/database)"
  [[ $url == postgres://* || $url == postgresql://* ]] || die "$variable is not the URL of a Postgres database (postgresql://user:password@host:port/database)"
  rest=${url#*://}
  if [[ $rest == *\?* ]]; then
    query=${rest#*\?}
    rest=${rest%%\?*}
  fi
  [[ $rest == */?* ]] || die "$variable names no database; it ends with /<database>"
  printf '[%s]\n' "$name" >>"$work/services"
  decode "${rest#*/}"
  database=$decoded
  setting dbname "$database"
  rest=${rest%%/*}
  if [[ $rest == *@* ]]; then
    login=${rest%@*}
    rest=${rest##*@}
    decode "${login%%:*}"
    setting user "$decoded"
    if [[ $login == *:* ]]; then
      decode "${login#*:}"
      setting password "$decoded"
    fi
  fi
  [[ $rest != *,* ]] || die "$variable names several servers; name one"
  if [[ $rest =~ ^\[([0-9a-fA-F:.]+)\](:([0-9]+))?$ ]]; then
    host=${BASH_REMATCH[1]}
    port=${BASH_REMATCH[3]}
  else
    host=${rest%%:*}
    [[ $rest != *:* ]] || port=${rest#*:}
  fi
  decode "$host"
  host=$decoded
  while [[ -n $query ]]; do
    pair=${query%%&*}
    if [[ $query == *\&* ]]; then query=${query#*&}; else query=; fi
    key=${pair%%=*}
    [[ $key =~ ^[a-z_]+$ && $key != service ]] || die "$variable has a parameter that libpq does not know; remove it"
    decode "${pair#*=}"
    case $key in
      host) host=$decoded ;;
      port) port=$decoded ;;
      sslmode) mode=$decoded ;;
      *) setting "$key" "$decoded" ;;
    esac
  done
  [[ -n $host ]] || die "$variable names no server"
  setting host "$host"
  setting port "${port:-5432}"
  # Over a network only encrypted: libpq's own default would go on in clear when the server offers no TLS.
  case $host in
    /* | localhost | 127.* | ::1) mode=${mode:-prefer} ;;
    *)
      mode=${mode:-require}
      [[ $mode == require || $mode == verify-* ]] || die "$variable has sslmode=$mode, which allows data and password in clear; write sslmode=require or verify-full"
      ;;
  esac
  setting sslmode "$mode"
  setting connect_timeout 20
}

: "${STAGE:?set it to the stage}" "${DATABASE_URL:?set it to the URL of the database; the secret is empty in this environment}"
[[ -n ${URLS[$STAGE]:-} ]] || die "there is no stage $STAGE; the stages are ${!URLS[*]}"
URL=${SERVICE_URL:-${URLS[$STAGE]}}
[[ $URL == https://* || $URL == http://127.0.0.1:* || $URL == http://localhost:* ]] || die "SERVICE_URL must begin with https://: keys are sent there"
SOURCE=${SOURCE:-.}
EVIDENCE=${EVIDENCE:-evidence}
umask 077
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
mkdir -p -- "$EVIDENCE"
: >"$work/checks.ndjson"
for key in "${KEYS[@]}"; do header_file "$key"; done
[[ -n ${!WEBHOOK_SECRET:-} ]] || die "the secret $WEBHOOK_SECRET is empty in this environment; seal it, or set it"
say "Smoke test of $URL"

# Health, as the commit that was deployed.
request "$HEALTH_PATH" "" ""
expected="HTTP 200"
well=$status
if [[ -n $COMMIT_FIELD && -n ${RELEASE_SHA:-} ]]; then
  expected="HTTP 200 as $RELEASE_SHA"
  answers=$(jq --raw-output --arg field "$COMMIT_FIELD" '.[$field] | strings' "$work/body" 2>/dev/null || true)
  if [[ $status == 200 ]] && ! [[ $answers =~ ^[0-9a-f]{7,40}$ && $RELEASE_SHA == "$answers"* ]]; then
    came="HTTP 200 as ${answers:-no commit}"
    well=no
  fi
fi
check health "$came" "$expected" test "$well" = 200

endpoint list "${LIST[@]}"
cp "$work/headers" "$work/list.headers"
endpoint preview "${PREVIEW[@]}"
endpoint audit "${AUDIT[@]}"

# Headers, of the answer of list. A max-age of 0 switches HSTS off: https://www.rfc-editor.org/rfc/rfc6797#section-6.1.1
value=$(header Strict-Transport-Security "$work/list.headers")
max_age='(^|[; ])max-age="?0*[1-9]'
has_max_age() { [[ ${value,,} =~ $max_age ]]; }
check hsts "${value:-no Strict-Transport-Security}" "Strict-Transport-Security with a max-age above 0" has_max_age
value=$(header Content-Security-Policy "$work/list.headers")
check csp "${value:-no Content-Security-Policy}" "a Content-Security-Policy" test -n "$value"
value=$(header X-Content-Type-Options "$work/list.headers")
check content-type-options "${value:-no X-Content-Type-Options}" "X-Content-Type-Options: nosniff" test "${value,,}" = nosniff
missing=()
for name in "${RATE_LIMIT_HEADERS[@]}"; do
  [[ -n $(header "$name" "$work/list.headers") ]] || missing+=("$name")
done
came="all of them"
if ((${#missing[@]} > 0)); then came="no ${missing[*]}"; fi
check rate-limit-headers "$came" "${RATE_LIMIT_HEADERS[*]}" test "${#missing[@]}" = 0

# The webhook takes what is signed, and nothing else.
printf '%s: %s%s\n' "$SIGNATURE_HEADER" "$SIGNATURE_PREFIX" "$(sign "${!WEBHOOK_SECRET}" "$WEBHOOK_BODY")" >"$work/signed"
request "$WEBHOOK_PATH" "" "$WEBHOOK_BODY" "$work/signed"
is_accepted() { [[ $status == 2?? ]]; }
check webhook-signed "$came" "HTTP 2xx for a right signature" is_accepted
printf '%s: %s%s\n' "$SIGNATURE_HEADER" "$SIGNATURE_PREFIX" "$(sign "not ${!WEBHOOK_SECRET}" "$WEBHOOK_BODY")" >"$work/forged"
request "$WEBHOOK_PATH" "" "$WEBHOOK_BODY" "$work/forged"
is_refused() { [[ $status == 401 || $status == 403 ]]; }
check webhook-forged "$came" "HTTP 401 or 403 for a wrong signature" is_refused

# The migration version. Tools write down a file's name, its name without the ending, or the number it begins with.
names() {
  local file
  for file in "$SOURCE/$MIGRATIONS"/[0-9Vv]*; do
    if [[ ${file##*/} =~ ^[Vv]?[0-9] ]]; then printf '%s\n' "${file##*/}"; fi
  done | sed -E 's/(\.(up|down))?\.[A-Za-z]+$//' | sort -V -u
}
number() {
  local digits
  digits=$(sed -E 's/^[^0-9]*([0-9]*).*$/\1/; s/^0+//' <<<"$1")
  printf '%s\n' "${digits:-0}"
}
same() {
  local name=$1 applied=$2
  [[ $applied == "$name" || ${applied%.*} == "$name" ]] || [[ $applied =~ ^V?[0-9]+$ && $(number "$applied") == "$(number "$name")" ]]
}
newest=$(names | tail -n 1)
: >"$work/applied"
if ! (write_service database DATABASE_URL) >"$work/connection"; then
  came=$(sed 's/^::error:://' "$work/connection")
elif ! PGSERVICEFILE=$work/services PGSERVICE=database psql "${PSQL[@]}" --command "$MIGRATION_QUERY" 2>"$work/psql.err" >"$work/applied"; then
  came="no answer of the database: $(head -n 1 "$work/psql.err")"
else
  applied=$(sort -V "$work/applied" | tail -n 1)
  came="${applied:-none applied}"
fi
is_newest() {
  local line
  [[ -n $newest && -s $work/applied ]] || return 1
  # After a rollback the database is ahead: migrations stay. Then it is enough that it has what this commit needs.
  if [[ ${MODE:-release} == rollback ]]; then
    while IFS= read -r line; do
      if same "$newest" "$line"; then return 0; fi
    done <"$work/applied"
    return 1
  fi
  same "$newest" "$applied"
}
check migration "$came" "${newest:-a migration in $MIGRATIONS/}" is_newest

# The burst is last: afterwards the key is limited.
for ((i = 0; i < BURST_REQUESTS; i++)); do
  printf 'url = "%s"\noutput = "/dev/null"\n' "$URL$BURST_PATH"
done >"$work/burst"
curl --silent --no-progress-meter --max-time 60 --parallel --parallel-max 20 --header "@$work/$BURST_KEY.header" --write-out '%{http_code}\n' \
  --config "$work/burst" >"$work/statuses" || true
came=$(sort "$work/statuses" | uniq -c | awk '{ printf "%s%d x HTTP %s", (NR > 1 ? ", " : ""), $1, $2 }')
is_limited() { grep -qx 429 "$work/statuses" && ! grep -qvxE '2[0-9][0-9]|429' "$work/statuses"; }
check burst "${came:-no answer}" "of $BURST_REQUESTS requests at once some with 429, the others with 2xx" is_limited

jq --slurp --arg url "$URL" --arg stage "$STAGE" --arg commit "${RELEASE_SHA:-}" \
  '{$url, $stage, $commit, passed: all(.result == "PASS"), checks: .}' "$work/checks.ndjson" >"$EVIDENCE/smoke.json"
failed=$(jq --raw-output '[.checks[] | select(.result == "FAIL").name] | join(", ")' "$EVIDENCE/smoke.json")
[[ -z $failed ]] || die "smoke test of $URL: $failed failed"
say "✓ all checks passed"
