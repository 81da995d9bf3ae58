import { JOB_MESSAGES } from "../job-messages";
import type { RenderedFile } from "../rendered-file";
import { shellScript } from "../shell-script";
import { TEXT_BLOCK } from "../text-block";
import { NEWEST_FIRST, VERSION_FORM } from "./version-form";

export const VERSION_PACKAGE_SCRIPT = "scripts/version-package.sh";

/** Where the script leaves the tarball, its checksum and the notes. */
export const VERSION_DIRECTORY = "version";

/** Made again from the same commit it has the same bytes: Git writes the commit's time, and gzip none. */
const MAIN = String.raw`
: "$\{VERSION:?set it to the version}" "$\{COMMIT:?set it to its commit}"
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
`;

/** `scripts/version-package.sh`: the tarball of a version, its SHA-256, and the changelog from its commits. */
export function versionPackageScript(service: string): RenderedFile {
  return shellScript({
    service,
    path: VERSION_PACKAGE_SCRIPT,
    about: [
      `Writes the tarball of a version, SHA256SUMS and notes.md into ${VERSION_DIRECTORY}/.`,
      "Reads VERSION and COMMIT, in a clone with all tags.",
    ],
    constants: { SERVICE: service, DIRECTORY: VERSION_DIRECTORY },
    parts: [JOB_MESSAGES, TEXT_BLOCK, VERSION_FORM, NEWEST_FIRST, MAIN],
  });
}
