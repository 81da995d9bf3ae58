/** The pull request, its one comment, and its app. */
export const PREVIEW_FUNCTIONS = String.raw`
# The state of pull request NUMBER, and its newest commit, in state and newest.
look_at() {
  github run pull "repos/$GITHUB_REPOSITORY/pulls/$1" || return 1
  state=$(jq --raw-output .state "$work/pull")
  newest=$(jq --raw-output .head.sha "$work/pull")
  from=$(jq --raw-output '.head.repo.full_name // ""' "$work/pull")
}

# comment NUMBER FILE [ONLY]: keeps the one comment; with ONLY it is changed where there is one, and none is made.
comment() {
  local number=$1 file=$2 page id=
  for ((page = 1; page <= 10; page++)); do
    github run comments "repos/$GITHUB_REPOSITORY/issues/$number/comments?per_page=100&page=$page" || return 1
    id=$(jq --raw-output --arg marker "$MARKER" \
      '[.[] | select(.user.type == "Bot" and ((.body // "") | startswith($marker)))][0].id // empty' "$work/comments") || return 1
    [[ -z $id && $(jq length "$work/comments") == 100 ]] || break
  done
  jq --null-input --rawfile body "$file" '{$body}' >"$work/request"
  if [[ -n $id ]]; then
    github run answer "repos/$GITHUB_REPOSITORY/issues/comments/$id" --request PATCH --header 'Content-Type: application/json' --data-binary "@$work/request"
  elif [[ -z $\{3:-} ]]; then
    github run answer "repos/$GITHUB_REPOSITORY/issues/$number/comments" --header 'Content-Type: application/json' --data-binary "@$work/request"
  fi
}

# Names of the previews that there are, one a line.
previews() {
  flyctl apps list --org "$ORGANIZATION" --json >"$work/apps.json" 2>"$work/problem" || return 1
  jq --raw-output --arg prefix "$PREFIX" \
    '(. // [])[] | (.Name // .name) | select(startswith($prefix) and (ltrimstr($prefix) | test("^[1-9][0-9]{0,8}$")))' \
    "$work/apps.json" >"$work/previews" 2>"$work/problem"
}

# remove NUMBER WHY: destroys the app, if there is one, and says so on the pull request.
remove() {
  local number=$1 why=$2
  if grep -qxF -- "$PREFIX$number" "$work/previews"; then
    flyctl apps destroy "$PREFIX$number" --yes >/dev/null 2>"$work/problem" || {
      problem="$PREFIX$number could not be destroyed: $(refusal)"
      return 1
    }
    say "$PREFIX$number is destroyed: $why"
  else
    say "there is no $PREFIX$number"
  fi
  printf '%s\n## Preview: removed\n\n%s.\n' "$MARKER" "$why" >"$work/body"
  comment "$number" "$work/body" only || say "::warning::the comment on pull request $number could not be changed (HTTP $status, $(said answer))"
}
`;
