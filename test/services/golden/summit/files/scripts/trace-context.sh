#!/usr/bin/env bash
# Made by Gatehouse from services/summit.ts; do not edit.
# Make it again: npx gatehouse files summit
#
# Says in which trace a change is delivered: change, trace-id, traceparent and attributes, as outputs of a step, and on the screen.
# Reads COMMIT; of a pull request EVENT=pull_request and its number in PULL_REQUEST (empty for one from a fork), else the commit's MESSAGE;
# and GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT and GITHUB_JOB: whose place in the trace it is.
set -euo pipefail

readonly REPOSITORY=openclaw/summit
readonly CHANGE_ATTRIBUTE=vcs.change.id
readonly REVISION_ATTRIBUTE=vcs.ref.head.revision
readonly TRACE_ATTRIBUTE=gatehouse.delivery.trace_id

# change_of MESSAGE: the pull request that a squash merge came from, by the (#number) that GitHub ends its title with. Sets change; "" when none is named.
change_of() {
  local subject=${1%%$'\n'*}
  change=
  if [[ $subject =~ \(#([1-9][0-9]{0,8})\)$ ]]; then change=${BASH_REMATCH[1]}; fi
}

# hash_of LENGTH TEXT…: so many hexadecimal digits, which are never all zeros.
hash_of() {
  local length=$1 hash
  shift
  hash=$(printf '%s' "$*" | sha256sum)
  not_zero "${hash:0:length}"
}

not_zero() {
  if [[ $1 =~ [^0] ]]; then printf '%s' "$1"; else printf '%s1' "${1%0}"; fi
}

# trace_of CHANGE COMMIT: sets trace_id, of the pull request or else of the commit; and TRACEPARENT, which is this job's place in it.
trace_of() {
  local what=commit/$2
  [[ $1 =~ ^([1-9][0-9]{0,8})?$ ]] || die "the number of the pull request is $(printf '%q' "$1"); expected one, or nothing; the workflow sets it"
  [[ $2 =~ ^[0-9a-f]{40}$ ]] || die "the commit is $(printf '%q' "$2"); expected 40 hexadecimal digits; the workflow sets it"
  [[ ${GITHUB_RUN_ID:-} =~ ^[1-9][0-9]*$ ]] || die "the variable GITHUB_RUN_ID is $(printf '%q' "${GITHUB_RUN_ID:-}"); expected the number of the run; GitHub sets it"
  [[ -z $1 ]] || what=pull/$1
  trace_id=$(hash_of 32 "$REPOSITORY" "$what")
  TRACEPARENT=00-$trace_id-$(hash_of 16 "$REPOSITORY" "$GITHUB_RUN_ID" "${GITHUB_RUN_ATTEMPT:-1}" "${GITHUB_JOB:-}")-01
  export TRACEPARENT
}

die() {
  printf '::error::%s\n' "$*"
  exit 1
}

case ${EVENT:-} in
  pull_request) change=${PULL_REQUEST:-} ;;
  *) change_of "${MESSAGE:-}" ;;
esac
trace_of "$change" "${COMMIT:-}"

attributes="$REVISION_ATTRIBUTE=$COMMIT,$TRACE_ATTRIBUTE=$trace_id"
[[ -z $change ]] || attributes="$CHANGE_ATTRIBUTE=$change,$attributes"
printf '%s=%s\n' change "$change" trace-id "$trace_id" traceparent "$TRACEPARENT" attributes "$attributes" |
  tee -a "${GITHUB_OUTPUT:-/dev/null}"
