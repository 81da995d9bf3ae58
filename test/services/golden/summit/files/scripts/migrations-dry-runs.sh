#!/usr/bin/env bash
# Made by Gatehouse from services/summit.ts; do not edit.
# Make it again: npx gatehouse files summit
#
# Looks at all open pull requests (--look): those without migrations get their check at once, those with some are named in the output
# "waiting" of the job; then (--try) has those of WAITING run on the clone of CLONE_URL. Of a pull request it takes files, as data, by GitHub's
# API: nothing of it is checked out, and nothing of it is run but SQL, by the other script. COMMIT names one to look at, whatever was said of it.
# Reads GITHUB_REPOSITORY, GITHUB_OUTPUT and GH_TOKEN (contents: read, pull-requests: read, statuses: write).
#
# jq and GraphQL have variables of their own, which look like the shell's.
# shellcheck disable=SC2016
set -euo pipefail

readonly CHECK=migrations-dry-run
readonly DIRECTORY=db/migrations
readonly DOCUMENTS=(migrations-plan.md migrations-rollback.md)
readonly DRY_RUN=scripts/dry-run-migrations.sh
readonly MOST_FILES=2000
readonly MOST_BYTES=1000000
readonly QUERY='query($owner: String!, $name: String!, $check: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequests(states: OPEN, baseRefName: "main", first: 100, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number
        headRefOid
        isCrossRepository
        commits(last: 1) { nodes { commit { status { context(name: $check) { state description } } } } }
      }
    }
  }
}'

say() { printf '%s\n' "$*"; }
die() {
  printf '::error::%s\n' "$*"
  exit 1
}

