/** What the checks of the smoke test are made of: one request, what came of it, one line each. */
export const SMOKE_FUNCTIONS = String.raw`
# Every check says what came and what was expected, also when it passed; all of them run.
# verdict NAME CAME EXPECTED PASS|FAIL
verdict() {
  local came
  came=$(tr -d '\r' <<<"$2" | tr -c '[:print:]\n' '?' | tr '\n' ' ')
  came=$\{came:0:200}
  came=$\{came% }
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
  value=$\{!key:-}
  [[ -n $value ]] || die "the secret $key is empty in this environment; seal it, or set it"
  [[ $value =~ ^[[:graph:]]+$ ]] || die "the secret $key has white space in it; copy it again"
  printf '%s: %s%s\n' "$KEY_HEADER" "$\{KEY_SCHEME:+$KEY_SCHEME }" "$value" >"$work/$key.header"
}

# request PATH KEY BODY [HEADER_FILE]: one request; status, and headers and body in files. A key that is still limited by a run just before
# waits once, as it is told.
request() {
  local path=$1 key=$2 body=$3 extra=$\{4:-} try wait
  local options=(--silent --max-time 30 --output "$work/body" --dump-header "$work/headers" --write-out '%{http_code}')
  [[ -z $key ]] || options+=(--header "@$work/$key.header")
  [[ -z $body ]] || options+=(--header 'Content-Type: application/json' --data-binary "$body")
  [[ -z $extra ]] || options+=(--header "@$extra")
  for try in 1 2; do
    : >"$work/headers"
    : >"$work/body"
    status=$(curl "$\{options[@]}" -- "$URL$path" || true)
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
    END { print value }' "$\{2:-$work/headers}"
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
`;
