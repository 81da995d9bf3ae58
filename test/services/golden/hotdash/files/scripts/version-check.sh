#!/usr/bin/env bash
# Made by Gatehouse from services/hotdash.ts; do not edit.
# Make it again: npx gatehouse files hotdash
#
# Lets a tag go on that names the version of its own commit, on main. Reads TAG; writes GITHUB_OUTPUT.
set -euo pipefail

say() { printf '%s\n' "$*"; }
die() {
  printf '::error::%s\n' "$*"
  exit 1
}

readonly VERSION_FORM='^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-(alpha|beta)(\.(0|[1-9][0-9]*))?|-rc\.(0|[1-9][0-9]*))?$'

tag=${TAG:?set it to the tag}
version=${tag#v}
[[ $tag == v* && $version =~ $VERSION_FORM ]] ||
  die "the tag $tag is no version; expected v1.2.3, or -alpha.1, -beta.1, -rc.1 behind it. Tags can't be moved: make another"
commit=$(git rev-parse --verify --quiet "refs/tags/$tag^{commit}") || die "there is no tag $tag here; check out with the whole history"
git merge-base --is-ancestor "$commit" origin/main || die "$tag is on $commit, which is not on main; merge it first, only what is on main gets a version"
for file in package.json package-lock.json; do
  [[ $file == package.json ]] || git cat-file -e "$commit:$file" 2>/dev/null || continue
  found=$(git show "$commit:$file" | jq --raw-output '.version // "none"') || die "$file of $tag is no JSON"
  [[ $found == "$version" ]] || die "$file of $tag says $found; expected $version: npm version $version --no-git-tag-version, merge that, and tag it"
done
printf 'version=%s\ncommit=%s\n' "$version" "$commit" >>"$GITHUB_OUTPUT"
say "$tag is version $version of $commit, on main"
