import { JOB_MESSAGES } from "../job-messages";
import type { RenderedFile } from "../rendered-file";
import { shellScript } from "../shell-script";
import { VERSION_DIRECTORY } from "./package-script";
import { NEWEST_FIRST, VERSION_FORM } from "./version-form";

export const VERSION_PUBLISH_SCRIPT = "scripts/version-publish.sh";

const MAIN = String.raw`
: "$\{VERSION:?set it to the version}"
[[ $VERSION =~ $VERSION_FORM ]] || die "$VERSION is no version"
tag=v$VERSION
file=$SERVICE-$VERSION.tar.gz
(cd -- "$DIRECTORY" && sha256sum --check --strict --quiet SHA256SUMS) || die "what was packed is not what its checksum says: nothing was published"

# A run that is started again takes up what it has published, if that is the same.
if gh release view "$tag" >/dev/null 2>&1; then
  work=$(mktemp -d)
  trap 'rm -rf -- "$work"' EXIT
  gh release download "$tag" --dir "$work" --pattern SHA256SUMS || die "$tag is published without SHA256SUMS; delete that release, and run this again"
  cmp --silent -- "$work/SHA256SUMS" "$DIRECTORY/SHA256SUMS" || die "$tag is published already, with another checksum; a version is never changed: make the next one"
  say "$tag is published already, with the same checksum"
else
  options=(--verify-tag --title "$SERVICE $VERSION" --notes-file "$DIRECTORY/notes.md")
  if [[ $VERSION == *-* ]]; then options+=(--prerelease); fi
  gh release create "$tag" "$\{options[@]}" "$DIRECTORY/$file" "$DIRECTORY/SHA256SUMS" || die "$tag could not be published"
  say "✓ $tag is published"
fi

# The newest ones stay, and the newest stable one in any case; tags stay all.
published=$(gh release list --limit 1000 --json tagName --jq '.[].tagName') || die "the releases can't be listed: none was pruned"
versions=$(sed -n 's/^v//p' <<<"$published" | grep -E -- "$VERSION_FORM" | newest_first)
stable=$(grep -v -- - <<<"$versions" | head -n 1 || true)
kept=$(head -n "$KEEP" <<<"$versions")
pruned=()
while IFS= read -r version; do
  if [[ -z $version || $version == "$stable" || $version == "$VERSION" ]] || grep -qxF -- "$version" <<<"$kept"; then continue; fi
  gh release delete "v$version" --yes || die "v$version could not be pruned; run this again"
  pruned+=("v$version")
done <<<"$versions"
say "pruned: $\{pruned[*]:-none}; the newest stable version is $\{stable:-none}" | tee -a "$\{GITHUB_STEP_SUMMARY:-/dev/null}"
`;

/** `scripts/version-publish.sh`: the release of a version, with its tarball; older ones are pruned. */
export function versionPublishScript(service: string, keep: number): RenderedFile {
  return shellScript({
    service,
    path: VERSION_PUBLISH_SCRIPT,
    about: [
      `Publishes what lies in ${VERSION_DIRECTORY}/ as the release of a version, and keeps the newest ${keep}, with the newest stable one in any case.`,
      "Reads VERSION; gh needs GH_TOKEN and GH_REPO.",
    ],
    constants: { SERVICE: service, DIRECTORY: VERSION_DIRECTORY, KEEP: keep },
    parts: [JOB_MESSAGES, VERSION_FORM, NEWEST_FIRST, MAIN],
  });
}
