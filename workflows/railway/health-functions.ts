/**
 * Whether a deployment is live and well: Railway's word for that deployment, and the public health check's answer as its commit. A status of
 * `SUCCESS` comes after Railway's own health check, if one is set: https://docs.railway.com/deployments/healthchecks
 */
export const HEALTH_FUNCTIONS = `
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
`;
