import { MIGRATIONS_DRY_RUN } from "../../declaration/dry-run";
import { GITHUB_REQUESTS } from "../github-requests";
import { JOB_MESSAGES } from "../job-messages";
import type { RenderedFile } from "../rendered-file";
import { shellScript } from "../shell-script";
import type { TriedMigrations } from "./gated-migrations";
import { DRY_RUN_SCRIPT, DRY_RUNS_SCRIPT } from "./names";
import { PULL_REQUEST_FILES } from "./pull-request-files";

/** https://docs.github.com/en/graphql/reference/objects#pullrequest */
const QUERY = `query($owner: String!, $name: String!, $check: String!, $after: String) {
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
}`;

const PULL_REQUESTS = String.raw`
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
`;

const STATUS = String.raw`
failures=0
fail() {
  say "::warning::#$number: $1"
  failures=$((failures + 1))
}

# set_status COMMIT STATE DESCRIPTION: the link leads to this run.
set_status() {
  say "- #$number: $3"
  jq --null-input --arg state "$2" --arg context "$CHECK" --arg description "$3" \
    --arg url "$\{GITHUB_SERVER_URL:-https://github.com}/$GITHUB_REPOSITORY/actions/runs/$\{GITHUB_RUN_ID:-0}" \
    '{state: $state, context: $context, description: $description[:140], target_url: $url}' >"$work/request"
  sleep "$PAUSE"
  github run answer "repos/$GITHUB_REPOSITORY/statuses/$1" --header 'Content-Type: application/json' --data-binary "@$work/request" ||
    fail "its check can't be set (HTTP $status, $(said answer)); the next run tries again"
}
`;

const LOOK = String.raw`
# What has a verdict keeps it: a commit does not change, and whoever wants another run names the commit.
look() {
  local wanted=$\{COMMIT:-} found=no number sha fork state was description result
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
    [[ $\{state,,} == "$result" && $was == "$description" ]] || set_status "$sha" "$result" "$description"
  done <"$work/pulls"
  [[ -z $wanted || $found == yes ]] || die "no open pull request has the commit $wanted"
  printf 'waiting=%s\n' "$\{to_try[*]}" >>"$GITHUB_OUTPUT"
  ((failures == 0)) || die "$failures pull request(s) could not be looked at"
  say "✓ $(wc -l <"$work/pulls" | tr -d ' ') open pull request(s), $\{#to_try[@]} to try"
}
`;

const TRY = String.raw`
# The script that runs SQL has the clone's address and no token; what speaks to GitHub has the token and never the address.
try_all() {
  local clone=$\{CLONE_URL:?set it to the URL of the clone} pull number sha state code reason
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
        set_status "$sha" failure "$\{reason:-it failed; the run says how}"
        ;;
      *)
        fail "the clone could not be used"
        [[ $state == ERROR ]] || set_status "$sha" error "the clone could not be used; the next run tries again"
        ;;
    esac
  done
  ((failures == 0)) || die "$failures pull request(s) could not be tried"
}
`;

const MAIN = String.raw`
PAUSE=$\{PAUSE_SECONDS:-1}
case $\{1:-} in
  --look) look ;;
  --try) try_all ;;
  *) die "say --look or --try" ;;
esac
`;

/** `scripts/migrations-dry-runs.sh`: which open pull requests need a dry run; has it done, and sets their check. */
export function dryRunsScript({ name, job }: TriedMigrations): RenderedFile {
  return shellScript({
    service: name,
    path: DRY_RUNS_SCRIPT,
    about: [
      "Looks at all open pull requests (--look): those without migrations get their check at once, those with some are named in the output",
      '"waiting" of the job; then (--try) has those of WAITING run on the clone of CLONE_URL. Of a pull request it takes files, as data, by GitHub\'s',
      "API: nothing of it is checked out, and nothing of it is run but SQL, by the other script. COMMIT names one to look at, whatever was said of it.",
      "Reads GITHUB_REPOSITORY, GITHUB_OUTPUT and GH_TOKEN (contents: read, pull-requests: read, statuses: write).",
      "",
      "jq and GraphQL have variables of their own, which look like the shell's.",
      "shellcheck disable=SC2016",
    ],
    constants: {
      CHECK: MIGRATIONS_DRY_RUN,
      DIRECTORY: job.directory,
      DOCUMENTS: [job.plan, job.rollback],
      DRY_RUN: DRY_RUN_SCRIPT,
      MOST_FILES: 2000,
      MOST_BYTES: 1_000_000,
      QUERY,
    },
    parts: [JOB_MESSAGES, GITHUB_REQUESTS, PULL_REQUESTS, PULL_REQUEST_FILES, STATUS, LOOK, TRY, MAIN],
  });
}
