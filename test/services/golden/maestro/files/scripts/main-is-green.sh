#!/usr/bin/env bash
# Made by Gatehouse from services/maestro.ts; do not edit.
# Make it again: npx gatehouse files maestro
#
# Asks GitHub whether main is red, and brings label and check of all open pull requests in line. Run twice it changes nothing the second time.
# Reads GITHUB_REPOSITORY and GH_TOKEN (actions: read, contents: read, pull-requests: write, statuses: write).
#
# jq and GraphQL have variables of their own, which look like the shell's.
# shellcheck disable=SC2016
set -euo pipefail

readonly CI=pr.yml
readonly CHECK=main-is-green
readonly FROZEN=freeze/main-red
readonly REPAIR=fix/main
readonly QUERY='query($owner: String!, $name: String!, $check: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequests(states: OPEN, baseRefName: "main", first: 100, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number
        headRefOid
        labels(first: 100) { nodes { name } }
        timelineItems(last: 100, itemTypes: [LABELED_EVENT]) { nodes { ... on LabeledEvent { label { name } actor { login } } } }
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

# look_at_main: into a file, green, red or none (no run has come to a verdict yet), the commit and the address of its run.
look_at_main() {
  github run runs "repos/$GITHUB_REPOSITORY/actions/workflows/$CI/runs?branch=main&event=push&status=completed&per_page=50" ||
    die "the runs of $CI can't be read (HTTP $status, $(said runs)); nothing was changed"
  jq --raw-output '
    [.workflow_runs[] | select(.head_branch == "main" and .event == "push")
      | select(.conclusion | IN("success", "failure", "timed_out", "startup_failure"))]
    | max_by(.run_number)
    | if . == null then ["none", "-", ""] else [if .conclusion == "success" then "green" else "red" end, .head_sha[:7], .html_url] end
    | @tsv' "$work/runs" >"$work/main" || die "GitHub's answer is no list of runs; nothing was changed"
}

