/**
 * What whoever opens a pull request or an issue, or pushes a commit, writes as it pleases them; `*` is any one name or number. Of these GitHub's
 * documentation says that an attacker controls them.
 * https://docs.github.com/en/actions/reference/security/secure-use#good-practices-for-mitigating-script-injection-attacks
 * https://securitylab.github.com/resources/github-actions-untrusted-input/
 */
const UNTRUSTED = [
  "github.head_ref",
  "github.event.issue.title",
  "github.event.issue.body",
  "github.event.pull_request.title",
  "github.event.pull_request.body",
  "github.event.pull_request.head.ref",
  "github.event.pull_request.head.label",
  "github.event.pull_request.head.repo.default_branch",
  "github.event.comment.body",
  "github.event.review.body",
  "github.event.review_comment.body",
  "github.event.discussion.title",
  "github.event.discussion.body",
  "github.event.pages.*.page_name",
  "github.event.commits.*.message",
  "github.event.commits.*.author.email",
  "github.event.commits.*.author.name",
  "github.event.head_commit.message",
  "github.event.head_commit.author.email",
  "github.event.head_commit.author.name",
  "github.event.workflow_run.head_branch",
  "github.event.workflow_run.display_title",
  "github.event.workflow_run.head_commit.message",
  "github.event.workflow_run.head_commit.author.email",
  "github.event.workflow_run.head_commit.author.name",
  "github.event.workflow_run.pull_requests.*.head.ref",
].map((path) => path.split("."));

/** Whether a path may yield text that somebody else has written: it, or all of what holds it. */
export function isUntrusted(path: readonly string[]): boolean {
  return UNTRUSTED.some(
    (untrusted) =>
      path.length > 1 &&
      path.length <= untrusted.length &&
      path.every((part, index) => part === "*" || untrusted[index] === "*" || part === untrusted[index]),
  );
}
