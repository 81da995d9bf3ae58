#!/usr/bin/env bash
# Made by Gatehouse from services/hotdash.ts; do not edit.
# Make it again: npx gatehouse files hotdash
#
# Goes back: scripts/fly-rollback.sh --stage <stage> and one of
#   --to <version>    a version: its tarball is held to its checksum, and to the commit of its tag
#   --previous        what Fly ran before
#   --image <image>   the image of one of Fly's releases
# production wants the name of its app, typed or as --confirm <app>. FLY_API_TOKEN is the deploy token of the app.
# Exits 0 only when the health check answers well afterwards. The record is EVIDENCE/rollback-<stage>.json, and an entry of GitHub's deployments.
#
# shellcheck disable=SC2016
set -euo pipefail

readonly SERVICE=hotdash
declare -rA APPS=([staging]=hotdash-staging [production]=hotdash)
declare -rA CONFIGS=([staging]=fly.toml [production]=fly.production.toml)
declare -rA URLS=([staging]=https://hotdash-staging.fly.dev [production]=https://hotdash.example.com)
readonly LAST_STAGE=production
readonly HEALTH_PATH=/health
readonly COMMIT_FIELD=commit
readonly HEALTH_ATTEMPTS=5
readonly HEALTH_EVERY_SECONDS=10

umask 077
work=

say() { printf '%s\n' "$*"; }
die() {
  [[ -z $work ]] || printf '%s' "$*" >"$work/failure"
  printf '✗ %s\n' "$*" >&2
  exit 1
}

# The comment that this script begins with.
usage() {
  sed -n '2,/^set -euo/p' "${BASH_SOURCE[0]}" | sed -n 's/^# \{0,1\}//p'
}

need() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || die "$program is not installed; install it and run this again"
  done
}

remove_work() {
  [[ -z $work ]] || rm -rf -- "$work"
}

sha256_of() { sha256sum <"$1" | cut -d ' ' -f 1; }
size_of() { wc -c <"$1" | tr -d ' '; }

child=
tidying=no

# Runs a command so that a signal is answered at once; its standard input is empty, or the file $input.
interruptible() {
  local status=0
  [[ $tidying == no ]] || set -m
  "$@" <"${input:-/dev/null}" &
  child=$!
  set +m
  wait "$child" || status=$?
  child=
  return "$status"
}

# From here on cleanup runs, however the script ends, short of kill -9.
cleanup_at_end() {
  exec {said}>&1 {complained}>&2
  trap cleanup EXIT
  trap 'end_by_signal 130' INT
  trap 'end_by_signal 143' TERM HUP
}

# Whoever interrupts often sends a second signal (a runner: SIGINT, then SIGTERM): already now it must not end the tidying up.
end_by_signal() {
  trap '' INT TERM HUP
  printf interrupted >"$work/failure"
  exit "$1"
}

# Nor may a signal end what runs for the sake of tidying up: that gets a process group of its own, for some programs (Node.js) answer signals
# that their parent ignores.
begin_cleanup() {
  trap '' INT TERM HUP
  trap - EXIT
  set +e
  # A signal may have come while a command's output went into a file: what is said now goes where it went at first.
  exec >&"$said"
  exec 2>&"$complained"
  stop_child
  tidying=yes
}

stop_child() {
  [[ -n $child ]] || return 0
  kill -TERM "$child" 2>/dev/null || true
  wait "$child" 2>/dev/null || true
  child=
}

refusal() { tr '[:cntrl:]' ' ' <"$work/problem" | cut -c 1-300; }

# deploy SETTINGS COMMIT [OPTION…]: from SOURCE, with a file of settings.
deploy() {
  local settings=$1 commit=$2
  shift 2
  [[ -z $commit ]] || set -- "$@" --env "RELEASE_SHA=$commit"
  flyctl deploy "$SOURCE" --config "$settings" --app "$app" --ha=false --yes "$@"
}

