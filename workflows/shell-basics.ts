/**
 * Children that a signal reaches at once: Bash runs a trap only after the command in the foreground has ended, so nothing long runs there.
 * A script keeps what it must remove in `work`, and has a `cleanup` that takes the status and then calls `begin_cleanup`.
 */
export const INTERRUPTIBLE = String.raw`
child=
tidying=no

# Runs a command so that a signal is answered at once; its standard input is empty, or the file $input.
interruptible() {
  local status=0
  [[ $tidying == no ]] || set -m
  "$@" <"$\{input:-/dev/null}" &
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
`;

/**
 * What the scripts that people run too begin with: a private work directory (`work`) that never outlives the script, programs that must be
 * there, and commands that a signal ends.
 */
export const SHELL_BASICS = String.raw`
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
  sed -n '2,/^set -euo/p' "$\{BASH_SOURCE[0]}" | sed -n 's/^# \{0,1\}//p'
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

${INTERRUPTIBLE.trim()}
`;
