/**
 * Files of a pull request as objects of this repository, without its branch: what GitHub's API says is taken only where it has the id that Git
 * computes of it. https://docs.github.com/en/rest/git/trees
 */
export const PULL_REQUEST_FILES = String.raw`
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
    part=$\{rest%%/*} mode='' id=''
    read_tree "$tree" '' || return 2
    IFS=$'\t' read -r mode id < <(jq --raw-output --arg name "$part" '.tree[] | select(.path == $name) | [.mode, .sha] | @tsv' "$work/tree") || true
    if [[ -z $id || $rest != */* ]]; then return 0; fi
    if [[ $mode != 040000 ]]; then
      id=
      return 0
    fi
    tree=$id rest=$\{rest#*/}
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
  for document in "$\{DOCUMENTS[@]}"; do
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
      git rm -r -f --cached --quiet --ignore-unmatch -- "$DIRECTORY" "$\{DOCUMENTS[@]}" &&
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
`;
