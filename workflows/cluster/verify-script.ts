import type { Organization } from "../../declaration/organization";
import type { RenderedFile } from "../rendered-file";
import { SIGNING_FUNCTIONS } from "./signing-functions";
import { trainScript } from "./train-script";
import type { Trainable } from "./train-service";

export const VERIFY_SCRIPT = "scripts/train-verify.sh";

const MAIN = `
cleanup() {
  local status=$?
  begin_cleanup
  rm -rf -- "$work"
  exit "$status"
}
expect DIGEST "$DIGEST_FORM" 'a digest' "$COPY_DIGEST"
expect COMMIT "$SHA" '40 hexadecimal digits' "$COPY_COMMIT"
own_directory
cleanup_at_end
log_in
must_be_verified "$DIGEST" "$COMMIT"
say "✓ $IMAGE@$DIGEST is signed, was built from $COMMIT, and its SBOM is attached"
`;

/** `scripts/train-verify.sh`: no signature, no deployment. */
export function verifyScript(service: Trainable, organization: Organization): RenderedFile {
  return trainScript(service, organization, {
    path: VERIFY_SCRIPT,
    about: [
      "Lets an image go on only if it is signed by whom the declaration trusts, has an SBOM, and was built from the commit.",
      "Reads DIGEST, COMMIT, REGISTRY_USER, REGISTRY_TOKEN.",
    ],
    parts: [SIGNING_FUNCTIONS, MAIN],
  });
}
