import type { Organization } from "../../declaration/organization";
import type { RenderedFile } from "../rendered-file";
import { TRACE_FUNCTIONS } from "../trace/trace-functions";
import { SIGNING_FUNCTIONS } from "./signing-functions";
import { BUILDKIT } from "./tools";
import { trainScript } from "./train-script";
import type { Trainable } from "./train-service";

export const SIGN_SCRIPT = "scripts/train-sign.sh";

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

cleanup() {
  local status=$?
  begin_cleanup
  rm -rf -- "$work"
  exit "$status"
}

# finish SIGNED: whether it was signed now, or was signed before.
finish() {
  jq --null-input --arg service "$SERVICE" --arg commit "$COMMIT" --arg image "$IMAGE" --arg digest "$DIGEST" --argjson signed "$1" \
    --arg signing "$SIGNING" --arg run "$\{RUN_URL:-}" --arg at "$(now)" \
    '{$service, $commit, $image, $digest, $signed, $signing, $run, $at}' >"$EVIDENCE/image.json"
  cp -- "$work/sbom.ndjson" "$EVIDENCE/sbom.intoto.ndjson"
  cp -- "$work/provenance.ndjson" "$EVIDENCE/provenance.intoto.ndjson"
}
`;

const MAIN = String.raw`
expect COMMIT "$SHA" '40 hexadecimal digits' "$COPY_COMMIT"
expect DIGEST "$DIGEST_FORM" 'a digest' "$COPY_DIGEST"
began=$\{BEGAN:-}
expect BEGAN "$TIME" 'a time such as 2026-01-31T12:00:00Z' 'the workflow sets it'
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

if verified "$DIGEST" "$COMMIT"; then
  finish false
  say "$IMAGE@$DIGEST is signed and described already"
  exit 0
fi

# Only the digest counts: whoever moves the tag moves nothing of this release.
SYFT_CHECK_FOR_APP_UPDATE=false interruptible syft scan "registry:$IMAGE@$DIGEST" --output "spdx-json=$work/sbom.json" --quiet ||
  die "the SBOM of $IMAGE@$DIGEST could not be made; see above"
provenance
with_key cosign sign "$\{SIGN[@]}" "$IMAGE@$DIGEST" || die "$IMAGE@$DIGEST could not be signed; see above"
with_key cosign attest "$\{SIGN[@]}" --replace --type spdxjson --predicate "$work/sbom.json" "$IMAGE@$DIGEST" || die "the SBOM could not be attached; see above"
with_key cosign attest "$\{SIGN[@]}" --replace --type slsaprovenance1 --predicate "$work/provenance.json" "$IMAGE@$DIGEST" ||
  die "the provenance could not be attached; see above"
must_be_verified "$DIGEST" "$COMMIT"
finish true
say "✓ $IMAGE@$DIGEST, built from $COMMIT, is signed, with SBOM and provenance" | tee -a "$\{GITHUB_STEP_SUMMARY:-/dev/null}"
`;

/** `scripts/train-sign.sh`: the image of a commit is signed, with SBOM and provenance, by a job that runs nothing of the commit. */
export function signScript(service: Trainable, organization: Organization): RenderedFile {
  return trainScript(service, organization, {
    path: SIGN_SCRIPT,
    about: [
      "Signs the image of a commit, attaches SBOM and provenance, unless it has them.",
      "Reads COMMIT, CHANGE, DIGEST, BEGAN, REGISTRY_USER, REGISTRY_TOKEN, RUN_URL, for signing with a key COSIGN_PRIVATE_KEY and COSIGN_PASSWORD;",
      "writes EVIDENCE/.",
    ],
    constants: { DOCKERFILE: service.cluster.image.dockerfile, BUILDKIT },
    parts: [TRACE_FUNCTIONS, SIGNING_FUNCTIONS, DESCRIBE_FUNCTIONS, MAIN],
  });
}
