#!/usr/bin/env bash
# Made by Gatehouse from services/maestro.ts; do not edit.
# Make it again: npx gatehouse files maestro
#
# Tags a deployed commit and writes its release notes: commits since the tag before, changed migrations.
# Reads RELEASE_SHA, MODE, VERSION_ID, PREVIOUS_VERSION_ID, RUN_URL, MIGRATION_NOTE; gh needs GH_TOKEN and GH_REPO.
set -euo pipefail

readonly TAG_PREFIX=prod-
readonly MIGRATION_DIRECTORIES=(db/migrations/)
readonly MIGRATION_NOTES='Files under db/migrations/ that changed since the last release are listed; expand before contract'

die() {
  printf '::error::%s\n' "$*"
  exit 1
}

# What others wrote is shown in a block, where it mentions nobody and links nowhere.
block() { printf '~~~~~~text\n%s\n~~~~~~\n\n' "$(sed 's/~~~~*/~/g')"; }

: "${RELEASE_SHA:?set it to the commit}" "${MODE:?set it to release or rollback}" "${VERSION_ID:?set it to the version}"
notes=$(mktemp)
trap 'rm -f -- "$notes"' EXIT

# The tag of a run that is started again after it failed here is taken up, not made twice.
tag=$TAG_PREFIX$(date -u +%Y%m%d-%H%M)-${RELEASE_SHA:0:7}
previous=$(git tag --list "$TAG_PREFIX*" --sort=-refname | grep -E "^${TAG_PREFIX}[0-9]{8}-[0-9]{4}-[0-9a-f]{7}$" | grep -vx -- "$tag" | head -n 1 || true)
if existing=$(git rev-parse --verify --quiet "refs/tags/$tag^{commit}"); then
  [[ $existing == "$RELEASE_SHA" ]] || die "the tag $tag is on $existing already, and tags don't move; run the job again in a minute"
fi

{
  printf '## %s\n\n' "$([[ $MODE == rollback ]] && echo 'Rollback' || echo 'Release')"
  printf -- '- Commit: %s\n- Image: %s (before: %s)\n' "$RELEASE_SHA" "$VERSION_ID" "${PREVIOUS_VERSION_ID:-none}"
  [[ -z ${RUN_URL:-} ]] || printf -- '- Run: %s\n' "$RUN_URL"
  printf '\n'
  if [[ -z $previous ]]; then
    printf '### Commits\n\nThe first release: everything up to %s.\n\n' "$RELEASE_SHA"
    changed=$(git ls-tree -r --name-only "$RELEASE_SHA" -- "${MIGRATION_DIRECTORIES[@]}")
  else
    range=$previous..$RELEASE_SHA
    if git merge-base --is-ancestor "$RELEASE_SHA" "$previous"; then range=$RELEASE_SHA..$previous; fi
    if [[ $range == "$previous"..* ]]; then printf '### Commits since %s\n\n' "$previous"; else printf '### Commits taken out of production\n\n'; fi
    printf 'Range: %s\n\n' "$range"
    git log --no-merges --format='%h %s' "$range" | block
    changed=$(git diff --name-only --no-renames "$previous" "$RELEASE_SHA" -- "${MIGRATION_DIRECTORIES[@]}")
  fi
  printf '### Migrations\n\n'
  if [[ $MODE == rollback ]]; then
    printf 'Migrations are not taken back; these stay applied:\n\n'
  fi
  if [[ -n $changed ]]; then block <<<"$changed"; else printf 'None changed.\n\n'; fi
  printf '%s\n\n' "$MIGRATION_NOTES"
  if [[ -n ${MIGRATION_NOTE:-} ]]; then block <<<"$MIGRATION_NOTE"; fi
} >"$notes"

if gh release view "$tag" >/dev/null 2>&1; then
  printf 'The release %s exists already\n' "$tag"
else
  gh release create "$tag" --target "$RELEASE_SHA" --title "$tag" --notes-file "$notes" || die "the release $tag could not be made"
fi
printf 'tag=%s\n' "$tag" >>"$GITHUB_OUTPUT"
cat "$notes" >>"$GITHUB_STEP_SUMMARY"
