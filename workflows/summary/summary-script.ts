import type { Service } from "../../declaration/service";
import { ciWorkflow } from "../ci/ci-workflow";
import { GITHUB_REQUESTS } from "../github-requests";
import { JOB_MESSAGES } from "../job-messages";
import type { RenderedFile } from "../rendered-file";
import { shellScript } from "../shell-script";
import { keptReports, MOST_ZIP } from "./kept-reports";
import { SUMMARY_MARKER, SUMMARY_SCRIPT, SUMMARY_TOOL } from "./names";

/**
 * A fork's run names no pull request, so it is found by owner and branch, and must still have the run's commit as its newest: what an older run
 * has to say is nobody's business any more. https://docs.github.com/en/rest/pulls/pulls#list-pull-requests
 */
const WHICH = String.raw`
PAUSE=$\{PAUSE_SECONDS:-5}
[[ $\{RUN_ID:-} =~ ^[1-9][0-9]{0,18}$ ]] || die "RUN_ID is $(printf '%q' "$\{RUN_ID:-}"); expected the number of a run; the workflow sets it"

# asked FILE PATH WHAT: what GitHub says, in a file.
asked() {
  github run "$1" "repos/$GITHUB_REPOSITORY/$2" --retry-all-errors || die "$3 can't be read (HTTP $status, $(said "$1")); the comment is as it was"
}

no_answer() { die "GitHub's answer is no $1; the comment is as it was"; }

# Ends the script when there is nothing to say. Leaves the run whose results count (in ci-run too), the pull request's number and its newest commit.
find_run_and_pull_request() {
  local head branch status_of_run
  asked started "actions/runs/$RUN_ID?exclude_pull_requests=true" "run $RUN_ID"
  jq '{id, path, event, status, conclusion, run_number, run_attempt, html_url, head_sha, head_branch, head_repository}' "$work/started" >"$work/ci-run" || no_answer run
  jq --raw-output --arg path ".github/workflows/$CI" '
    select(.event == "pull_request" and (.path | split("@")[0]) == $path and .head_repository != null)
    | [("\(.head_repository.owner.login):\(.head_branch)" | @uri), (.head_branch | @uri), .head_sha] | @tsv' "$work/ci-run" >"$work/head" || no_answer run
  IFS=$'\t' read -r head branch commit <"$work/head" || true
  if [[ -z $commit ]]; then
    say "run $RUN_ID is none of $CI for a pull request; nothing to say"
    exit 0
  fi
  [[ $commit =~ ^[0-9a-f]{40}$ ]] || no_answer run

  asked pulls "pulls?state=open&base=main&head=$head&per_page=100" "the pull requests of its branch"
  number=$(jq --raw-output --slurpfile run "$work/ci-run" '
    [.[] | select(.head.sha == $run[0].head_sha and .head.repo.id == $run[0].head_repository.id and .base.ref == "main")]
    | max_by(.number).number // empty' "$work/pulls") || no_answer "list of pull requests"
  if [[ -z $number ]]; then
    say "no open pull request has $\{commit:0:7}, the commit of this run, as its newest; nothing to say"
    exit 0
  fi

  asked runs "actions/workflows/$CI/runs?event=pull_request&branch=$branch&head_sha=$commit&exclude_pull_requests=true&per_page=100" "the runs of $CI"
  jq --slurpfile run "$work/ci-run" '
    [$run[0], (.workflow_runs[] | select(.id != $run[0].id and .head_repository.id == $run[0].head_repository.id and .head_sha == $run[0].head_sha))]
    | max_by(.run_number)' "$work/runs" >"$work/newest" || no_answer "list of runs"
  mv "$work/newest" "$work/ci-run"
  jq --raw-output '[.id, .status] | @tsv' "$work/ci-run" >"$work/head" || no_answer "list of runs"
  IFS=$'\t' read -r run status_of_run <"$work/head"
  if [[ $status_of_run != completed ]]; then
    say "a newer run on $\{commit:0:7} is under way, and will say how it ended"
    exit 0
  fi
}
`;

const FETCH = String.raw`
# pages PATH SIZE MOST LENGTH WHAT: so many pages at most, each in a file; LENGTH is what the list is called in jq. Leaves their files' names in pages.
pages() {
  local page length
  pages=()
  for ((page = 1; page <= $3; page++)); do
    asked "page-$page" "$1per_page=$2&page=$page" "the $5"
    pages+=("$work/page-$page")
    length=$(jq "$4 | if type == \"array\" then length else error(\"no list\") end" "$work/page-$page") || no_answer "list of $5"
    if ((length < $2)); then break; fi
  done
}

# Jobs, and the artifacts of the newest attempt that have the names that the declaration knows.
fetch_results() {
  local id name
  pages "actions/runs/$run/jobs?filter=latest&" 100 10 .jobs jobs
  jq --slurp 'map(.jobs[] | {name, conclusion, html_url: (.html_url // "")})' "$\{pages[@]}" >"$work/jobs" || no_answer "list of jobs"
  pages "actions/runs/$run/artifacts?direction=desc&" 100 10 .artifacts artifacts
  jq --slurp --arg sbom "$SBOM" '
    [.[].artifacts[] | select(.expired == false) | {name, id, size: .size_in_bytes, expires: .expires_at}] as $all
    | [$ARGS.positional[] as $beginning
        | [$all[] | select(.name | startswith($beginning)) | . + {attempt: .name[($beginning | length):]} | select(.attempt | test("^[1-9][0-9]{0,5}$"))]
        | max_by(.attempt | tonumber) | select(. != null) | {key: $beginning, value: .}]
      + [first($all[] | select(.name == $sbom)) | {key: $sbom, value: .}]
    | from_entries' "$\{pages[@]}" --args "$\{REPORTS[@]}" >"$work/kept" || no_answer "list of artifacts"
  while IFS=$'\t' read -r name id; do
    if ! github run "zip-$name" "repos/$GITHUB_REPOSITORY/actions/artifacts/$id/zip"; then
      say "::warning::the artifact $name… can't be fetched (HTTP $status, $(said "zip-$name"))"
      rm -f -- "$work/zip-$name"
    fi
  done < <(jq --raw-output --arg sbom "$SBOM" --argjson most "$MOST_ZIP" \
    'to_entries[] | select(.key != $sbom and .value.size <= $most) | [.key, .value.id] | @tsv' "$work/kept")
}
`;

