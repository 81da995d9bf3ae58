#!/usr/bin/env bash
# Made by Gatehouse from services/hotdash.ts; do not edit.
# Make it again: npx gatehouse files hotdash
#
# Checks what HEAD adds to a base commit: conflict markers and white-space errors, Windows line ends, files that are too large,
# executable files that say no interpreter, paths that differ only in case, and commits that still want to be squashed.
#   MAX_FILE_KILOBYTES=1024 .github/tools/git-hygiene.sh origin/main
set -euo pipefail

base=${1:?usage: git-hygiene.sh <base commit>}
max_kilobytes=${MAX_FILE_KILOBYTES:?set it to the size in kilobytes that no file may pass}
problems=0

# Names come from the change itself: quoted, so that they can't forge a line of the log.
problem() {
  local what=$1
  shift
  problems=$((problems + 1))
  printf '✗ %s' "$what"
  (($# == 0)) || printf ' %q' "$@"
  printf '\n'
}

# A branch that is pushed for the first time has no commit before it (40 or 64 zeros): then everything is new.
if [[ $base =~ ^0+$ ]]; then
  from=$(git hash-object -t tree /dev/null)
  commits=(HEAD)
elif from=$(git merge-base "$base" HEAD); then
  commits=("$from..HEAD")
else
  printf 'no common commit of %q and HEAD; fetch the whole history (fetch-depth: 0) and give a commit of this repository\n' "$base" >&2
  exit 2
fi

if ! git --no-pager diff --check "$from" HEAD; then
  problem "conflict markers or white-space errors (listed above); git diff --check finds them, an editor's trim on save avoids them"
fi

while IFS= read -r -d '' path; do
  read -r mode _ object < <(git ls-tree HEAD -- ":(literal)$path")
  object=${object%%$'\t'*}
  # A submodule has no content here, and a symbolic link none of its own.
  [[ $mode == 160000 || $mode == 120000 ]] && continue

  bytes=$(git cat-file -s "$object")
  if ((bytes > max_kilobytes * 1024)); then
    problem "larger than $max_kilobytes kB ($bytes bytes); keep large files in a bucket or in Git LFS:" "$path"
  fi
  if git grep --quiet -I -e $'\r$' HEAD -- ":(literal)$path"; then
    problem "Windows line ends; run dos2unix, and add '* text=auto' to .gitattributes:" "$path"
  fi
  if [[ $mode == 100755 ]] && [[ $(git cat-file blob "$object" | head -c 2 | tr -d '\0') != '#!' ]]; then
    problem "executable, but its first line names no interpreter (#!); add it, or git update-index --chmod=-x:" "$path"
  fi
done < <(git diff -z --name-only --no-renames --diff-filter=d "$from" HEAD)

# Line feeds in names become \1, so that awk sees a name a line.
while IFS= read -r path; do
  problem "differs from another path only in case, which breaks checkouts on macOS and Windows:" "$path"
done < <(git ls-tree -r -z --name-only HEAD | tr '\n\0' '\1\n' | awk 'seen[tolower($0)]++')

while IFS= read -r commit; do
  problem "a commit to be squashed; run git rebase --interactive --autosquash:" "$commit"
done < <(git log --format='%h %s' "${commits[@]}" | grep -E '^[0-9a-f]+ (fixup|squash|amend)! ' || true)

if ((problems > 0)); then
  printf '%d problem(s)\n' "$problems"
  exit 1
fi
echo "✓ nothing to complain about"
