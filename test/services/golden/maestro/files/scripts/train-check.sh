#!/usr/bin/env bash
# Made by Gatehouse from services/maestro.ts; do not edit.
# Make it again: npx gatehouse files maestro
#
# Lets the release train go on with a commit of main, for a reason, unless a rollback has frozen it. Runs again before each deployment.
# Reads ACTION, COMMIT, REASON, DIGEST, GITHUB_REF, GITHUB_EVENT_NAME and a clone with the tags; writes GITHUB_OUTPUT.
#
# shellcheck disable=SC2016
set -euo pipefail

readonly SHA='^[0-9a-f]{40}$'
readonly COPY_COMMIT='copy the full SHA: git rev-parse <commit>'
readonly DIGEST_FORM='^sha256:[0-9a-f]{64}$'
readonly COPY_DIGEST='copy it as a release names it: sha256: and 64 hexadecimal digits; a tag is not enough, anyone may move it'
readonly TAG_PREFIX=prod-
readonly FREEZE_TAG=frozen/rollback
readonly UNFREEZE_ROLE=release-captain
readonly UNFREEZE_TEAM=@openclaw/release-captains

work=

say() { printf '%s\n' "$*"; }

# GitHub shows the reason on the run's own page; what is left of this run keeps it.
die() {
  [[ -z $work ]] || printf '%s' "$*" >"$work/failure"
  printf '::error::%s\n' "$*"
  exit 1
}

# expect NAME PATTERN WHAT REMEDY: a variable whose value may be shown.
expect() {
  [[ ${!1:-} =~ $2 ]] || die "the variable $1 is $(printf '%q' "${!1:-}"); expected $3; $4"
}

# expect_secret NAME WHAT: a variable whose value may not.
expect_secret() {
  [[ -n ${!1:-} ]] || die "the variable $1 is empty; expected $2; seal the secret for this environment, and let the workflow pass it on"
}

# What others wrote, on one line and without what a terminal or a log would obey.
plain() { tr '[:cntrl:]' ' ' | sed 's/::/: :/g; s/  */ /g; s/ $//' | cut -c 1-500; }

now() { date -u +%Y-%m-%dT%H:%M:%SZ; }

own_directory() {
  umask 077
  work=$(mktemp -d)
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

# change_of MESSAGE: the pull request that a squash merge came from, by the (#number) that GitHub ends its title with. Sets change; "" when none is named.
change_of() {
  local subject=${1%%$'\n'*}
  change=
  if [[ $subject =~ \(#([1-9][0-9]{0,8})\)$ ]]; then change=${BASH_REMATCH[1]}; fi
}

[[ ${GITHUB_REF:-} == refs/heads/main ]] ||
  die "started from $(printf '%q' "${GITHUB_REF:-}"); expected refs/heads/main; choose the branch main, the train runs from nowhere else"
expect ACTION '^(release|rollback|resume)$' 'release, rollback or resume' 'choose one of them'
expect COMMIT "$SHA" '40 hexadecimal digits' "$COPY_COMMIT"
git cat-file -e "$COMMIT^{commit}" 2>/dev/null || die "$COMMIT is no commit of this repository; expected one of main's history; $COPY_COMMIT"
git merge-base --is-ancestor "$COMMIT" origin/main || die "$COMMIT is not on main; expected a commit of main; merge it first, only what is on main is released"

DIGEST=${DIGEST:-}
if [[ -n $DIGEST ]]; then
  [[ $ACTION == rollback ]] || die "a digest came with the action $ACTION; expected one for rollback only; leave it empty: what is released is built from the commit"
  expect DIGEST "$DIGEST_FORM" 'a digest' "$COPY_DIGEST"
fi

# Whoever starts the train by hand says why; a merge says it in its message.
reason=$(plain <<<"${REASON:-}")
if [[ -z ${reason// /} ]]; then
  [[ ${GITHUB_EVENT_NAME:-} == push && $ACTION == release ]] ||
    die "no reason came with the action $ACTION; expected why it is done; start it again with a reason, it goes into the record"
  reason="merged: $(git log -1 --format=%s "$COMMIT" | plain)"
fi

if [[ $ACTION != rollback ]] && git rev-parse --verify --quiet "refs/tags/$FREEZE_TAG" >/dev/null; then
  why=$(git for-each-ref --format='%(contents:subject)' "refs/tags/$FREEZE_TAG" | plain)
  die "the train is frozen by the tag $FREEZE_TAG: ${why:-no reason is written there}. Once the cause is gone, $UNFREEZE_TEAM (the role $UNFREEZE_ROLE) may remove it: git push origin --delete refs/tags/$FREEZE_TAG; then start this again. A rollback runs in any case"
fi

released=no
if git for-each-ref --points-at "$COMMIT" --format='%(refname:strip=2)' "refs/tags/$TAG_PREFIX*" | grep -qE "^${TAG_PREFIX}[0-9]{8}-[0-9]{4}-[0-9a-f]{7}$"; then released=yes; fi

change_of "$(git log -1 --format=%s "$COMMIT")"

printf '%s=%s\n' action "$ACTION" commit "$COMMIT" change "$change" digest "$DIGEST" reason "$reason" released "$released" >>"$GITHUB_OUTPUT"
say "$ACTION of $COMMIT: $reason"
