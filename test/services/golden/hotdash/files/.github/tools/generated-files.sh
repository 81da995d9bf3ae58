#!/usr/bin/env bash
# Made by Gatehouse from services/hotdash.ts; do not edit.
# Make it again: npx gatehouse files hotdash
#
# Checks that HEAD has the files that Gatehouse delivered as it delivered them: none edited, deleted, made executable or replaced by a link.
#   .github/tools/generated-files.sh
set -euo pipefail

readonly manifest=.github/gatehouse.lock.json
readonly again='change services/hotdash.ts and run npx gatehouse files hotdash --pull-request'

for program in git jq; do
  command -v "$program" >/dev/null || {
    printf '%s is not installed; install it and run this again\n' "$program" >&2
    exit 2
  }
done
cd "$(git rev-parse --show-toplevel)"
problems=0

# Names come from the repository: quoted, so that they can't forge a line of the log.
problem() {
  problems=$((problems + 1))
  printf '✗ %s: %q\n' "$1" "$2"
}

if ! text=$(git cat-file blob "HEAD:$manifest") ||
  ! delivered=$(jq --raw-output 'if .version == 1 then .files | to_entries[] | "\(.value) \(.key)" else error("its version is not 1") end' <<<"$text"); then
  printf '%s is missing or unreadable: without it nobody knows which files were delivered; %s\n' "$manifest" "$again" >&2
  exit 2
fi

# By path with a slash before it: "@" would mean all of them.
declare -A there=()
while IFS= read -r -d '' entry; do
  there["/${entry#*$'\t'}"]=${entry%%$'\t'*}
done < <(git ls-tree -r -z HEAD)

while read -r mode blob path; do
  [[ -n $path ]] || continue
  read -r mode_there kind blob_there <<<"${there["/$path"]-}" || true
  if [[ -z $kind ]]; then
    problem "deleted by hand (git cat-file blob $blob has it)" "$path"
  elif [[ $mode_there != 100644 && $mode_there != 100755 ]]; then
    problem "no longer an ordinary file" "$path"
  elif [[ $blob_there != "$blob" ]]; then
    problem "edited by hand (git diff $blob $blob_there shows how)" "$path"
  elif [[ $mode_there != "$mode" ]]; then
    problem "its mode is $mode_there; $mode was delivered" "$path"
  fi
done <<<"$delivered"

if ((problems > 0)); then
  printf '%d generated file(s) differ from what was delivered; put them back, and %s\n' "$problems" "$again"
  exit 1
fi
echo "✓ generated files are as they were delivered"
