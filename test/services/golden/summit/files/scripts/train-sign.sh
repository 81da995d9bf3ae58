#!/usr/bin/env bash
# Made by Gatehouse from services/summit.ts; do not edit.
# Make it again: npx gatehouse files summit
#
# Signs the image of a commit, attaches SBOM and provenance, unless it has them.
# Reads COMMIT, CHANGE, DIGEST, BEGAN, REGISTRY_USER, REGISTRY_TOKEN, RUN_URL, for signing with a key COSIGN_PRIVATE_KEY and COSIGN_PASSWORD;
# writes EVIDENCE/.
#
# shellcheck disable=SC2016
set -euo pipefail

readonly SHA='^[0-9a-f]{40}$'
readonly COPY_COMMIT='copy the full SHA: git rev-parse <commit>'
readonly DIGEST_FORM='^sha256:[0-9a-f]{64}$'
readonly TIME='^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'
readonly COPY_DIGEST='copy it as a release names it: sha256: and 64 hexadecimal digits; a tag is not enough, anyone may move it'
readonly SERVICE=summit
readonly WORKFLOW=release-train.yml
readonly IMAGE=ghcr.io/openclaw/summit
readonly REGISTRY=ghcr.io
readonly REPOSITORY=openclaw/summit
readonly BUILDER=https://github.com/actions/runner/github-hosted
readonly SIGNING=key
readonly PUBLIC_KEY='-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEWX+ndhYZPc8LJxJN4Rk+e1TOesxL
NDJmCRS2Y/zS5duwKnjY8T7FW0C2ibDvmnEpN2WyjThXMggB2OMpWszJZQ==
-----END PUBLIC KEY-----
'
readonly SIGN=(--yes --key env://COSIGN_PRIVATE_KEY '--tlog-upload=false')
readonly TRUST=('--insecure-ignore-tlog=true')
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

# https://slsa.dev/spec/v1.0/provenance
provenance() {
  jq --null-input --arg image "$IMAGE" --arg dockerfile "$DOCKERFILE" --arg buildkit "$BUILDKIT" --arg commit "$COMMIT" \
    --arg repository "${GITHUB_SERVER_URL:-https://github.com}/${GITHUB_REPOSITORY:-}" --arg workflow "$WORKFLOW" \
    --arg run "${RUN_URL:-}" --arg builder "$BUILDER" --arg traceparent "$TRACEPARENT" --arg began "$began" --arg ended "$(now)" '{
      buildDefinition: {
        buildType: "https://actions.github.io/buildtypes/workflow/v1",
        externalParameters: {workflow: {repository: $repository, ref: "refs/heads/main", path: ".github/workflows/\($workflow)"}},
        internalParameters: {image: $image, dockerfile: $dockerfile, buildkit: $buildkit, traceparent: $traceparent},
        resolvedDependencies: [{uri: "git+\($repository)@refs/heads/main", digest: {gitCommit: $commit}}]
      },
      runDetails: {
        builder: {id: $builder},
        metadata: {invocationId: $run, startedOn: $began, finishedOn: $ended}
      }
    }' >"$work/provenance.json"
}

with_key() { COSIGN_PRIVATE_KEY=$private_key COSIGN_PASSWORD=$password interruptible "$@"; }

cleanup() {
  local status=$?
  begin_cleanup
  rm -rf -- "$work"
  exit "$status"
}

# finish SIGNED: whether it was signed now, or was signed before.
finish() {
  jq --null-input --arg service "$SERVICE" --arg commit "$COMMIT" --arg image "$IMAGE" --arg digest "$DIGEST" --argjson signed "$1" \
    --arg signing "$SIGNING" --arg run "${RUN_URL:-}" --arg at "$(now)" \
    '{$service, $commit, $image, $digest, $signed, $signing, $run, $at}' >"$EVIDENCE/image.json"
  cp -- "$work/sbom.ndjson" "$EVIDENCE/sbom.intoto.ndjson"
  cp -- "$work/provenance.ndjson" "$EVIDENCE/provenance.intoto.ndjson"
}

expect COMMIT "$SHA" '40 hexadecimal digits' "$COPY_COMMIT"
expect DIGEST "$DIGEST_FORM" 'a digest' "$COPY_DIGEST"
began=${BEGAN:-}
expect BEGAN "$TIME" 'a time such as 2026-01-31T12:00:00Z' 'the workflow sets it'
trace_of "${CHANGE:-}" "$COMMIT"
if [[ $SIGNING == key ]]; then
  expect_secret COSIGN_PRIVATE_KEY 'the private key, encrypted, as cosign generate-key-pair writes it'
  # An empty password is one, too; a secret of GitHub's can't be.
  expect_secret COSIGN_PASSWORD 'the password of the private key'
fi
# Only who signs gets the key.
private_key=${COSIGN_PRIVATE_KEY:-} password=${COSIGN_PASSWORD:-}
unset COSIGN_PRIVATE_KEY COSIGN_PASSWORD
EVIDENCE=${EVIDENCE:-evidence}
mkdir -p -- "$EVIDENCE"
own_directory
cleanup_at_end
log_in

if verified "$DIGEST" "$COMMIT"; then
  finish false
  say "$IMAGE@$DIGEST is signed and described already"
  exit 0
fi

# Only the digest counts: whoever moves the tag moves nothing of this release.
SYFT_CHECK_FOR_APP_UPDATE=false interruptible syft scan "registry:$IMAGE@$DIGEST" --output "spdx-json=$work/sbom.json" --quiet ||
  die "the SBOM of $IMAGE@$DIGEST could not be made; see above"
provenance
with_key cosign sign "${SIGN[@]}" "$IMAGE@$DIGEST" || die "$IMAGE@$DIGEST could not be signed; see above"
with_key cosign attest "${SIGN[@]}" --replace --type spdxjson --predicate "$work/sbom.json" "$IMAGE@$DIGEST" || die "the SBOM could not be attached; see above"
with_key cosign attest "${SIGN[@]}" --replace --type slsaprovenance1 --predicate "$work/provenance.json" "$IMAGE@$DIGEST" ||
  die "the provenance could not be attached; see above"
must_be_verified "$DIGEST" "$COMMIT"
finish true
say "✓ $IMAGE@$DIGEST, built from $COMMIT, is signed, with SBOM and provenance" | tee -a "${GITHUB_STEP_SUMMARY:-/dev/null}"
