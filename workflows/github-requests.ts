/**
 * GitHub's API with curl, whose addresses the environment names; a token stands in a file, for what stands in an argument every process can read.
 * A script writes one header a login into `work`.
 */
export const GITHUB_REQUESTS = String.raw`
: "$\{GITHUB_REPOSITORY:?set it to owner/name}" "$\{GH_TOKEN:?set it to the token of the run}"
API=$\{GITHUB_API_URL:-https://api.github.com}
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
`;