/** Twenty comments a page: a hundred of the longest would be more than a page may have here. An issue has 2,500 comments at most. */
const COMMENT = String.raw`
# What there is to do for the comments that are this workflow's, by their first line and by who wrote them: nobody else's is ever touched.
what_to_do() {
  pages "issues/$number/comments?" 20 200 . comments
  jq --slurp --raw-output --arg marker "$MARKER" --rawfile body "$work/body" '
    [.[][] | select(.user.login == "github-actions[bot]" and .user.type == "Bot" and ((.body // "") | startswith($marker)))] | sort_by(.id)
    | if length == 0 then "make 0" elif .[0].body != $body then "update \(.[0].id)" elif length > 1 then "remove \(.[-1].id)" else "nothing 0" end' \
    "$\{pages[@]}" >"$work/to-do" || no_answer "list of comments"
}

# sent METHOD PATH [OPTION…]: a change. It may have been made though it looks failed, so it is not made again before another look.
sent() {
  if github run answer "repos/$GITHUB_REPOSITORY/$2" --retry 0 --request "$1" "$\{@:3}"; then return 0; fi
  [[ $status == 429 || $status == 5* || $status == 000 || $status == 404 || ($status == 403 && $(said answer) == *"rate limit"*) ]] ||
    die "the comment can't be kept (HTTP $status, $(said answer))"
  say "HTTP $status for $1 of the comment: $(said answer)"
  sleep $((PAUSE * try))
  return 1
}

keep_comment() {
  local try to_do id written=no
  local body=(--header 'Content-Type: application/json' --data-binary "@$work/request")
  jq --null-input --rawfile body "$work/body" '{body: $body}' >"$work/request"
  for ((try = 1; try <= 5; try++)); do
    asked pull "pulls/$number" "pull request $number"
    if ! jq --exit-status --arg commit "$commit" '.state == "open" and .head.sha == $commit' "$work/pull" >/dev/null; then
      say "pull request #$number has moved on; its comment is left to the newer run"
      return 0
    fi
    what_to_do
    read -r to_do id <"$work/to-do"
    # GitHub may list what was just written a moment later.
    if [[ $written == yes && $to_do != remove ]]; then to_do=nothing; fi
    case $to_do in
      make) if sent POST "issues/$number/comments" "$\{body[@]}"; then written=yes; fi ;;
      update) if sent PATCH "issues/comments/$id" "$\{body[@]}"; then written=yes; fi ;;
      # Two runs at once made one each.
      remove) sent DELETE "issues/comments/$id" || true ;;
      nothing)
        say "✓ the comment on pull request #$number says how $CI ended on $\{commit:0:7}"
        return 0
        ;;
    esac
  done
  die "the comment can't be kept (HTTP $status, $(said answer)); run this again"
}

find_run_and_pull_request
fetch_results
python3 "$TOOL" "$work" >"$work/body" || die "the comment can't be written; it is as it was"
keep_comment
`;

/** `scripts/pr-summary.sh`: how the newest run of CI on a pull request ended, in one comment there. */
export function summaryScript(service: Pick<Service, "name" | "ci" | "settings">): RenderedFile {
  const { tests, lane, sbom } = keptReports(service);
  return shellScript({
    service: service.name,
    path: SUMMARY_SCRIPT,
    about: [
      "Keeps one comment on a pull request that says how CI ended on its newest commit: made once, then updated. Run twice it writes nothing new.",
      "Reads RUN_ID (a run of CI that has ended), GITHUB_REPOSITORY and GH_TOKEN (actions: read, pull-requests: write).",
      "",
      "jq has variables of its own, which look like the shell's.",
      "shellcheck disable=SC2016",
    ],
    constants: {
      CI: ciWorkflow(service).file,
      TOOL: SUMMARY_TOOL,
      MARKER: SUMMARY_MARKER,
      SBOM: sbom ?? "",
      REPORTS: [...tests.flatMap(([, artifacts]) => artifacts), ...(lane === undefined ? [] : [lane.artifact])],
      MOST_ZIP,
    },
    parts: [JOB_MESSAGES, GITHUB_REQUESTS, WHICH, FETCH, COMMENT],
  });
}
