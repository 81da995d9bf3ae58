/** What every script of the train begins with: what it says, what it expects of its variables, a place of its own. */
export const TRAIN_BASICS = String.raw`
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
  [[ $\{!1:-} =~ $2 ]] || die "the variable $1 is $(printf '%q' "$\{!1:-}"); expected $3; $4"
}

# expect_secret NAME WHAT: a variable whose value may not.
expect_secret() {
  [[ -n $\{!1:-} ]] || die "the variable $1 is empty; expected $2; seal the secret for this environment, and let the workflow pass it on"
}

# What others wrote, on one line and without what a terminal or a log would obey.
plain() { tr '[:cntrl:]' ' ' | sed 's/::/: :/g; s/  */ /g; s/ $//' | cut -c 1-500; }

now() { date -u +%Y-%m-%dT%H:%M:%SZ; }

own_directory() {
  umask 077
  work=$(mktemp -d)
}
`;

/** What commits and digests look like, and what to do where one doesn't. */
export const FORMS = {
  SHA: "^[0-9a-f]{40}$",
  COPY_COMMIT: "copy the full SHA: git rev-parse <commit>",
  DIGEST_FORM: "^sha256:[0-9a-f]{64}$",
  TIME: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
  COPY_DIGEST:
    "copy it as a release names it: sha256: and 64 hexadecimal digits; a tag is not enough, anyone may move it",
} as const;
