import type { RenderedFile } from "../rendered-file";
import { SHELL_BASICS } from "../shell-basics";
import type { OnFly } from "./deployable";
import { FLY_HEALTH } from "./fly-functions";
import { flyScript } from "./fly-script";

export const ROLLBACK_SCRIPT = "scripts/fly-rollback.sh";

const MAIN = String.raw`
STAGE=
to=
confirmed=
while (($# > 0)); do
  case $1 in
    --stage | --image | --confirm)
      [[ -n $\{2:-} ]] || die "$1 wants a value; see $0 --help"
      case $1 in
        --stage) STAGE=$2 ;;
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
need flyctl git jq curl
[[ -n $STAGE ]] || die "no stage; expected --stage and one of $\{!APPS[*]}"
[[ -n $to ]] || die "nowhere to go back to; expected --previous or --image"
SOURCE=$(cd -- "$\{SOURCE:-.}" && pwd)
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
}

images || die "the releases of $app can't be read: $(refusal)"
running=$(head -n 1 "$work/images")
if [[ $to == previous ]]; then
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
commit=$(commit_of "$to")
# An image goes with the settings it was released with, if this clone knows them.
settings=$SOURCE/$\{CONFIGS[$STAGE]}
if [[ -n $commit ]] && git -C "$SOURCE" show "$commit:$\{CONFIGS[$STAGE]}" >"$work/settings.toml" 2>/dev/null; then
  settings=$work/settings.toml
elif [[ -f $settings ]]; then
  say "The settings of $\{commit:-its commit} are not known here; it goes back with those of this working copy"
else
  failed "there is no $\{CONFIGS[$STAGE]} in $SOURCE; run this in a clone of the repository"
fi
deploy "$settings" "$commit" --image "$to" || failed "the deployment of $to failed"
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
      "Goes back: scripts/fly-rollback.sh --stage <stage> --previous, or --image <image of a release>.",
      `${stage} wants the name of its app, typed or as --confirm <app>. FLY_API_TOKEN is the deploy token of the app.`,
      "Exits 0 only when the health check answers well afterwards; the record is EVIDENCE/rollback-<stage>.json.",
    ],
    messages: SHELL_BASICS,
    parts: [FLY_HEALTH, MAIN],
  });
}
