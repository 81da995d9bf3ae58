/** The checks themselves, in their order: what limits the key comes last. */
export const SMOKE_CHECKS = String.raw`
: "$\{STAGE:?set it to the stage}" "$\{DATABASE_URL:?set it to the URL of the database; the secret is empty in this environment}"
[[ -n $\{URLS[$STAGE]:-} ]] || die "there is no stage $STAGE; the stages are $\{!URLS[*]}"
URL=$\{SERVICE_URL:-$\{URLS[$STAGE]}}
[[ $URL == https://* || $URL == http://127.0.0.1:* || $URL == http://localhost:* ]] || die "SERVICE_URL must begin with https://: keys are sent there"
SOURCE=$\{SOURCE:-.}
EVIDENCE=$\{EVIDENCE:-evidence}
umask 077
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
mkdir -p -- "$EVIDENCE"
: >"$work/checks.ndjson"
for key in "$\{KEYS[@]}"; do header_file "$key"; done
[[ -n $\{!WEBHOOK_SECRET:-} ]] || die "the secret $WEBHOOK_SECRET is empty in this environment; seal it, or set it"
say "Smoke test of $URL"

# Health, as the commit that was deployed.
request "$HEALTH_PATH" "" ""
expected="HTTP 200"
well=$status
if [[ -n $COMMIT_FIELD && -n $\{RELEASE_SHA:-} ]]; then
  expected="HTTP 200 as $RELEASE_SHA"
  answers=$(jq --raw-output --arg field "$COMMIT_FIELD" '.[$field] | strings' "$work/body" 2>/dev/null || true)
  if [[ $status == 200 ]] && ! [[ $answers =~ ^[0-9a-f]{7,40}$ && $RELEASE_SHA == "$answers"* ]]; then
    came="HTTP 200 as $\{answers:-no commit}"
    well=no
  fi
fi
check health "$came" "$expected" test "$well" = 200

endpoint list "$\{LIST[@]}"
cp "$work/headers" "$work/list.headers"
endpoint preview "$\{PREVIEW[@]}"
endpoint audit "$\{AUDIT[@]}"

# Headers, of the answer of list. A max-age of 0 switches HSTS off: https://www.rfc-editor.org/rfc/rfc6797#section-6.1.1
value=$(header Strict-Transport-Security "$work/list.headers")
max_age='(^|[; ])max-age="?0*[1-9]'
has_max_age() { [[ $\{value,,} =~ $max_age ]]; }
check hsts "$\{value:-no Strict-Transport-Security}" "Strict-Transport-Security with a max-age above 0" has_max_age
value=$(header Content-Security-Policy "$work/list.headers")
check csp "$\{value:-no Content-Security-Policy}" "a Content-Security-Policy" test -n "$value"
value=$(header X-Content-Type-Options "$work/list.headers")
check content-type-options "$\{value:-no X-Content-Type-Options}" "X-Content-Type-Options: nosniff" test "$\{value,,}" = nosniff
missing=()
for name in "$\{RATE_LIMIT_HEADERS[@]}"; do
  [[ -n $(header "$name" "$work/list.headers") ]] || missing+=("$name")
done
came="all of them"
if (($\{#missing[@]} > 0)); then came="no $\{missing[*]}"; fi
check rate-limit-headers "$came" "$\{RATE_LIMIT_HEADERS[*]}" test "$\{#missing[@]}" = 0

# The webhook takes what is signed, and nothing else.
printf '%s: %s%s\n' "$SIGNATURE_HEADER" "$SIGNATURE_PREFIX" "$(sign "$\{!WEBHOOK_SECRET}" "$WEBHOOK_BODY")" >"$work/signed"
request "$WEBHOOK_PATH" "" "$WEBHOOK_BODY" "$work/signed"
is_accepted() { [[ $status == 2?? ]]; }
check webhook-signed "$came" "HTTP 2xx for a right signature" is_accepted
printf '%s: %s%s\n' "$SIGNATURE_HEADER" "$SIGNATURE_PREFIX" "$(sign "not $\{!WEBHOOK_SECRET}" "$WEBHOOK_BODY")" >"$work/forged"
request "$WEBHOOK_PATH" "" "$WEBHOOK_BODY" "$work/forged"
is_refused() { [[ $status == 401 || $status == 403 ]]; }
check webhook-forged "$came" "HTTP 401 or 403 for a wrong signature" is_refused

# The migration version. Tools write down a file's name, its name without the ending, or the number it begins with.
names() {
  local file
  for file in "$SOURCE/$MIGRATIONS"/[0-9Vv]*; do
    if [[ $\{file##*/} =~ ^[Vv]?[0-9] ]]; then printf '%s\n' "$\{file##*/}"; fi
  done | sed -E 's/(\.(up|down))?\.[A-Za-z]+$//' | sort -V -u
}
number() {
  local digits
  digits=$(sed -E 's/^[^0-9]*([0-9]*).*$/\1/; s/^0+//' <<<"$1")
  printf '%s\n' "$\{digits:-0}"
}
same() {
  local name=$1 applied=$2
  [[ $applied == "$name" || $\{applied%.*} == "$name" ]] || [[ $applied =~ ^V?[0-9]+$ && $(number "$applied") == "$(number "$name")" ]]
}
newest=$(names | tail -n 1)
: >"$work/applied"
if ! (write_service database DATABASE_URL) >"$work/connection"; then
  came=$(sed 's/^::error:://' "$work/connection")
elif ! PGSERVICEFILE=$work/services PGSERVICE=database psql "$\{PSQL[@]}" --command "$MIGRATION_QUERY" 2>"$work/psql.err" >"$work/applied"; then
  came="no answer of the database: $(head -n 1 "$work/psql.err")"
else
  applied=$(sort -V "$work/applied" | tail -n 1)
  came="$\{applied:-none applied}"
fi
is_newest() {
  local line
  [[ -n $newest && -s $work/applied ]] || return 1
  # After a rollback the database is ahead: migrations stay. Then it is enough that it has what this commit needs.
  if [[ $\{MODE:-release} == rollback ]]; then
    while IFS= read -r line; do
      if same "$newest" "$line"; then return 0; fi
    done <"$work/applied"
    return 1
  fi
  same "$newest" "$applied"
}
check migration "$came" "$\{newest:-a migration in $MIGRATIONS/}" is_newest

# The burst is last: afterwards the key is limited.
for ((i = 0; i < BURST_REQUESTS; i++)); do
  printf 'url = "%s"\noutput = "/dev/null"\n' "$URL$BURST_PATH"
done >"$work/burst"
curl --silent --no-progress-meter --max-time 60 --parallel --parallel-max 20 --header "@$work/$BURST_KEY.header" --write-out '%{http_code}\n' \
  --config "$work/burst" >"$work/statuses" || true
came=$(sort "$work/statuses" | uniq -c | awk '{ printf "%s%d x HTTP %s", (NR > 1 ? ", " : ""), $1, $2 }')
is_limited() { grep -qx 429 "$work/statuses" && ! grep -qvxE '2[0-9][0-9]|429' "$work/statuses"; }
check burst "$\{came:-no answer}" "of $BURST_REQUESTS requests at once some with 429, the others with 2xx" is_limited

jq --slurp --arg url "$URL" --arg stage "$STAGE" --arg commit "$\{RELEASE_SHA:-}" \
  '{$url, $stage, $commit, passed: all(.result == "PASS"), checks: .}' "$work/checks.ndjson" >"$EVIDENCE/smoke.json"
failed=$(jq --raw-output '[.checks[] | select(.result == "FAIL").name] | join(", ")' "$EVIDENCE/smoke.json")
[[ -z $failed ]] || die "smoke test of $URL: $failed failed"
say "✓ all checks passed"
`;
