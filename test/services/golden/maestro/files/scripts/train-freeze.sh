#!/usr/bin/env bash
# Made by Gatehouse from services/maestro.ts; do not edit.
# Make it again: npx gatehouse files maestro
#
# Pushes the tag that stops the release train. Reads COMMIT, REASON, RUN_URL, and a clone that may push tags.
#
# shellcheck disable=SC2016
set -euo pipefail

readonly SHA='^[0-9a-f]{40}$'
readonly COPY_COMMIT='copy the full SHA: git rev-parse <commit>'
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

expect COMMIT "$SHA" '40 hexadecimal digits' "$COPY_COMMIT"
reason=$(plain <<<"${REASON:-}")
[[ -n ${reason// /} ]] || die "the variable REASON is empty; expected why the train is frozen; the workflow sets it"
if git ls-remote --exit-code origin "refs/tags/$FREEZE_TAG" >/dev/null; then
  say "The tag $FREEZE_TAG is there already"
else
  # The tag is the run's, not a person's: the app's own identity.
  git -c user.name='github-actions[bot]' -c user.email='41898282+github-actions[bot]@users.noreply.github.com' \
    tag --force --annotate "$FREEZE_TAG" "$COMMIT" --message "$(now) $reason. Run: ${RUN_URL:-unknown}"
  git push origin "refs/tags/$FREEZE_TAG" ||
    die "the tag $FREEZE_TAG could not be pushed, so the next merge would be released: push it by hand (git tag $FREEZE_TAG $COMMIT && git push origin refs/tags/$FREEZE_TAG), and see that no ruleset keeps GitHub Actions from making it"
fi
printf '### The release train is frozen\n\nNothing is released while the tag %s is there. Once the cause is gone, %s (the role %s) may remove it:\n\n~~~~~~sh\ngit push origin --delete refs/tags/%s\n~~~~~~\n' \
  "$FREEZE_TAG" "\`$UNFREEZE_TEAM\`" "$UNFREEZE_ROLE" "$FREEZE_TAG" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
say "::warning::the train is frozen; $UNFREEZE_TEAM may remove the tag $FREEZE_TAG once the cause is gone"
