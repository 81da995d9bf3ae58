import type { RenderedFile } from "../rendered-file";
import { shellScript } from "../shell-script";

/** Where the script lies in the repository; people run it before they push. */
export const GITLEAKS_SCRIPT = ".github/tools/gitleaks.sh";

/**
 * Gitleaks' action wants a license of organizations; the program doesn't. Go builds it from its module, whose hash it looks up in the public
 * checksum database. https://github.com/gitleaks/gitleaks-action#environment-variables, https://go.dev/ref/mod#checksum-database
 */
const GITLEAKS = { module: "github.com/zricethezav/gitleaks/v8", version: "v8.30.1" } as const;

const ABOUT = [
  "Looks for secrets in all commits that HEAD has, and says where they are without showing them.",
  "  .github/tools/gitleaks.sh",
  "A finding that is none goes into .gitleaksignore, by its fingerprint; a secret that is one is revoked first: docs/runbooks/secret-leak.md.",
];

const MAIN = String.raw`
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
`;

export function gitleaksScript(service: string): RenderedFile {
  return shellScript({ service, path: GITLEAKS_SCRIPT, about: ABOUT, constants: { ...GITLEAKS }, parts: [MAIN] });
}
