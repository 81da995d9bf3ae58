import type { Organization } from "../../declaration/organization";
import type { RenderedFile } from "../rendered-file";
import { TRACE_FUNCTIONS } from "../trace/trace-functions";
import { BUILD_FUNCTIONS } from "./build-functions";
import { SIGNING_FUNCTIONS } from "./signing-functions";
import { BUILDKIT } from "./tools";
import { trainScript } from "./train-script";
import type { Trainable } from "./train-service";

export const BUILD_SCRIPT = "scripts/train-build.sh";

const MAIN = String.raw`
expect COMMIT "$SHA" '40 hexadecimal digits' "$COPY_COMMIT"
expect SOURCE '.' 'the working copy of the commit' 'the workflow sets it'
trace_of "$\{CHANGE:-}" "$COMMIT"
own_directory
cleanup_at_end
log_in

finish() { printf '%s=%s\n' digest "$digest" built "$1" began "$began" >>"$GITHUB_OUTPUT"; }

began=$(now)
tag=$IMAGE:sha-$COMMIT
if interruptible buildx imagetools inspect "$tag" --format '{{.Manifest.Digest}}' >"$work/digest" 2>"$work/inspect.err"; then
  digest=$(<"$work/digest")
  [[ $digest =~ $DIGEST_FORM ]] || die "the registry names $(printf '%q' "$digest") for $tag; expected a digest"
  if verified "$digest" "$COMMIT"; then
    finish false
    say "$tag is $digest already, signed and described: it is not built a second time"
    exit 0
  fi
  say "$tag is $digest, but $problem: it is built again"
elif ! grep -qi -e 'not found' -e 'MANIFEST_UNKNOWN' -e 'NAME_UNKNOWN' "$work/inspect.err"; then
  die "the registry can't be asked for $tag: $(plain <"$work/inspect.err"); look at the registry, then start this again"
fi

start_builder
build --output "type=image,name=$tag,push=true,rewrite-timestamp=true" || die "the image of $COMMIT could not be built and pushed; see above"
finish true
say "✓ $tag is $digest: built and pushed, not signed yet"
`;

/** `scripts/train-build.sh`: the image of a commit, once, in the registry. What follows uses its digest alone. */
export function buildScript(service: Trainable, organization: Organization): RenderedFile {
  return trainScript(service, organization, {
    path: BUILD_SCRIPT,
    about: [
      "Builds the image of a commit and pushes it, unless it is there and signed, and says its digest.",
      "Reads COMMIT, CHANGE, SOURCE (a clone with the commit), REGISTRY_USER, REGISTRY_TOKEN; writes GITHUB_OUTPUT.",
    ],
    constants: { DOCKERFILE: service.cluster.image.dockerfile, BUILDKIT },
    parts: [TRACE_FUNCTIONS, SIGNING_FUNCTIONS, BUILD_FUNCTIONS, MAIN],
  });
}
