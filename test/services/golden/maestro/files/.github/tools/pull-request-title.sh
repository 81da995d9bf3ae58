#!/usr/bin/env bash
# Made by Gatehouse from services/maestro.ts; do not edit.
# Make it again: npx gatehouse files maestro
#
# Reads the title of a pull request, which becomes the message of its commit on main: a Conventional Commit, type(scope): description.
#   TITLE='fix(api): say what is missing' .github/tools/pull-request-title.sh
set -euo pipefail

readonly types=(build chore ci docs feat fix perf refactor revert test)

title=${TITLE:?set it to the title of the pull request}
refuse() {
  # The title is somebody else's text: quoted, so that it can't forge a line of the log.
  printf '✗ %q\n  %s\n' "$title" "$1"
  printf '  Write type(scope)!: description, such as "fix(api): say what is missing"; the scope, and ! for a breaking change, where they belong.\n'
  printf '  Types: %s. https://www.conventionalcommits.org/en/v1.0.0/\n' "${types[*]}"
  exit 1
}

if [[ $title == *[[:cntrl:]]* ]]; then refuse "It has a character that can't be seen."; fi
head=${title%%:*}
[[ $head != "$title" ]] || refuse "It has no colon after the type."
type=${head%%[(\!]*}
known=no
for one in "${types[@]}"; do
  if [[ $one == "$type" ]]; then known=yes; fi
done
[[ $known == yes ]] || refuse "It does not begin with one of the types."
rest=${head#"$type"}
scope='^(\([^()[:space:]]([^()]*[^()[:space:]])?\))?!?$'
[[ $rest =~ $scope ]] || refuse "Between type and colon stands something else than (scope) and !."
description=${title#*:}
[[ $description == " "[![:space:]]* ]] || refuse "After the colon comes one space, and then what the change does."
echo "✓ the title is a Conventional Commit"
