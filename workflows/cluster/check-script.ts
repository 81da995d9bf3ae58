import type { Organization } from "../../declaration/organization";
import type { RenderedFile } from "../rendered-file";
import { CHANGE_FUNCTION } from "../trace/trace-functions";
import { trainScript } from "./train-script";
import type { Trainable } from "./train-service";

export const CHECK_SCRIPT = "scripts/train-check.sh";

const MAIN = String.raw`
[[ $\{GITHUB_REF:-} == refs/heads/main ]] ||
  die "started from $(printf '%q' "$\{GITHUB_REF:-}"); expected refs/heads/main; choose the branch main, the train runs from nowhere else"
expect ACTION '^(release|rollback|resume)$' 'release, rollback or resume' 'choose one of them'
expect COMMIT "$SHA" '40 hexadecimal digits' "$COPY_COMMIT"
git cat-file -e "$COMMIT^{commit}" 2>/dev/null || die "$COMMIT is no commit of this repository; expected one of main's history; $COPY_COMMIT"
git merge-base --is-ancestor "$COMMIT" origin/main || die "$COMMIT is not on main; expected a commit of main; merge it first, only what is on main is released"

DIGEST=$\{DIGEST:-}
if [[ -n $DIGEST ]]; then
  [[ $ACTION == rollback ]] || die "a digest came with the action $ACTION; expected one for rollback only; leave it empty: what is released is built from the commit"
  expect DIGEST "$DIGEST_FORM" 'a digest' "$COPY_DIGEST"
fi

# Whoever starts the train by hand says why; a merge says it in its message.
reason=$(plain <<<"$\{REASON:-}")
if [[ -z $\{reason// /} ]]; then
  [[ $\{GITHUB_EVENT_NAME:-} == push && $ACTION == release ]] ||
    die "no reason came with the action $ACTION; expected why it is done; start it again with a reason, it goes into the record"
  reason="merged: $(git log -1 --format=%s "$COMMIT" | plain)"
fi

if [[ $ACTION != rollback ]] && git rev-parse --verify --quiet "refs/tags/$FREEZE_TAG" >/dev/null; then
  why=$(git for-each-ref --format='%(contents:subject)' "refs/tags/$FREEZE_TAG" | plain)
  die "the train is frozen by the tag $FREEZE_TAG: $\{why:-no reason is written there}. Once the cause is gone, $UNFREEZE_TEAM (the role $UNFREEZE_ROLE) may remove it: git push origin --delete refs/tags/$FREEZE_TAG; then start this again. A rollback runs in any case"
fi

released=no
if git for-each-ref --points-at "$COMMIT" --format='%(refname:strip=2)' "refs/tags/$TAG_PREFIX*" | grep -qE "^$\{TAG_PREFIX}[0-9]{8}-[0-9]{4}-[0-9a-f]{7}$"; then released=yes; fi

change_of "$(git log -1 --format=%s "$COMMIT")"

printf '%s=%s\n' action "$ACTION" commit "$COMMIT" change "$change" digest "$DIGEST" reason "$reason" released "$released" >>"$GITHUB_OUTPUT"
say "$ACTION of $COMMIT: $reason"
`;

/** `scripts/train-check.sh`: only a commit of `main` goes on, for a reason, and only while the train isn't frozen. */
export function checkScript(service: Trainable, organization: Organization): RenderedFile {
  return trainScript(service, organization, {
    path: CHECK_SCRIPT,
    about: [
      "Lets the release train go on with a commit of main, for a reason, unless a rollback has frozen it. Runs again before each deployment.",
      "Reads ACTION, COMMIT, REASON, DIGEST, GITHUB_REF, GITHUB_EVENT_NAME and a clone with the tags; writes GITHUB_OUTPUT.",
    ],
    parts: [CHANGE_FUNCTION, MAIN],
  });
}