# Names the app of the stage, and a place for what is kept.
prepare() {
  : "${STAGE:?set it to the stage}" "${FLY_API_TOKEN:?the secret is empty in this environment}"
  [[ -n ${APPS[$STAGE]:-} ]] || die "there is no stage $STAGE; the stages are ${!APPS[*]}"
  app=${APPS[$STAGE]}
  URL=${SERVICE_URL:-${URLS[$STAGE]}}
  [[ $URL == https://* || $URL == http://127.0.0.1:* ]] || die "SERVICE_URL must begin with https://"
  EVIDENCE=${EVIDENCE:-evidence}
  umask 077
  work=$(mktemp -d)
  trap 'rm -rf -- "$work"' EXIT
  mkdir -p -- "$EVIDENCE"
  export FLY_API_TOKEN FLY_NO_UPDATE_CHECK=1 NO_COLOR=1
}

# The releases of the app that ended well, newest first, one image a line. Fly numbers them; one image may stand there more than once.
images() {
  flyctl releases --app "$app" --json >"$work/releases.json" 2>"$work/problem" || return 1
  jq --raw-output '[(. // [])[] | select(.Status == "complete" and (.ImageRef // "") != "")] | sort_by(-.Version)[].ImageRef' \
    "$work/releases.json" >"$work/images" 2>"$work/problem"
}
# The commit that an image was built from: deployments label it so. Nothing for an image that somebody built by hand.
commit_of() {
  local label=${1##*:}
  if [[ $label =~ ^[0-9a-f]{40}$ ]]; then printf '%s\n' "$label"; fi
}

readonly VERSION_FORM='^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-(alpha|beta)(\.(0|[1-9][0-9]*))?|-rc\.(0|[1-9][0-9]*))?$'

# One question to the health check; COMMIT must be what answers, if the service says so.
healthy() {
  local commit=$1 code answers
  code=$(curl --silent --max-time 10 --header 'Cache-Control: no-cache' --output "$work/health" --write-out '%{http_code}' -- "$URL$HEALTH_PATH" || true)
  reason="$URL$HEALTH_PATH answers $code"
  [[ $code == 200 ]] || return 1
  [[ -n $COMMIT_FIELD && -n $commit ]] || return 0
  answers=$(jq --raw-output --arg field "$COMMIT_FIELD" '.[$field] | strings' "$work/health" 2>/dev/null || true)
  reason="$URL$HEALTH_PATH answers 200, but not as $commit"
  [[ $answers =~ ^[0-9a-f]{7,40}$ && $commit == "$answers"* ]]
}

# well COMMIT: asked a few times, for a Machine that sleeps must start first; why not in reason.
well() {
  local attempt
  for ((attempt = 1; attempt <= HEALTH_ATTEMPTS; attempt++)); do
    if healthy "$1"; then return 0; fi
    say "  $reason ($attempt of $HEALTH_ATTEMPTS)"
    ((attempt == HEALTH_ATTEMPTS)) || sleep "$HEALTH_EVERY_SECONDS"
  done
  return 1
}

STAGE=
to=
version=
confirmed=
while (($# > 0)); do
  case $1 in
    --stage | --to | --image | --confirm)
      [[ -n ${2:-} ]] || die "$1 wants a value; see $0 --help"
      case $1 in
        --stage) STAGE=$2 ;;
        --to) version=${2#v} ;;
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
[[ -n $STAGE ]] || die "no stage; expected --stage and one of ${!APPS[*]}"
[[ -n $to$version ]] || die "nowhere to go back to; expected --previous, --to <version> or --image <image>"
[[ -z $to || -z $version ]] || die "two places to go back to; expected one of --previous, --to and --image"
SOURCE=$(cd -- "${SOURCE:-.}" && pwd)
clone=$SOURCE
commit=
prepare

# Nobody must overlook it: the stage may be broken now.
failed() {
  note failed "$*"
  [[ -z ${GITHUB_ACTIONS:-} ]] || printf '::error title=ROLLBACK FAILED in %s::%s\n' "$STAGE" "$*"
  die "ROLLBACK FAILED in $STAGE: $*. By hand: flyctl releases --app $app --image; flyctl deploy --app $app --config ${CONFIGS[$STAGE]} --image <the last good one>"
}

# The record: what was, what came in its place, who asked for it, and what came of it.
note() {
  jq --null-input --arg stage "$STAGE" --arg app "$app" --arg from "${running:-}" --arg to "$to" --arg result "$1" --arg detail "$2" \
    --arg by "${GITHUB_ACTOR:-$(id -un)}" --arg at "$(date -u +%Y-%m-%dT%H:%M:%SZ)" \
    '{$at, $by, $stage, $app, $from, $to, $result, $detail}' >"$EVIDENCE/rollback-$STAGE.json"
  printf '### Rollback of %s: %s\n\n%s\n' "$STAGE" "$1" "$2" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
  outlast "$1" || say "The record is in $EVIDENCE/rollback-$STAGE.json only: GitHub did not take it: $(refusal)"
}

# GitHub's list of deployments outlasts this machine; a run of the workflow has its entry there already.
outlast() {
  local id state=failure
  [[ -z ${GITHUB_ACTIONS:-} && -n $commit ]] || return 0
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
  [[ $(<"$work/version/SHA256SUMS") =~ ^[0-9a-f]{64}\ \ (.*)$ && ${BASH_REMATCH[1]} == "$file" ]] ||
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
  [[ -n $to ]] || die "$app has no release before ${running:-the first}: nothing was changed"
else
  grep -qxF -- "$to" "$work/images" || die "$to is no image of a release of $app that ended well; expected one of: $(sort -u "$work/images" | tr '\n' ' ')"
fi

if [[ $STAGE == "$LAST_STAGE" && $confirmed != "$app" ]]; then
  [[ -z $confirmed ]] || die "--confirm $confirmed is not the name of the app; expected $app"
  [[ -t 0 ]] || die "$STAGE goes back only when it is confirmed; expected --confirm $app"
  printf '%s: from %s\n  back to %s\nType the name of the app to go on: ' "$app" "${running:-nothing}" "$to"
  read -r confirmed
  [[ $confirmed == "$app" ]] || die "not confirmed: nothing was changed"
fi

say "$STAGE goes back to $to"
[[ -n $version ]] || commit=$(commit_of "$to")
# An image goes with the settings it was released with, if this clone knows them.
if [[ -n $version ]]; then SOURCE=$work/source; fi
settings=$SOURCE/${CONFIGS[$STAGE]}
if [[ -z $version && -n $commit ]] && git -C "$SOURCE" show "$commit:${CONFIGS[$STAGE]}" >"$work/settings.toml" 2>/dev/null; then
  settings=$work/settings.toml
elif [[ -f $settings ]]; then
  [[ -n $version ]] || say "The settings of ${commit:-its commit} are not known here; it goes back with those of this working copy"
else
  failed "there is no ${CONFIGS[$STAGE]} in ${version:-$SOURCE}; run this in a clone of the repository, and name a version that was deployed from it"
fi
how=(--image "$to")
if [[ $from_source == yes ]]; then how=(--remote-only --image-label "$commit" --label "org.opencontainers.image.revision=$commit"); fi
deploy "$settings" "$commit" "${how[@]}" || failed "the deployment of $to failed"
well "$commit" || failed "$to runs, and is not well: $reason"
note back "$to runs again, and is well."
say "✓ $to runs again in $STAGE, and is well at $URL. Migrations stay applied: they expand before they contract."
[[ -z ${GITHUB_ACTIONS:-} ]] || printf '::error::rolled back: %s runs again in %s\n' "$to" "$STAGE"
