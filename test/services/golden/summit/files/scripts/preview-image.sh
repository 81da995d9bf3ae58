#!/usr/bin/env bash
# Made by Gatehouse from services/summit.ts; do not edit.
# Make it again: npx gatehouse files summit
#
# Builds and pushes the image of a pull request's newest commit; its digest is in preview-image/digest.
# Reads PULL_REQUEST, HEAD_SHA, REGISTRY_USER and REGISTRY_TOKEN.
set -euo pipefail

readonly IMAGE=ghcr.io/openclaw/summit
readonly DOCKERFILE=Dockerfile
readonly DIGEST_DIRECTORY=preview-image

die() {
  printf '::error::%s\n' "$*"
  exit 1
}

: "${PULL_REQUEST:?set it to the number of the pull request}" "${HEAD_SHA:?set it to its newest commit}"
: "${REGISTRY_USER:?set it to the user who pushes}" "${REGISTRY_TOKEN:?set it to the token of the run}"
: "${GITHUB_SERVER_URL:?}" "${GITHUB_REPOSITORY:?}"
[[ $PULL_REQUEST =~ ^[1-9][0-9]{0,8}$ ]] || die "the pull request is not a number from 1 to 999999999"
[[ $HEAD_SHA =~ ^[0-9a-f]{40}$ ]] || die "the commit is not 40 hexadecimal digits"
[[ -f $DOCKERFILE ]] || die "there is no $DOCKERFILE in this commit; the declaration names it (cluster.image.dockerfile)"

# Docker keeps a login in a file: it goes when this script ends.
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
export DOCKER_CONFIG=$work/docker

image=$IMAGE:pr-$PULL_REQUEST-$HEAD_SHA
docker login "${IMAGE%%/*}" --username "$REGISTRY_USER" --password-stdin <<<"$REGISTRY_TOKEN" >/dev/null ||
  die "${IMAGE%%/*} did not take the run's token; the package must give this repository write access (package settings, Manage Actions access)"
docker buildx build --file "$DOCKERFILE" --tag "$image" \
  --label "org.opencontainers.image.revision=$HEAD_SHA" \
  --label "org.opencontainers.image.source=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" \
  --provenance=false --push --metadata-file "$work/metadata.json" . ||
  die "$image could not be built or pushed; what docker said stands above"
digest=$(jq --raw-output '."containerimage.digest" // empty' "$work/metadata.json")
[[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] || die "docker pushed $image and named no digest of it; look for containerimage.digest in its metadata"
mkdir -p -- "$DIGEST_DIRECTORY"
printf '%s\n' "$digest" >"$DIGEST_DIRECTORY/digest"
printf 'pushed %s@%s\n' "$image" "$digest"
