/**
 * Where backups are kept: the private R2 bucket through its S3 API, or a directory (`BACKUP_TARGET=file:///dir`) for local work and tests.
 * Objects are written once: the bucket's lock rules refuse a second write under the same key.
 */
export const STORE_FUNCTIONS = String.raw`
choose_store() {
  target=$\{BACKUP_TARGET:-s3://$BUCKET}
  case $target in
    file:///*)
      directory=$\{target#file://}
      [[ -d $directory ]] || die "BACKUP_TARGET is $target, and $directory is not a directory; make it first"
      ;;
    s3://*)
      need aws base64 md5sum
      bucket=$\{target#s3://}
      [[ -n $\{CLOUDFLARE_ACCOUNT_ID:-} ]] || die "CLOUDFLARE_ACCOUNT_ID is not set; set it to the id of the account"
      [[ -n $\{BACKUP_R2_ACCESS_KEY_ID:-} && -n $\{BACKUP_R2_SECRET_ACCESS_KEY:-} ]] ||
        die "BACKUP_R2_ACCESS_KEY_ID or BACKUP_R2_SECRET_ACCESS_KEY is not set; set both to the R2 token of the backup bucket"
      endpoint=$\{BACKUP_R2_ENDPOINT:-https://$CLOUDFLARE_ACCOUNT_ID.r2.cloudflarestorage.com}
      ;;
    *) die "BACKUP_TARGET is $target; expected s3://<bucket> or file:///<directory>" ;;
  esac
}

# R2 knows none of the checksums that newer AWS clients add by themselves; the MD5 below is checked by both sides.
# https://developers.cloudflare.com/r2/examples/aws/aws-cli/
s3api() {
  interruptible env -u AWS_PROFILE -u AWS_SESSION_TOKEN \
    AWS_ACCESS_KEY_ID="$BACKUP_R2_ACCESS_KEY_ID" AWS_SECRET_ACCESS_KEY="$BACKUP_R2_SECRET_ACCESS_KEY" \
    AWS_DEFAULT_REGION=auto AWS_EC2_METADATA_DISABLED=true AWS_PAGER='' \
    AWS_REQUEST_CHECKSUM_CALCULATION=when_required AWS_RESPONSE_CHECKSUM_VALIDATION=when_required \
    aws s3api "$1" --endpoint-url "$endpoint" --bucket "$bucket" --output json "$\{@:2}"
}

# store_put KEY FILE: writes a new object and looks at what arrived.
store_put() {
  local key=$1 file=$2 md5 head
  if [[ $target == file://* ]]; then
    [[ ! -e $directory/$key ]] || die "$key exists already in $target; objects are written once"
    mkdir -p -- "$(dirname -- "$directory/$key")"
    cp -- "$file" "$directory/$key.partial"
    mv -- "$directory/$key.partial" "$directory/$key"
    cmp -s -- "$file" "$directory/$key" || die "$key arrived damaged in $target; run the backup again"
    return
  fi
  md5=$(md5sum <"$file" | cut -d ' ' -f 1)
  s3api put-object --key "$key" --body "$file" --content-type application/octet-stream \
    --content-md5 "$(openssl dgst -md5 -binary <"$file" | base64)" >/dev/null ||
    die "$key could not be written to $target; look at the message above (a 403 is the R2 token, a 409 or 412 the bucket's lock)"
  s3api head-object --key "$key" >"$work/head.json" || die "$key can't be seen in $target after the upload; run the backup again"
  head=$(jq -r '"\(.ContentLength) \(.ETag | gsub("\""; ""))"' "$work/head.json")
  [[ $head == "$(size_of "$file") $md5" ]] ||
    die "$key arrived damaged in $target: size and MD5 are $head, expected $(size_of "$file") $md5; run the backup again"
}

# store_get KEY FILE
store_get() {
  local key=$1 file=$2
  if [[ $target == file://* ]]; then
    [[ -f $directory/$key ]] || die "$key is not in $target"
    cp -- "$directory/$key" "$file"
  else
    s3api get-object --key "$key" "$file" >/dev/null || die "$key could not be read from $target"
  fi
}

# store_list PREFIX: the keys below it, sorted, into the array keys.
store_list() {
  local prefix=$1
  if [[ $target == file://* ]]; then
    mapfile -t keys < <(cd -- "$directory" && find . -type f -path "./$prefix*" ! -name '*.partial' | sed 's#^\./##' | LC_ALL=C sort)
  else
    s3api list-objects-v2 --prefix "$prefix" >"$work/list.json" || die "$target can't be listed; look at the message above"
    mapfile -t keys < <(jq -r '.Contents // [] | .[].Key' "$work/list.json" | LC_ALL=C sort)
  fi
}
`;
