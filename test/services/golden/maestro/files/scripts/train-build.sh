#!/usr/bin/env bash
# Made by Gatehouse from services/maestro.ts; do not edit.
# Make it again: npx gatehouse files maestro
#
# Builds the image of a commit and pushes it, unless it is there and signed, and says its digest.
# Reads COMMIT, CHANGE, SOURCE (a clone with the commit), REGISTRY_USER, REGISTRY_TOKEN; writes GITHUB_OUTPUT.
#
# shellcheck disable=SC2016
set -euo pipefail

readonly SHA='^[0-9a-f]{40}$'
readonly COPY_COMMIT='copy the full SHA: git rev-parse <commit>'
readonly DIGEST_FORM='^sha256:[0-9a-f]{64}$'
readonly WORKFLOW=release-train.yml
readonly IMAGE=ghcr.io/openclaw/maestro
readonly REGISTRY=ghcr.io
readonly REPOSITORY=openclaw/maestro
readonly BUILDER=https://github.com/actions/runner/github-hosted
readonly TRACE_ATTRIBUTE=gatehouse.delivery.trace_id
readonly SIGNING=keyless
readonly PUBLIC_KEY=''
readonly TRUST=(--certificate-identity https://github.com/openclaw/maestro/.github/workflows/release-train.yml@refs/heads/main --certificate-oidc-issuer https://token.actions.githubusercontent.com)
readonly DOCKERFILE=Dockerfile
readonly BUILDKIT=moby/buildkit:v0.29.0@sha256:0039c1d47e8748b5afea56f4e85f14febaf34452bd99d9552d2daa82262b5cc5

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

builder=

cleanup() {
  local status=$?
  begin_cleanup
  [[ -z $builder ]] || buildx rm --force "$builder" >/dev/null 2>&1
  rm -rf -- "$work"
  exit "$status"
}

# Images that the build begins with, or copies from, by a name that may mean something else tomorrow.
unpinned() {
  awk '
    NR == 1 && tolower($0) ~ /^# *syntax *=/ { sub(/^[^=]*= */, ""); if ($0 !~ /@sha256:[0-9a-f]+/) print; next }
    toupper($1) == "FROM" {
      i = 2
      while ($i ~ /^--/) i++
      if ($i != "scratch" && !(tolower($i) in stage) && $i !~ /@sha256:[0-9a-f]+$/) print $i
      if (toupper($(i + 1)) == "AS") stage[tolower($(i + 2))] = 1
    }
    toupper($1) == "COPY" {
      for (i = 2; i <= NF; i++) if ($i ~ /^--from=/) {
        from = substr($i, 8)
        if (from !~ /^[0-9]+$/ && !(tolower(from) in stage) && from !~ /@sha256:[0-9a-f]+$/) print from
      }
    }' "$1"
}

# The commit as it is in Git, with its time on every file: nothing of the working copy gets into the image.
take_context() {
  local loose
  context=$work/context
  mkdir -p -- "$context"
  git -C "$SOURCE" archive "$COMMIT" | tar --extract --directory "$context"
  [[ -f $context/$DOCKERFILE ]] || die "$COMMIT has no $DOCKERFILE; expected it there, as the declaration says; add it, or correct cluster.image.dockerfile"
  loose=$(unpinned "$context/$DOCKERFILE" | plain)
  [[ -z $loose ]] || die "$DOCKERFILE begins with $loose; expected every image by its digest (name@sha256:…), or two builds of one commit differ; pin it: buildx imagetools inspect <image>:<tag>"
}

start_builder() {
  epoch=$(git -C "$SOURCE" log -1 --format=%ct "$COMMIT")
  take_context
  builder=train-${COMMIT:0:7}-$$
  interruptible buildx create --name "$builder" --driver docker-container --driver-opt "image=$BUILDKIT" >/dev/null
}

# build ARGUMENTS…: the image of the commit, from nothing that a build before it left behind. Equal commits give equal bytes, as far as the
# Dockerfile lets them: a label says of the commit what is so for ever, never which run built it. Sets digest. https://github.com/moby/buildkit/blob/v0.29.0/docs/build-repro.md
build() {
  interruptible buildx build --builder "$builder" --file "$context/$DOCKERFILE" --platform linux/amd64 --no-cache \
    --build-arg "SOURCE_DATE_EPOCH=$epoch" --label "org.opencontainers.image.revision=$COMMIT" \
    --label "org.opencontainers.image.source=https://github.com/$REPOSITORY" --label "$TRACE_ATTRIBUTE=$trace_id" \
    --provenance=false --sbom=false --metadata-file "$work/metadata.json" "$@" "$context" || return 1
  digest=$(jq --raw-output '.["containerimage.digest"] // empty' "$work/metadata.json")
  [[ $digest =~ $DIGEST_FORM ]] || die "the build named $(printf '%q' "$digest"); expected a digest"
}

expect COMMIT "$SHA" '40 hexadecimal digits' "$COPY_COMMIT"
expect SOURCE '.' 'the working copy of the commit' 'the workflow sets it'
trace_of "${CHANGE:-}" "$COMMIT"
own_directory
cleanup_at_end
log_in

finish() { printf '%s=%s\n' digest "$digest" built "$1" began "$began" >>"$GITHUB_OUTPUT"; }

began=$(now)
tag=$IMAGE:sha-$COMMIT
if interruptible buildx imagetools inspect "$tag" --format '{{.Manifest.Digest}}' >"$work/digest" 2>"$work/inspect.err"; then
  digest=$(<"$work/digest")
  [[ $digest =~ $DIGEST_FORM ]] || die "the registry names $(printf '%q' "$digest") for $tag; expected a digest"
  if verified "$digest" "$COMMIT"; then
    finish false
    say "$tag is $digest already, signed and described: it is not built a second time"
    exit 0
  fi
  say "$tag is $digest, but $problem: it is built again"
elif ! grep -qi -e 'not found' -e 'MANIFEST_UNKNOWN' -e 'NAME_UNKNOWN' "$work/inspect.err"; then
  die "the registry can't be asked for $tag: $(plain <"$work/inspect.err"); look at the registry, then start this again"
fi

start_builder
build --output "type=image,name=$tag,push=true,rewrite-timestamp=true" || die "the image of $COMMIT could not be built and pushed; see above"
finish true
say "✓ $tag is $digest: built and pushed, not signed yet"
