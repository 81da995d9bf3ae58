import type { Organization } from "../../declaration/organization";
import type { RenderedFile } from "../rendered-file";
import { trainScript } from "./train-script";
import type { Trainable } from "./train-service";

export const FREEZE_SCRIPT = "scripts/train-freeze.sh";

const MAIN = String.raw`
expect COMMIT "$SHA" '40 hexadecimal digits' "$COPY_COMMIT"
reason=$(plain <<<"$\{REASON:-}")
[[ -n $\{reason// /} ]] || die "the variable REASON is empty; expected why the train is frozen; the workflow sets it"
if git ls-remote --exit-code origin "refs/tags/$FREEZE_TAG" >/dev/null; then
  say "The tag $FREEZE_TAG is there already"
else
  # The tag is the run's, not a person's: the app's own identity.
  git -c user.name='github-actions[bot]' -c user.email='41898282+github-actions[bot]@users.noreply.github.com' \
    tag --force --annotate "$FREEZE_TAG" "$COMMIT" --message "$(now) $reason. Run: $\{RUN_URL:-unknown}"
  git push origin "refs/tags/$FREEZE_TAG" ||
    die "the tag $FREEZE_TAG could not be pushed, so the next merge would be released: push it by hand (git tag $FREEZE_TAG $COMMIT && git push origin refs/tags/$FREEZE_TAG), and see that no ruleset keeps GitHub Actions from making it"
fi
printf '### The release train is frozen\n\nNothing is released while the tag %s is there. Once the cause is gone, %s (the role %s) may remove it:\n\n~~~~~~sh\ngit push origin --delete refs/tags/%s\n~~~~~~\n' \
  "$FREEZE_TAG" "\`$UNFREEZE_TEAM\`" "$UNFREEZE_ROLE" "$FREEZE_TAG" >>"$\{GITHUB_STEP_SUMMARY:-/dev/null}"
say "::warning::the train is frozen; $UNFREEZE_TEAM may remove the tag $FREEZE_TAG once the cause is gone"
`;

/** `scripts/train-freeze.sh`: after a rollback of production nothing is released until a person says so. */
export function freezeScript(service: Trainable, organization: Organization): RenderedFile {
  return trainScript(service, organization, {
    path: FREEZE_SCRIPT,
    about: [
      "Pushes the tag that stops the release train. Reads COMMIT, REASON, RUN_URL, and a clone that may push tags.",
    ],
    parts: [MAIN],
  });
}
