import type { RenderedFile } from "../rendered-file";
import { SHELL_BASICS } from "../shell-basics";
import { VERSION_FORM } from "../versions/version-form";
import type { OnFly } from "./deployable";
import { FLY_HEALTH } from "./fly-functions";
import { flyScript } from "./fly-script";

export const ROLLBACK_SCRIPT = "scripts/fly-rollback.sh";

const MAIN = String.raw`
STAGE=
to=
version=
confirmed=
while (($# > 0)); do
  case $1 in
    --stage | --to | --image | --confirm)
      [[ -n $\{2:-} ]] || die "$1 wants a value; see $0 --help"
      case $1 in
        --stage) STAGE=$2 ;;
        --to) version=$\{2#v} ;;
        --image) to=$2 ;;
        --confirm) confirmed=$2 ;;
      esac
      shift 2
      ;;
    --previous)
      to=previous
      shift
      ;;
    --help | -h)
      usage
      exit 0
      ;;
    *) die "$1 is no option; see $0 --help" ;;
  esac
done
need flyctl gh git jq curl
[[ -n $STAGE ]] || die "no stage; expected --stage and one of $\{!APPS[*]}"
[[ -n $to$version ]] || die "nowhere to go back to; expected --previous, --to <version> or --image <image>"
[[ -z $to || -z $version ]] || die "two places to go back to; expected one of --previous, --to and --image"
SOURCE=$(cd -- "$\{SOURCE:-.}" && pwd)
clone=$SOURCE
commit=
prepare

# Nobody must overlook it: the stage may be broken now.
failed() {
  note failed "$*"
  [[ -z $\{GITHUB_ACTIONS:-} ]] || printf '::error title=ROLLBACK FAILED in %s::%s\n' "$STAGE" "$*"
  die "ROLLBACK FAILED in $STAGE: $*. By hand: flyctl releases --app $app --image; flyctl deploy --app $app --config $\{CONFIGS[$STAGE]} --image <the last good one>"
}

# The record: what was, what came in its place, who asked for it, and what came of it.
note() {
  jq --null-input --arg stage "$STAGE" --arg app "$app" --arg from "$\{running:-}" --arg to "$to" --arg result "$1" --arg detail "$2" \
    --arg by "$\{GITHUB_ACTOR:-$(id -un)}" --arg at "$(date -u +%Y-%m-%dT%H:%M:%SZ)" \
    '{$at, $by, $stage, $app, $from, $to, $result, $detail}' >"$EVIDENCE/rollback-$STAGE.json"
  printf '### Rollback of %s: %s\n\n%s\n' "$STAGE" "$1" "$2" >>"$\{GITHUB_STEP_SUMMARY:-/dev/null}"
  outlast "$1" || say "The record is in $EVIDENCE/rollback-$STAGE.json only: GitHub did not take it: $(refusal)"
}

# GitHub's list of deployments outlasts this machine; a run of the workflow has its entry there already.
outlast() {
  local id state=failure
  [[ -z $\{GITHUB_ACTIONS:-} && -n $commit ]] || return 0
  if [[ $1 == back ]]; then state=success; fi
  jq --arg commit "$commit" '{ref: $commit, environment: .stage, auto_merge: false, required_contexts: [], description: ("Rollback: " + .result), payload: .}' \
    "$EVIDENCE/rollback-$STAGE.json" >"$work/request.json"
  id=$(cd -- "$clone" && gh api --method POST 'repos/{owner}/{repo}/deployments' --input "$work/request.json" --jq .id 2>"$work/problem") || return 1
  [[ $id =~ ^[0-9]+$ ]] || return 1
  (cd -- "$clone" && gh api --method POST "repos/{owner}/{repo}/deployments/$id/statuses" --field "state=$state" --silent 2>"$work/problem")
}

# fetch_version: the tarball of a version, held to its checksum, and to the commit that the tag is on.
fetch_version() {
  local tag=v$version file packed
  need sha256sum tar gzip
  [[ $version =~ $VERSION_FORM ]] || die "$version is no version; expected one such as 1.2.3"
  commit=$(git -C "$SOURCE" rev-parse --verify --quiet "refs/tags/$tag^{commit}") || die "there is no tag $tag here; fetch the tags: git fetch --tags origin"
  mkdir -- "$work/version" "$work/source"
  (cd -- "$SOURCE" && gh release download "$tag" --dir "$work/version" --pattern '*.tar.gz' --pattern SHA256SUMS) ||
    die "$tag has no release with a tarball, or it was pruned; those there are: gh release list"
  file=$SERVICE-$version.tar.gz
  [[ -f $work/version/$file ]] || die "the release $tag has no $file"
  [[ $(<"$work/version/SHA256SUMS") =~ ^[0-9a-f]{64}\ \ (.*)$ && $\{BASH_REMATCH[1]} == "$file" ]] ||
    die "SHA256SUMS of $tag is not that of $file"
  (cd -- "$work/version" && sha256sum --check --strict --quiet SHA256SUMS) >&2 || die "$file is not what its checksum says: nothing was changed"
  gzip --decompress --stdout "$work/version/$file" >"$work/version.tar" || die "$file is no gzip"
  packed=$(git get-tar-commit-id <"$work/version.tar") || packed=unknown
  [[ $packed == "$commit" ]] || die "$file was packed from the commit $packed; expected $commit, which $tag is on: nothing was changed"
  tar --extract --file "$work/version.tar" --directory "$work/source" --strip-components 1 --no-same-owner
}

images || die "the releases of $app can't be read: $(refusal)"
running=$(head -n 1 "$work/images")
from_source=no
if [[ -n $version ]]; then
  fetch_version
  to=$(grep -- ":$commit$" "$work/images" | head -n 1 || true)
  if [[ -z $to ]]; then
    from_source=yes
    to="v$version, built again from its tarball"
  fi
elif [[ $to == previous ]]; then
  to=$(grep -vxF -- "$running" "$work/images" | head -n 1 || true)
  [[ -n $to ]] || die "$app has no release before $\{running:-the first}: nothing was changed"
else
  grep -qxF -- "$to" "$work/images" || die "$to is no image of a release of $app that ended well; expected one of: $(sort -u "$work/images" | tr '\n' ' ')"
fi

if [[ $STAGE == "$LAST_STAGE" && $confirmed != "$app" ]]; then
  [[ -z $confirmed ]] || die "--confirm $confirmed is not the name of the app; expected $app"
  [[ -t 0 ]] || die "$STAGE goes back only when it is confirmed; expected --confirm $app"
  printf '%s: from %s\n  back to %s\nType the name of the app to go on: ' "$app" "$\{running:-nothing}" "$to"
  read -r confirmed
  [[ $confirmed == "$app" ]] || die "not confirmed: nothing was changed"
fi

say "$STAGE goes back to $to"
[[ -n $version ]] || commit=$(commit_of "$to")
# An image goes with the settings it was released with, if this clone knows them.
if [[ -n $version ]]; then SOURCE=$work/source; fi
settings=$SOURCE/$\{CONFIGS[$STAGE]}
if [[ -z $version && -n $commit ]] && git -C "$SOURCE" show "$commit:$\{CONFIGS[$STAGE]}" >"$work/settings.toml" 2>/dev/null; then
  settings=$work/settings.toml
elif [[ -f $settings ]]; then
  [[ -n $version ]] || say "The settings of $\{commit:-its commit} are not known here; it goes back with those of this working copy"
else
  failed "there is no $\{CONFIGS[$STAGE]} in $\{version:-$SOURCE}; run this in a clone of the repository, and name a version that was deployed from it"
fi
how=(--image "$to")
if [[ $from_source == yes ]]; then how=(--remote-only --image-label "$commit" --label "org.opencontainers.image.revision=$commit"); fi
deploy "$settings" "$commit" "$\{how[@]}" || failed "the deployment of $to failed"
well "$commit" || failed "$to runs, and is not well: $reason"
note back "$to runs again, and is well."
say "✓ $to runs again in $STAGE, and is well at $URL. Migrations stay applied: they expand before they contract."
[[ -z $\{GITHUB_ACTIONS:-} ]] || printf '::error::rolled back: %s runs again in %s\n' "$to" "$STAGE"
`;

/** `scripts/fly-rollback.sh`: one command back, for people and for the pipeline. */
export function rollbackScript(service: OnFly): RenderedFile {
  const { stage } = service.fly;
  return flyScript(service, {
    path: ROLLBACK_SCRIPT,
    about: [
      "Goes back: scripts/fly-rollback.sh --stage <stage> and one of",
      "  --to <version>    a version: its tarball is held to its checksum, and to the commit of its tag",
      "  --previous        what Fly ran before",
      "  --image <image>   the image of one of Fly's releases",
      `${stage} wants the name of its app, typed or as --confirm <app>. FLY_API_TOKEN is the deploy token of the app.`,
      "Exits 0 only when the health check answers well afterwards. The record is EVIDENCE/rollback-<stage>.json, and an entry of GitHub's deployments.",
    ],
    messages: SHELL_BASICS,
    parts: [VERSION_FORM, FLY_HEALTH, MAIN],
  });
}
