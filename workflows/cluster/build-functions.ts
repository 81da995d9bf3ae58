/** An image from a commit alone. */
export const BUILD_FUNCTIONS = String.raw`
builder=

cleanup() {
  local status=$?
  begin_cleanup
  [[ -z $builder ]] || buildx rm --force "$builder" >/dev/null 2>&1
  rm -rf -- "$work"
  exit "$status"
}

# Images that the build begins with, or copies from, by a name that may mean something else tomorrow.
unpinned() {
  awk '
    NR == 1 && tolower($0) ~ /^# *syntax *=/ { sub(/^[^=]*= */, ""); if ($0 !~ /@sha256:[0-9a-f]+/) print; next }
    toupper($1) == "FROM" {
      i = 2
      while ($i ~ /^--/) i++
      if ($i != "scratch" && !(tolower($i) in stage) && $i !~ /@sha256:[0-9a-f]+$/) print $i
      if (toupper($(i + 1)) == "AS") stage[tolower($(i + 2))] = 1
    }
    toupper($1) == "COPY" {
      for (i = 2; i <= NF; i++) if ($i ~ /^--from=/) {
        from = substr($i, 8)
        if (from !~ /^[0-9]+$/ && !(tolower(from) in stage) && from !~ /@sha256:[0-9a-f]+$/) print from
      }
    }' "$1"
}

# The commit as it is in Git, with its time on every file: nothing of the working copy gets into the image.
take_context() {
  local loose
  context=$work/context
  mkdir -p -- "$context"
  git -C "$SOURCE" archive "$COMMIT" | tar --extract --directory "$context"
  [[ -f $context/$DOCKERFILE ]] || die "$COMMIT has no $DOCKERFILE; expected it there, as the declaration says; add it, or correct cluster.image.dockerfile"
  loose=$(unpinned "$context/$DOCKERFILE" | plain)
  [[ -z $loose ]] || die "$DOCKERFILE begins with $loose; expected every image by its digest (name@sha256:…), or two builds of one commit differ; pin it: buildx imagetools inspect <image>:<tag>"
}

start_builder() {
  epoch=$(git -C "$SOURCE" log -1 --format=%ct "$COMMIT")
  take_context
  builder=train-$\{COMMIT:0:7}-$$
  interruptible buildx create --name "$builder" --driver docker-container --driver-opt "image=$BUILDKIT" >/dev/null
}

# build ARGUMENTS…: the image of the commit, from nothing that a build before it left behind. Equal commits give equal bytes, as far as the
# Dockerfile lets them: a label says of the commit what is so for ever, never which run built it. Sets digest. https://github.com/moby/buildkit/blob/v0.29.0/docs/build-repro.md
build() {
  interruptible buildx build --builder "$builder" --file "$context/$DOCKERFILE" --platform linux/amd64 --no-cache \
    --build-arg "SOURCE_DATE_EPOCH=$epoch" --label "org.opencontainers.image.revision=$COMMIT" \
    --label "org.opencontainers.image.source=https://github.com/$REPOSITORY" --label "$TRACE_ATTRIBUTE=$trace_id" \
    --provenance=false --sbom=false --metadata-file "$work/metadata.json" "$@" "$context" || return 1
  digest=$(jq --raw-output '.["containerimage.digest"] // empty' "$work/metadata.json")
  [[ $digest =~ $DIGEST_FORM ]] || die "the build named $(printf '%q' "$digest"); expected a digest"
}
`;
