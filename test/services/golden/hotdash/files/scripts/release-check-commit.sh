#!/usr/bin/env bash
# Made by Gatehouse from services/hotdash.ts; do not edit.
# Make it again: npx gatehouse files hotdash
#
# Lets a release go on with a known commit of main, and with nothing else. Reads RELEASE_SHA and MODE.
set -euo pipefail

readonly TAG_PREFIX=v

die() {
  printf '::error::%s\n' "$*"
  exit 1
}

sha=${RELEASE_SHA:?set it to the commit to release}
mode=${MODE:?set it to release or rollback}
[[ ${GITHUB_REF:-} == refs/heads/main ]] || die "started from ${GITHUB_REF:-an unknown ref}; releases run from main only: choose the branch main"
[[ $mode == release || $mode == rollback ]] || die "the mode is $mode; expected release or rollback"
[[ $sha =~ ^[0-9a-f]{40}$ ]] || die "the commit is not 40 hexadecimal digits; copy the full SHA: git rev-parse <commit>"
git cat-file -e "$sha^{commit}" 2>/dev/null || die "$sha is no commit of this repository; copy the full SHA from main's history"
git merge-base --is-ancestor "$sha" origin/main || die "$sha is not on main; merge it first, only what is on main is released"
if [[ $mode == rollback ]]; then
  # A rollback goes fast, without rehearsal: only to what production has run before.
  released=$(git tag --points-at "$sha" --list "$TAG_PREFIX*")
  [[ -n $released ]] ||
    die "$sha was never released: no tag $TAG_PREFIX* is on it. Newest releases: $(git tag --list "$TAG_PREFIX*" --sort=-refname | head -n 3 | tr '\n' ' ')"
fi
printf 'sha=%s\nmode=%s\n' "$sha" "$mode" >>"$GITHUB_OUTPUT"
printf '%s: %s is on main\n' "$mode" "$sha"