: "${GITHUB_REPOSITORY:?set it to owner/name}" "${GH_TOKEN:?set it to the token of the run}"
API=${GITHUB_API_URL:-https://api.github.com}
[[ $API == https://* || $API == http://127.0.0.1:* ]] || die "GITHUB_API_URL must begin with https://"
umask 077
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
printf 'Authorization: Bearer %s\n' "$GH_TOKEN" >"$work/run"

# github LOGIN FILE PATH [OPTION…]: the answer in a file; the status, and whether it is a success. One that was cut or is too long is none: 000.
github() {
  local login=$1 file=$2 path=$3
  shift 3
  rm -f -- "$work/$file"
  status=$(curl --silent --show-error --location --max-time 30 --max-filesize 10000000 --retry 3 \
    --header "@$work/$login" --header 'Accept: application/vnd.github+json' --header 'X-GitHub-Api-Version: 2022-11-28' \
    --output "$work/$file" --write-out '%{http_code}' "$@" -- "$API/$path") || status=000
  [[ $status == 2* ]]
}
said() { jq --raw-output '.message // empty | gsub("[[:cntrl:]]"; " ") | .[:200]' "$work/$1" 2>/dev/null || true; }

# pull_requests: a line each: number, commit, whether it comes from a fork, what its check says.
pull_requests() {
  local after=null page
  : >"$work/pulls"
  for ((page = 0; page < 20; page++)); do
    jq --null-input --arg query "$QUERY" --arg repository "$GITHUB_REPOSITORY" --arg check "$CHECK" --argjson after "$after" \
      '{query: $query, variables: {owner: ($repository | split("/")[0]), name: ($repository | split("/")[1]), check: $check, after: $after}}' >"$work/request"
    github run page graphql --header 'Content-Type: application/json' --data-binary "@$work/request" ||
      die "the pull requests can't be read (HTTP $status, $(said page)); nothing was done"
    jq --raw-output '
      if .errors then error("errors") else .data.repository.pullRequests.nodes[] end
      | (.commits.nodes[0].commit.status.context // {}) as $status
      | [.number, .headRefOid, .isCrossRepository, ($status.state // "-"), ($status.description // "-")]
      | @tsv' "$work/page" >>"$work/pulls" ||
      die "GitHub's answer is no list of pull requests; nothing was done"
    [[ $(jq .data.repository.pullRequests.pageInfo.hasNextPage "$work/page") == true ]] || return 0
    after=$(jq .data.repository.pullRequests.pageInfo.endCursor "$work/page")
  done
  say "::warning::there are more than 2000 open pull requests; the oldest are left as they are"
}

# read_api FILE PATH: or why not, into problem.
read_api() {
  github run "$1" "repos/$GITHUB_REPOSITORY/$2" && return 0
  problem="HTTP $status, $(said "$1")"
  return 2
}

# find_base COMMIT: where it left main, as far as main is checked out here, into base; its tree into root.
find_base() {
  read_api compared "compare/$(git rev-parse HEAD)...$1?per_page=1&page=2" || return 2
  base=$(jq --raw-output .merge_base_commit.sha "$work/compared")
  problem="it left main at a commit that is not here"
  [[ $base =~ ^[0-9a-f]{40}$ ]] || return 2
  git cat-file -e "$base^{commit}" || return 2
  read_api commit "git/commits/$1" || return 2
  root=$(jq --raw-output .tree.sha "$work/commit")
}

# look_up TREE PATH: mode and id of what lies there, into the variables; no id where nothing does.
look_up() {
  local tree=$1 rest=$2 part
  while :; do
    part=${rest%%/*} mode='' id=''
    read_tree "$tree" '' || return 2
    IFS=$'\t' read -r mode id < <(jq --raw-output --arg name "$part" '.tree[] | select(.path == $name) | [.mode, .sha] | @tsv' "$work/tree") || true
    if [[ -z $id || $rest != */* ]]; then return 0; fi
    if [[ $mode != 040000 ]]; then
      id=
      return 0
    fi
    tree=$id rest=${rest#*/}
  done
}

# read_tree TREE QUERY
read_tree() {
  [[ $1 =~ ^[0-9a-f]{40}$ ]] || {
    problem="GitHub names no tree"
    return 2
  }
  read_api tree "git/trees/$1$2" || return 2
  [[ $(jq .truncated "$work/tree") == false ]] && return 0
  problem="it has more files than GitHub lists"
  return 2
}

# touches COMMIT: whether it changes the migrations, into touched.
touches() {
  find_base "$1" || return 2
  look_up "$root" "$DIRECTORY" || return 2
  touched=yes
  [[ $id != "$(git rev-parse --verify --quiet "$base:$DIRECTORY" || true)" ]] || touched=no
}

# bring COMMIT: a tree like that of base, with the migrations and documents of the pull request, into tree. 1 when those can't be taken.
bring() {
  local document size path type
  find_base "$1" || return 2
  : >"$work/entries"
  for document in "${DOCUMENTS[@]}"; do
    look_up "$root" "$document" || return 2
    [[ -z $id ]] || printf '%s\t%s\tblob\t%s\t0\n' "$document" "$mode" "$id" >>"$work/entries"
  done
  look_up "$root" "$DIRECTORY" || return 2
  if [[ $mode == 040000 ]]; then
    read_tree "$id" '?recursive=1' || return 2
    jq --raw-output --arg directory "$DIRECTORY" \
      '.tree[] | select(.type != "tree") | [$directory + "/" + .path, .mode, .type, .sha, (.size // 0)] | @tsv' "$work/tree" >>"$work/entries"
  fi
  if (($(wc -l <"$work/entries") > MOST_FILES)); then
    problem="more than $MOST_FILES files in $DIRECTORY"
    return 1
  fi
  : >"$work/index.list"
  while IFS=$'\t' read -r path mode type id size; do
    problem="a file in $DIRECTORY has a name or a kind that no migration has, or more than $MOST_BYTES bytes"
    [[ $path =~ ^[A-Za-z0-9_][A-Za-z0-9_./-]{0,250}$ && $type == blob && $mode =~ ^1[0-9]{5}$ && $id =~ ^[0-9a-f]{40}$ ]] || return 1
    ((size <= MOST_BYTES)) || return 1
    bring_blob "$id" || return "$?"
    printf '%s %s\t%s\n' "$mode" "$id" "$path" >>"$work/index.list"
  done <"$work/entries"
  problem="Git does not take its files"
  (
    export GIT_INDEX_FILE="$work/index"
    rm -f "$work/index" && git read-tree "$base" &&
      git rm -r -f --cached --quiet --ignore-unmatch -- "$DIRECTORY" "${DOCUMENTS[@]}" &&
      git update-index --index-info <"$work/index.list" && git write-tree >"$work/written"
  ) || return 2
  tree=$(<"$work/written")
}

bring_blob() {
  ! git cat-file -e "$1" 2>/dev/null || return 0
  read_api blob "git/blobs/$1" || return 2
  ((10#0$(jq --raw-output '.size // 0' "$work/blob") <= MOST_BYTES)) || return 1
  jq --raw-output .content "$work/blob" | base64 --decode >"$work/content" || return 2
  [[ $(git hash-object -w --stdin <"$work/content") == "$1" ]] && return 0
  problem="a file is not what its id says"
  return 2
}

failures=0
fail() {
  say "::warning::#$number: $1"
  failures=$((failures + 1))
}

# set_status COMMIT STATE DESCRIPTION: the link leads to this run.
set_status() {
  say "- #$number: $3"
  jq --null-input --arg state "$2" --arg context "$CHECK" --arg description "$3" \
    --arg url "${GITHUB_SERVER_URL:-https://github.com}/$GITHUB_REPOSITORY/actions/runs/${GITHUB_RUN_ID:-0}" \
    '{state: $state, context: $context, description: $description[:140], target_url: $url}' >"$work/request"
  sleep "$PAUSE"
  github run answer "repos/$GITHUB_REPOSITORY/statuses/$1" --header 'Content-Type: application/json' --data-binary "@$work/request" ||
    fail "its check can't be set (HTTP $status, $(said answer)); the next run tries again"
}

# What has a verdict keeps it: a commit does not change, and whoever wants another run names the commit.
look() {
  local wanted=${COMMIT:-} found=no number sha fork state was description result
  [[ -z $wanted || $wanted =~ ^[0-9a-f]{40}$ ]] || die "$wanted is no commit; write its 40 hexadecimal digits"
  to_try=()
  pull_requests
  while IFS=$'\t' read -r number sha fork state was; do
    [[ $sha =~ ^[0-9a-f]{40}$ && $number =~ ^[0-9]+$ ]] || die "GitHub names no commit of a pull request"
    if [[ $sha == "$wanted" ]]; then
      found=yes
    elif [[ -n $wanted || $state == SUCCESS || $state == FAILURE ]]; then
      continue
    fi
    if ! touches "$sha"; then
      fail "what it changes can't be read ($problem); the next run tries again"
      continue
    fi
    result=pending
    if [[ $touched == no ]]; then
      result=success
      description="it touches no migration"
    elif [[ $fork == true && $sha != "$wanted" ]]; then
      description="from a fork: whoever may start workflows reads it and has it tried (docs/migrations-dry-run.md)"
    else
      description="waits for its dry run"
      to_try+=("$number:$sha:$state")
      # It is still said until there is another word; GitHub takes a thousand for a commit.
      [[ $state != ERROR ]] || continue
    fi
    [[ ${state,,} == "$result" && $was == "$description" ]] || set_status "$sha" "$result" "$description"
  done <"$work/pulls"
  [[ -z $wanted || $found == yes ]] || die "no open pull request has the commit $wanted"
  printf 'waiting=%s\n' "${to_try[*]}" >>"$GITHUB_OUTPUT"
  ((failures == 0)) || die "$failures pull request(s) could not be looked at"
  say "✓ $(wc -l <"$work/pulls" | tr -d ' ') open pull request(s), ${#to_try[@]} to try"
}

# The script that runs SQL has the clone's address and no token; what speaks to GitHub has the token and never the address.
try_all() {
  local clone=${CLONE_URL:?set it to the URL of the clone} pull number sha state code reason
  unset CLONE_URL
  for pull in $WAITING; do
    IFS=: read -r number sha state <<<"$pull"
    [[ $number =~ ^[0-9]+$ && $sha =~ ^[0-9a-f]{40}$ ]] || die "$pull is no pull request and its commit"
    say "#$number at $sha"
    code=0
    bring "$sha" || code=$?
    if ((code == 1)); then
      set_status "$sha" failure "$problem"
      continue
    elif ((code != 0)); then
      fail "its files can't be read ($problem)"
      [[ $state == ERROR ]] || set_status "$sha" error "its files can't be read; the next run tries again"
      continue
    fi
    env -u GH_TOKEN CLONE_URL="$clone" "$DRY_RUN" "$base" "$tree" >"$work/tried" 2>&1 || code=$?
    cat "$work/tried"
    case $code in
      0) set_status "$sha" success "ran on a copy of the clone: there, back, and there again" ;;
      1)
        reason=$(sed -n 's/^✗ //p' "$work/tried" | head -n 1)
        set_status "$sha" failure "${reason:-it failed; the run says how}"
        ;;
      *)
        fail "the clone could not be used"
        [[ $state == ERROR ]] || set_status "$sha" error "the clone could not be used; the next run tries again"
        ;;
    esac
  done
  ((failures == 0)) || die "$failures pull request(s) could not be tried"
}

PAUSE=${PAUSE_SECONDS:-1}
case ${1:-} in
  --look) look ;;
  --try) try_all ;;
  *) die "say --look or --try" ;;
esac
