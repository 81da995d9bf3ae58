#!/usr/bin/env bash
# Made by Gatehouse from services/hotdash.ts; do not edit.
# Make it again: npx gatehouse files hotdash
#
# Writes the tarball of a version, SHA256SUMS and notes.md into version/.
# Reads VERSION and COMMIT, in a clone with all tags.
set -euo pipefail

readonly SERVICE=hotdash
readonly DIRECTORY=version

say() { printf '%s\n' "$*"; }
die() {
  printf '::error::%s\n' "$*"
  exit 1
}

# What others wrote is shown in a block, where it mentions nobody and links nowhere.
block() { printf '~~~~~~text\n%s\n~~~~~~\n\n' "$(sed 's/~~~~*/~/g')"; }

readonly VERSION_FORM='^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-(alpha|beta)(\.(0|[1-9][0-9]*))?|-rc\.(0|[1-9][0-9]*))?$'

# Versions, one a line, the newest first: what has something behind a dash comes before the version itself. sort takes ~ as less than nothing.
newest_first() { sed 's/-/~/' | sort --version-sort --reverse | sed 's/~/-/'; }

: "${VERSION:?set it to the version}" "${COMMIT:?set it to its commit}"
[[ $VERSION =~ $VERSION_FORM ]] || die "$VERSION is no version"
mkdir -p -- "$DIRECTORY"
file=$SERVICE-$VERSION.tar.gz
git archive --format=tar --prefix="$SERVICE-$VERSION/" "$COMMIT" | gzip --no-name --best >"$DIRECTORY/$file"
(cd -- "$DIRECTORY" && sha256sum -- "$file" >SHA256SUMS)

# Since the version before: a version that is stable counts from the stable one before it, so that its notes have all that its candidates brought.
before=$({
  printf '%s\n' "$VERSION"
  git tag --list 'v*' | sed 's/^v//' | grep -E -- "$VERSION_FORM" || true
} | newest_first | awk -v version="$VERSION" '$0 == version { found = 1; next } found' | { if [[ $VERSION == *-* ]]; then cat; else grep -v -- - || true; fi; } | head -n 1)
range=$COMMIT
[[ -z $before ]] || range=v$before..$COMMIT

# section TITLE PATTERN: the commits whose subject fits, without the type before the colon.
section() {
  local found
  found=$(git log --no-merges --format='%s (%h)' "$range" | grep -E -- "$2" | sed -E 's/^[a-z]+(\([^)]*\))?(!)?: //' || true)
  [[ -n $found ]] || return 0
  printf '### %s\n\n' "$1"
  block <<<"$found"
}
{
  printf '## %s %s\n\n' "$SERVICE" "$VERSION"
  if [[ -z $before ]]; then printf 'The first version: everything up to %s.\n\n' "$COMMIT"; else printf 'Since v%s, up to %s.\n\n' "$before" "$COMMIT"; fi
  section 'Breaking changes' '^[a-z]+(\([^)]*\))?!: '
  section 'New' '^feat(\([^)]*\))?: '
  section 'Repaired' '^fix(\([^)]*\))?: '
  section 'Faster' '^perf(\([^)]*\))?: '
  section 'Other changes' '^(([^:]*[^a-z:(][^:]*|(build|chore|ci|docs|refactor|revert|style|test)(\([^)]*\))?): |[^:]*$)'
  printf '### Checksum\n\n'
  block <"$DIRECTORY/SHA256SUMS"
} >"$DIRECTORY/notes.md"
say "$file: $(cut -d ' ' -f 1 "$DIRECTORY/SHA256SUMS")"
