import type { Organization } from "../../declaration/organization";
import type { RenderedFile } from "../rendered-file";
import { TRACE_FUNCTIONS } from "../trace/trace-functions";
import { BUILD_FUNCTIONS } from "./build-functions";
import { BUILDKIT } from "./tools";
import { trainScript } from "./train-script";
import type { Trainable } from "./train-service";

export const REPRODUCE_SCRIPT = "scripts/train-reproduce.sh";

const MAIN = String.raw`
expect COMMIT "$SHA" '40 hexadecimal digits' "$COPY_COMMIT"
expect RELEASED_DIGEST "$DIGEST_FORM" 'a digest' "$COPY_DIGEST"
expect SOURCE '.' 'the working copy of the commit' 'the workflow sets it'
trace_of "$\{CHANGE:-}" "$COMMIT"
own_directory
cleanup_at_end
export DOCKER_CONFIG=$work/docker
start_builder
build --output "type=image,name=$IMAGE:sha-$COMMIT,push=false,rewrite-timestamp=true" || die "$COMMIT could not be built a second time, without a login; see above"
[[ $digest == "$RELEASED_DIGEST" ]] ||
  die "two builds of $COMMIT differ: $RELEASED_DIGEST was released, $digest came of it now. The release goes on; but nobody can tell any more what is in it from the commit alone. Pin what the Dockerfile fetches, and let it write no times: https://reproducible-builds.org/docs/"
say "✓ $COMMIT, built again on another machine, is $digest too" | tee -a "$\{GITHUB_STEP_SUMMARY:-/dev/null}"
`;

/** `scripts/train-reproduce.sh`: two builds of one commit give one digest. */
export function reproduceScript(service: Trainable, organization: Organization): RenderedFile {
  return trainScript(service, organization, {
    path: REPRODUCE_SCRIPT,
    about: [
      "Builds the image of a commit a second time, pushes nothing, and fails when its digest is another one.",
      "Reads COMMIT, CHANGE, RELEASED_DIGEST, SOURCE (a clone with the commit).",
    ],
    constants: { DOCKERFILE: service.cluster.image.dockerfile, BUILDKIT },
    parts: [TRACE_FUNCTIONS, BUILD_FUNCTIONS, MAIN],
  });
}
