#!/usr/bin/env bash
# Made by Gatehouse from services/relay.ts; do not edit.
# Make it again: npx gatehouse files relay
#
# Applies the migrations of the working copy to a database; what they print is kept in EVIDENCE/migrations.txt.
# Reads DATABASE_URL and SOURCE (the working copy, with its packages installed).
# They run while the code before and the new code both serve: add first, use it in a later release, remove last (expand and contract).
set -euo pipefail

readonly MIGRATE=(npm run migrate)

: "${DATABASE_URL:?set it to the URL of the database; the secret is empty in this environment}"
export DATABASE_URL
SOURCE=${SOURCE:-.}
EVIDENCE=${EVIDENCE:-evidence}
mkdir -p -- "$EVIDENCE"
EVIDENCE=$(cd -- "$EVIDENCE" && pwd)

# A migration tool that fails likes to show where it wanted to connect to. The log is masked by GitHub only where the whole URL stands in it,
# and a file that is kept isn't masked at all.
password=${DATABASE_URL#*://}
password=${password%%@*}
if [[ $password == *:* ]]; then password=${password#*:}; else password=; fi
decoded=$(printf '%b' "${password//%/\\x}")
redact() {
  local line
  while IFS= read -r line || [[ -n $line ]]; do
    line=${line//"$DATABASE_URL"/[the database URL]}
    [[ -z $password ]] || line=${line//"$password"/***}
    [[ -z $decoded ]] || line=${line//"$decoded"/***}
    # Not a command to the runner, whatever a migration prints: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    printf '  %s\n' "$line"
  done
}

cd -- "$SOURCE"
printf 'Migrations: %s\n' "${MIGRATE[*]}"
if ! "${MIGRATE[@]}" 2>&1 </dev/null | redact | tee -- "$EVIDENCE/migrations.txt"; then
  printf '::error::the migrations failed; what they applied before stays, and the code is rolled back: correct them in a new commit\n'
  exit 1
fi
printf '✓ migrations applied\n'
