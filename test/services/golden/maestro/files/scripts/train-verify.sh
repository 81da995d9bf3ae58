#!/usr/bin/env bash
# Made by Gatehouse from services/maestro.ts; do not edit.
# Make it again: npx gatehouse files maestro
#
# Lets an image go on only if it is signed by whom the declaration trusts, has an SBOM, and was built from the commit.
# Reads DIGEST, COMMIT, REGISTRY_USER, REGISTRY_TOKEN.
#
# shellcheck disable=SC2016
set -euo pipefail

readonly SHA='^[0-9a-f]{40}$'
readonly COPY_COMMIT='copy the full SHA: git rev-parse <commit>'
readonly DIGEST_FORM='^sha256:[0-9a-f]{64}$'
readonly COPY_DIGEST='copy it as a release names it: sha256: and 64 hexadecimal digits; a tag is not enough, anyone may move it'
readonly WORKFLOW=release-train.yml
readonly IMAGE=ghcr.io/openclaw/maestro
readonly REGISTRY=ghcr.io
readonly REPOSITORY=openclaw/maestro
readonly BUILDER=https://github.com/actions/runner/github-hosted
readonly SIGNING=keyless
readonly PUBLIC_KEY=''
readonly TRUST=(--certificate-identity https://github.com/openclaw/maestro/.github/workflows/release-train.yml@refs/heads/main --certificate-oidc-issuer https://token.actions.githubusercontent.com)

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

# Who logs in stands in a file of this user alone, for as long as this runs.
log_in() {
  expect_secret REGISTRY_USER 'the user of the registry'
  expect_secret REGISTRY_TOKEN "that user's token"
  export DOCKER_CONFIG=$work/docker
  mkdir -p -- "$DOCKER_CONFIG"
  cosign login "$REGISTRY" --username "$REGISTRY_USER" --password-stdin <<<"$REGISTRY_TOKEN" >/dev/null 2>"$work/login.err" ||
    die "the registry $REGISTRY did not take the login: $(plain <"$work/login.err"); renew the token"
  unset REGISTRY_TOKEN
  trust=("${TRUST[@]}")
  if [[ $SIGNING == key ]]; then
    printf '%s\n' "$PUBLIC_KEY" >"$work/cosign.pub"
    trust+=(--key "$work/cosign.pub")
  fi
}

# The lines with the reason, without cosign's warnings about flags.
complaint() { grep -v '^WARNING' "$work/cosign.err" | plain; }

# attested TYPE FILE: the statements of that type about $subject that are signed by the one who is trusted.
attested() {
  interruptible cosign verify-attestation "${trust[@]}" --type "$1" "$subject" >"$work/attested" 2>"$work/cosign.err" || return 1
  jq --compact-output '.payload | @base64d | fromjson' "$work/attested" >"$2"
}

# What the provenance says where it names no commit that is trusted.
origin() {
  if [[ -s $work/origins ]]; then head -n 1 "$work/origins" | plain; else printf 'from no commit that is named'; fi
}

# verified DIGEST [COMMIT]: signed, with a list of what is in it and with a record of what it was built from: by a machine of GitHub's, from a commit
# of this repository; of that commit, when one is given.
# Sets built_from; or problem, and fails.
verified() {
  local subject=$IMAGE@$1
  built_from=
  if ! interruptible cosign verify "${trust[@]}" "$subject" >"$work/signature.json" 2>"$work/cosign.err"; then
    problem="it has no signature that is trusted: $(complaint)"
    return 1
  fi
  if ! attested spdxjson "$work/sbom.ndjson"; then
    problem="no SBOM is attached to it that is trusted: $(complaint)"
    return 1
  fi
  if ! attested slsaprovenance1 "$work/provenance.ndjson"; then
    problem="no provenance is attached to it that is trusted: $(complaint)"
    return 1
  fi
  jq --raw-output --arg builder "$BUILDER" --arg repository "https://github.com/$REPOSITORY" '
    def named: if . == null or . == "" then "(none is named)" else . end;
    .predicate | (.runDetails.builder.id | named) as $by | (.buildDefinition.externalParameters.workflow.repository | named) as $from
    | .buildDefinition.resolvedDependencies[]?.digest.gitCommit
    | if $by != $builder then "by \($by), not by \($builder)"
      elif $from != $repository then "from the repository \($from), not from \($repository)"
      else . // empty end' "$work/provenance.ndjson" >"$work/origins"
  built_from=$(grep -m 1 -E "$SHA" "$work/origins") || {
    problem="it was built $(origin)"
    return 1
  }
  if [[ -n ${2:-} ]]; then
    if ! grep -qx -- "$2" "$work/origins"; then
      problem="it was built from $built_from, not from $2"
      return 1
    fi
    built_from=$2
  fi
}

# must_be_verified DIGEST [COMMIT]
must_be_verified() {
  verified "$@" || die "$IMAGE@$1 is not deployed: $problem. Expected an image that $WORKFLOW built, signed and described; release the commit again, so that it is"
}

cleanup() {
  local status=$?
  begin_cleanup
  rm -rf -- "$work"
  exit "$status"
}
expect DIGEST "$DIGEST_FORM" 'a digest' "$COPY_DIGEST"
expect COMMIT "$SHA" '40 hexadecimal digits' "$COPY_COMMIT"
own_directory
cleanup_at_end
log_in
must_be_verified "$DIGEST" "$COMMIT"
say "✓ $IMAGE@$DIGEST is signed, was built from $COMMIT, and its SBOM is attached"
