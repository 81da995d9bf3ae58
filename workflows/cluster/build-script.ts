import type { Organization } from "../../declaration/organization";
import type { RenderedFile } from "../rendered-file";
import { TRACE_FUNCTIONS } from "../trace/trace-functions";
import { BUILD_FUNCTIONS } from "./build-functions";
import { SIGNING_FUNCTIONS } from "./signing-functions";
import { BUILDKIT } from "./tools";
import { trainScript } from "./train-script";
import type { Trainable } from "./train-service";

export const BUILD_SCRIPT = "scripts/train-build.sh";

const DESCRIBE_FUNCTIONS = String.raw`
# https://slsa.dev/spec/v1.0/provenance
provenance() {
  jq --null-input --arg image "$IMAGE" --arg dockerfile "$DOCKERFILE" --arg buildkit "$BUILDKIT" --arg commit "$COMMIT" \
    --arg repository "$\{GITHUB_SERVER_URL:-https://github.com}/$\{GITHUB_REPOSITORY:-}" --arg workflow "$WORKFLOW" \
    --arg run "$\{RUN_URL:-}" --arg builder "$BUILDER" --arg traceparent "$TRACEPARENT" --arg began "$began" --arg ended "$(now)" '{
      buildDefinition: {
        buildType: "https://actions.github.io/buildtypes/workflow/v1",
        externalParameters: {workflow: {repository: $repository, ref: "refs/heads/main", path: ".github/workflows/\($workflow)"}},
        internalParameters: {image: $image, dockerfile: $dockerfile, buildkit: $buildkit, traceparent: $traceparent},
        resolvedDependencies: [{uri: "git+\($repository)@refs/heads/main", digest: {gitCommit: $commit}}]
      },
      runDetails: {
        builder: {id: $builder},
        metadata: {invocationId: $run, startedOn: $began, finishedOn: $ended}
      }
    }' >"$work/provenance.json"
}

with_key() { COSIGN_PRIVATE_KEY=$private_key COSIGN_PASSWORD=$password interruptible "$@"; }

finish() {
  jq --null-input --arg service "$SERVICE" --arg commit "$COMMIT" --arg image "$IMAGE" --arg digest "$1" --argjson built "$2" \
    --arg signing "$SIGNING" --arg run "$\{RUN_URL:-}" --arg at "$(now)" \
    '{$service, $commit, $image, $digest, $built, $signing, $run, $at}' >"$EVIDENCE/build.json"
  cp -- "$work/sbom.ndjson" "$EVIDENCE/sbom.intoto.ndjson"
  cp -- "$work/provenance.ndjson" "$EVIDENCE/provenance.intoto.ndjson"
  printf '%s=%s\n' digest "$1" built "$2" >>"$GITHUB_OUTPUT"
}
`;

const MAIN = String.raw`
expect COMMIT "$SHA" '40 hexadecimal digits' "$COPY_COMMIT"
expect SOURCE '.' 'the working copy of the commit' 'the workflow sets it'
trace_of "$\{CHANGE:-}" "$COMMIT"
if [[ $SIGNING == key ]]; then
  expect_secret COSIGN_PRIVATE_KEY 'the private key, encrypted, as cosign generate-key-pair writes it'
  # An empty password is one, too; a secret of GitHub's can't be.
  expect_secret COSIGN_PASSWORD 'the password of the private key'
fi
# Only who signs gets the key.
private_key=$\{COSIGN_PRIVATE_KEY:-} password=$\{COSIGN_PASSWORD:-}
unset COSIGN_PRIVATE_KEY COSIGN_PASSWORD
EVIDENCE=$\{EVIDENCE:-evidence}
mkdir -p -- "$EVIDENCE"
own_directory
cleanup_at_end
log_in

tag=$IMAGE:sha-$COMMIT
if interruptible buildx imagetools inspect "$tag" --format '{{.Manifest.Digest}}' >"$work/digest" 2>"$work/inspect.err"; then
  digest=$(<"$work/digest")
  [[ $digest =~ $DIGEST_FORM ]] || die "the registry names $(printf '%q' "$digest") for $tag; expected a digest"
  if verified "$digest" "$COMMIT"; then
    finish "$digest" false
    say "$tag is $digest already, signed and described: it is not built a second time"
    exit 0
  fi
  say "$tag is $digest, but $problem: it is built again"
elif ! grep -qi -e 'not found' -e 'MANIFEST_UNKNOWN' -e 'NAME_UNKNOWN' "$work/inspect.err"; then
  die "the registry can't be asked for $tag: $(plain <"$work/inspect.err"); look at the registry, then start this again"
fi

began=$(now)
start_builder
build --output "type=image,name=$tag,push=true,rewrite-timestamp=true" || die "the image of $COMMIT could not be built and pushed; see above"

# From here on only the digest counts: whoever moves the tag moves nothing of this release.
SYFT_CHECK_FOR_APP_UPDATE=false interruptible syft scan "registry:$IMAGE@$digest" --output "spdx-json=$work/sbom.json" --quiet ||
  die "the SBOM of $IMAGE@$digest could not be made; see above"
provenance
with_key cosign sign "$\{SIGN[@]}" "$IMAGE@$digest" || die "$IMAGE@$digest could not be signed; see above"
with_key cosign attest "$\{SIGN[@]}" --replace --type spdxjson --predicate "$work/sbom.json" "$IMAGE@$digest" || die "the SBOM could not be attached; see above"
with_key cosign attest "$\{SIGN[@]}" --replace --type slsaprovenance1 --predicate "$work/provenance.json" "$IMAGE@$digest" ||
  die "the provenance could not be attached; see above"
must_be_verified "$digest" "$COMMIT"
finish "$digest" true
say "✓ $tag is $digest: built, signed, with SBOM and provenance" | tee -a "$\{GITHUB_STEP_SUMMARY:-/dev/null}"
`;

/** `scripts/train-build.sh`: the image of a commit, once: built, signed, with SBOM and provenance. What follows uses its digest alone. */
export function buildScript(service: Trainable, organization: Organization): RenderedFile {
  return trainScript(service, organization, {
    path: BUILD_SCRIPT,
    about: [
      "Builds the image of a commit, unless it is there and signed; signs it, attaches SBOM and provenance, and says its digest.",
      "Reads COMMIT, CHANGE, SOURCE (a clone with the commit), REGISTRY_USER, REGISTRY_TOKEN, RUN_URL, for signing with a key COSIGN_PRIVATE_KEY and",
      "COSIGN_PASSWORD; writes GITHUB_OUTPUT and EVIDENCE/.",
    ],
    constants: { DOCKERFILE: service.cluster.image.dockerfile, BUILDKIT },
    parts: [TRACE_FUNCTIONS, SIGNING_FUNCTIONS, BUILD_FUNCTIONS, DESCRIBE_FUNCTIONS, MAIN],
  });
}
