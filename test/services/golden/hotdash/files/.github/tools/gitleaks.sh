#!/usr/bin/env bash
# Made by Gatehouse from services/hotdash.ts; do not edit.
# Make it again: npx gatehouse files hotdash
#
# Looks for secrets in all commits, or in those that HEAD has and a base commit has not, and in the files that Git tracks; says where they are
# without showing them. With REPORTS, a directory, it leaves its findings there as SARIF.
#   .github/tools/gitleaks.sh [base commit]
# A finding that is none goes into .gitleaksignore as file:rule:line; a secret that is one is revoked first: docs/runbooks/secret-leak.md.
set -euo pipefail

readonly module=github.com/zricethezav/gitleaks/v8
readonly version=v8.30.1
readonly sum='h1:PmEvCfVI7ti9dV3s5aMZUY7sS2GxRvG3yzih7E+cS3w='

base=${1:-}
reports=${REPORTS:-}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

no_verdict() {
  printf '%s\n' "$1" >&2
  exit 2
}

if ! command -v gitleaks >/dev/null; then
  command -v go >/dev/null || no_verdict "neither gitleaks nor go is installed; install one of them and run this again"
  downloaded=$(go mod download -json "$module@$version") || no_verdict "$module@$version can't be had; see above"
  [[ $downloaded == *"\"Sum\": \"$sum\""* ]] || no_verdict "$module@$version is not what it was: its hash is not $sum; trust nothing of it, and tell whoever answers for security"
  GOBIN=$work/bin go install "$module@$version"
  PATH=$work/bin:$PATH
fi

cd "$(git rev-parse --show-toplevel)"
# A clone that is not whole would hide what its missing commits have.
if [[ $(git rev-parse --is-shallow-repository) == true ]]; then
  no_verdict "this clone is shallow: it lacks commits; fetch the whole history (git fetch --unshallow, or fetch-depth: 0)"
fi
which="any commit"
range=()
if [[ -n $base ]]; then
  from=$(git rev-parse --verify --quiet --end-of-options "$base^{commit}") || no_verdict "the base is no commit that this clone has; fetch it and run this again"
  which="a commit since ${from:0:7}"
  range=("--log-opts=--full-history $from..HEAD")
fi
if [[ -n $reports ]]; then
  mkdir -p -- "$reports"
  reports=$(cd "$reports" && pwd)
fi

found=no
# look <name of the report> <command of gitleaks> …
look() {
  local name=$1 status=0 report=()
  shift
  if [[ -n $reports ]]; then report=(--report-format sarif --report-path "$reports/$name.sarif"); fi
  gitleaks "$@" --verbose --no-banner --no-color --redact --exit-code 3 "${report[@]}" || status=$?
  case $status in
  0) ;;
  3) found=yes ;;
  *) no_verdict "gitleaks could not look (exit $status); see above" ;;
  esac
}

look commits git "${range[@]}"
# A merge can bring what neither of its sides has, and the changes of commits don't show it: the files themselves do.
git checkout-index --all --prefix="$work/files/"
if [[ -d $work/files ]]; then
  cd "$work/files"
  look files dir .
fi
if [[ $found == yes ]]; then
  printf '✗ secrets were committed (listed above, redacted): revoke each one first, deleting it is not enough\n'
  exit 1
fi
echo "✓ no secret in $which, nor in the files"
