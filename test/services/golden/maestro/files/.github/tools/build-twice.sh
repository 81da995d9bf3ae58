#!/usr/bin/env bash
# Made by Gatehouse from services/maestro.ts; do not edit.
# Make it again: npx gatehouse files maestro
#
# Builds HEAD twice, in two directories, at two times, in two time zones and languages, and fails unless the same bytes come of it.
#   COMMAND='npm ci && npm run build' OUTPUT=dist .github/tools/build-twice.sh
set -euo pipefail

umask 077
work=

say() { printf '%s\n' "$*"; }
die() {
  [[ -z $work ]] || printf '%s' "$*" >"$work/failure"
  printf '✗ %s\n' "$*" >&2
  exit 1
}

# The comment that this script begins with.
usage() {
  sed -n '2,/^set -euo/p' "${BASH_SOURCE[0]}" | sed -n 's/^# \{0,1\}//p'
}

need() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || die "$program is not installed; install it and run this again"
  done
}

remove_work() {
  [[ -z $work ]] || rm -rf -- "$work"
}

sha256_of() { sha256sum <"$1" | cut -d ' ' -f 1; }
size_of() { wc -c <"$1" | tr -d ' '; }

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

need git sha256sum
command=${COMMAND:?set it to the command that builds}
output=${OUTPUT:?set it to the directory or file that the build makes}
# Relative, and with no step upwards: it lies in the copies, nowhere else.
if [[ $output == /* || "/$output/" == */../* ]]; then
  die "OUTPUT is \"$output\"; expected a path inside the repository"
fi
cd "$(git rev-parse --show-toplevel)"
work=$(mktemp -d)

cleanup() {
  local status=$?
  begin_cleanup
  git worktree remove --force "$work/a" 2>/dev/null
  git worktree remove --force "$work/somewhere/else" 2>/dev/null
  git worktree prune
  remove_work
  exit "$status"
}
cleanup_at_end

# What was built, a line a file: mode, size and digest of its bytes; links by what they point to.
contents() {
  (
    cd "$1"
    [[ -e $output || -L $output ]] || exit 3
    find "./$output" \( -type f -o -type l \) -print0 | LC_ALL=C sort -z | while IFS= read -r -d '' path; do
      if [[ -L $path ]]; then
        printf 'link %s %q\n' "$(readlink -- "$path" | sha256sum | cut -d ' ' -f 1)" "$path"
      else
        mode="file"
        if [[ -x $path ]]; then mode="executable"; fi
        printf '%s %s %q\n' "$mode" "$(sha256_of "$path")" "$path"
      fi
    done
  )
}

build() {
  local where=$1 status=0
  shift
  git worktree add --quiet --detach --force "$where" HEAD
  say "building in $where"
  (
    cd "$where"
    exec env -u COMMAND -u OUTPUT -u GITHUB_OUTPUT -u GITHUB_ENV -u GITHUB_PATH "$@" bash -euo pipefail -c "$command"
  ) &
  child=$!
  wait "$child" || status=$?
  child=
  ((status == 0)) || die "the build failed (exit $status); see above"
  contents "$where" >"$work/contents" || die "the build made no \"$output\"; correct the command or the output of this job in the declaration"
  [[ -s $work/contents ]] || die "the build left \"$output\" empty; correct the command or the output of this job in the declaration"
}

build "$work/a" TZ=UTC LC_ALL=C.UTF-8
mv "$work/contents" "$work/first"
mkdir "$work/somewhere"
build "$work/somewhere/else" TZ=Pacific/Kiritimati LC_ALL=C
mv "$work/contents" "$work/second"

if ! cmp --silent "$work/first" "$work/second"; then
  diff --unified=0 "$work/first" "$work/second" | tail -n +3 | grep '^[-+]' | head -n 40 || true
  die "two builds of $(git rev-parse HEAD) differ in the files above: pin what the build fetches, and let it write no times, paths or random names: https://reproducible-builds.org/docs/"
fi
digest=sha256:$(sha256_of "$work/first")
say "✓ both builds have $digest ($(wc -l <"$work/first" | tr -d ' ') files)"
printf 'digest=%s\n' "$digest" >>"${GITHUB_OUTPUT:-/dev/null}"
