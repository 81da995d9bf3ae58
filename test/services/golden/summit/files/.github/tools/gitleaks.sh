#!/usr/bin/env bash
# Made by Gatehouse from services/summit.ts; do not edit.
# Make it again: npx gatehouse files summit
#
# Looks for secrets in all commits that HEAD has, and says where they are without showing them.
#   .github/tools/gitleaks.sh
# A finding that is none goes into .gitleaksignore, by its fingerprint; a secret that is one is revoked first: docs/runbooks/secret-leak.md.
set -euo pipefail

readonly module=github.com/zricethezav/gitleaks/v8
readonly version=v8.30.1

if ! command -v gitleaks >/dev/null; then
  command -v go >/dev/null || {
    printf 'neither gitleaks nor go is installed; install one of them and run this again\n' >&2
    exit 2
  }
  GOBIN=$(mktemp -d)
  export GOBIN
  trap 'rm -rf -- "$GOBIN"' EXIT
  go install "$module@$version"
  PATH=$GOBIN:$PATH
fi

# A clone that is not whole would hide what its missing commits have.
if [[ $(git rev-parse --is-shallow-repository) == true ]]; then
  printf 'this clone is shallow: it lacks commits; fetch the whole history (git fetch --unshallow, or fetch-depth: 0)\n' >&2
  exit 2
fi
status=0
gitleaks git --verbose --no-banner --no-color --redact --exit-code 3 || status=$?
case $status in
0) echo "✓ no secret in any commit" ;;
3)
  printf '✗ secrets were committed (listed above, redacted): revoke each one first, deleting it is not enough\n'
  exit 1
  ;;
*)
  printf 'gitleaks could not look (exit %d); see above\n' "$status" >&2
  exit 2
  ;;
esac
