/** Stands in for gh: keeps releases as directories below `$FAKE/releases`, and writes down its calls. */
export const FAKE_GH = `#!/usr/bin/env bash
set -euo pipefail
printf 'gh %s\\n' "$*" >>"$FAKE/calls"
mkdir -p "$FAKE/github"
case "$1 $2" in
  "release view") [[ -d $FAKE/github/$3 ]] ;;
  "release create")
    tag=$3
    mkdir "$FAKE/github/$tag"
    shift 3
    while (($# > 0)); do
      case $1 in
        --notes-file) cp "$2" "$FAKE/github/$tag/notes"; shift ;;
        --title) shift ;;
        --*) ;;
        *) cp "$1" "$FAKE/github/$tag/" ;;
      esac
      shift
    done ;;
  "release download")
    [[ -d $FAKE/github/$3 ]] || { echo "release not found" >&2; exit 1; }
    cp "$FAKE/github/$3"/* "$5" ;;
  "release list") ls "$FAKE/github" ;;
  "release delete") rm -r "$FAKE/github/$3" ;;
  "api --method")
    [[ ! -f $FAKE/fail-api ]] || { cat "$FAKE/fail-api" >&2; exit 1; }
    if [[ $4 == */deployments ]]; then cp "$6" "$FAKE/deployment"; echo 42; fi ;;
esac
`;