# pull_requests: a line each: number, commit, whether it has each of the labels, who set the label of the repair last, what its status says.
pull_requests() {
  local after=null page
  : >"$work/pulls"
  for ((page = 0; page < 20; page++)); do
    jq --null-input --arg query "$QUERY" --arg repository "$GITHUB_REPOSITORY" --arg check "$CHECK" --argjson after "$after" \
      '{query: $query, variables: {owner: ($repository | split("/")[0]), name: ($repository | split("/")[1]), check: $check, after: $after}}' >"$work/request"
    github run page graphql --header 'Content-Type: application/json' --data-binary "@$work/request" ||
      die "the pull requests can't be read (HTTP $status, $(said page)); nothing was changed"
    jq --raw-output --arg frozen "$FROZEN" --arg repair "$REPAIR" '
      if .errors then error("errors") else .data.repository.pullRequests.nodes[] end
      | [.labels.nodes[].name] as $labels
      | (.commits.nodes[0].commit.status.context // {}) as $status
      | [.number, .headRefOid, ($labels | index([$frozen]) != null), ($labels | index([$repair]) != null),
          ([.timelineItems.nodes[] | select(.label.name == $repair)] | last | .actor.login // "-"),
          ($status.state // "-"), ($status.description // "-")]
      | @tsv' "$work/page" >>"$work/pulls" ||
      die "GitHub's answer is no list of pull requests; nothing was changed"
    [[ $(jq .data.repository.pullRequests.pageInfo.hasNextPage "$work/page") == true ]] || return 0
    after=$(jq .data.repository.pullRequests.pageInfo.endCursor "$work/page")
  done
  say "::warning::there are more than 2000 open pull requests; the oldest are left as they are"
}

failures=0
# written PATH [OPTION…]: a change, again after a pause when there were too many. What fails is counted: the next run tries again.
written() {
  local try
  for ((try = 1; try <= 4; try++)); do
    sleep "$PAUSE"
    if github run answer "repos/$GITHUB_REPOSITORY/$1" "${@:2}"; then return 0; fi
    if [[ $status != 429 && ! ($status == 403 && $(said answer) == *"rate limit"*) ]]; then break; fi
    say "GitHub asks for a pause"
    sleep $((PAUSE * 60))
  done
  say "::warning::HTTP $status for $1: $(said answer)"
  failures=$((failures + 1))
}

set_status() {
  jq --null-input --arg state "$2" --arg context "$CHECK" --arg description "$3" --arg url "$4" \
    '{state: $state, context: $context, description: $description} + if $url == "" then {} else {target_url: $url} end' >"$work/request"
  written "statuses/$1" --header 'Content-Type: application/json' --data-binary "@$work/request"
}

add_label() {
  jq --null-input --arg name "$2" '{labels: [$name]}' >"$work/request"
  written "issues/$1/labels" --header 'Content-Type: application/json' --data-binary "@$work/request"
}

remove_label() { written "issues/$1/labels/$(jq --null-input --raw-output --arg name "$2" '$name | @uri')" --request DELETE; }

PAUSE=${PAUSE_SECONDS:-1}
declare -A may_repair=()
# may LOGIN: whether somebody may maintain the repository, and so say what repairs main.
may() {
  [[ $1 =~ ^[A-Za-z0-9-]+$ ]] || return 1
  if [[ -z ${may_repair[$1]:-} ]]; then
    may_repair[$1]=no
    if github run permission "repos/$GITHUB_REPOSITORY/collaborators/$1/permission"; then
      ! jq --exit-status '.role_name == "maintain" or .permission == "admin"' "$work/permission" >/dev/null || may_repair[$1]=yes
    elif [[ $status != 404 ]]; then
      die "what $1 may do can't be read (HTTP $status, $(said permission)); nothing was changed"
    fi
  fi
  [[ ${may_repair[$1]} == yes ]]
}

look_at_main
IFS=$'\t' read -r state commit url <"$work/main"
[[ $url == https://* ]] || url=
pull_requests
: >"$work/wanted"
while IFS=$'\t' read -r number sha frozen repair who was said_before; do
  freeze=no
  result=success
  description="main is green"
  if [[ $state == none ]]; then description="main has no result yet"; fi
  if [[ $state == red ]]; then
    if [[ $repair == true ]] && may "$who"; then
      description="repairs main, says $who"
    else
      freeze=yes
      result=failure
      description="main is red; nothing is merged but its repair (label $REPAIR)"
    fi
  fi
  same=no
  [[ ${was,,} != "$result" || $said_before != "$description" ]] || same=yes
  printf '%s\t' "$number" "$sha" "$frozen" "$repair" "$freeze" "$result" "$same" >>"$work/wanted"
  printf '%s\n' "$description" >>"$work/wanted"
done <"$work/pulls"

case $state in
  red) say "main is red since $commit: $url" ;;
  green) say "main is green at $commit" ;;
  none) say "no run of $CI on main has come to a verdict yet" ;;
esac
# What stops merging first, then what people see.
while IFS=$'\t' read -r number sha _ _ _ result same description; do
  [[ $same == no ]] || continue
  say "- #$number: $description"
  set_status "$sha" "$result" "$description" "$url"
done <"$work/wanted"
while IFS=$'\t' read -r number _ frozen repair freeze _; do
  if [[ $freeze == yes && $frozen == false ]]; then add_label "$number" "$FROZEN"; fi
  if [[ $freeze == no && $frozen == true ]]; then remove_label "$number" "$FROZEN"; fi
  # The next red main is another one.
  if [[ $state == green && $repair == true ]]; then remove_label "$number" "$REPAIR"; fi
done <"$work/wanted"
((failures == 0)) || die "$failures change(s) were not taken; the next run tries again"
say "✓ $(wc -l <"$work/wanted" | tr -d ' ') open pull request(s) say so"
