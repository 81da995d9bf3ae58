import type { BreakGlass } from "../declaration/break-glass";
import { isOpen } from "../declaration/break-glass-opening";
import { MILLISECONDS_A_DAY } from "../declaration/calendar-day";
import type { GithubAnswer, GithubReader } from "./github-reader";
import { recordOf, recordsOf } from "./record-of";

/** A merge that passed the rules of `main` by, as GitHub has recorded it, and what people wrote down of it. */
export interface OverrideUse {
  readonly at: string;
  readonly actor: string;
  readonly commit: string;
  /** Number of the pull request that brought the commit; undefined when none did. */
  readonly pullRequest?: number;
  /** Number of the issue that names it. */
  readonly issue?: number;
  readonly answer: "looked at" | "to be looked at" | "overdue" | "no record" | "not open" | "not declared";
}

export type OverrideUses =
  | { readonly kind: "seen"; readonly uses: readonly OverrideUse[] }
  | { readonly kind: "unseen"; readonly why: string };

/**
 * The last month's merges that passed the rules by, the newest first: each must have been made while the exception was open, and have an issue with the
 * declared label that names its pull request or commit and was there before the merge, and is closed within the declared days.
 *
 * @param path of the repository, `/repos/<owner>/<name>`
 * @param breakGlass undefined where nobody may
 * @param now Unix time. Milliseconds.
 */
export async function overrideUses(
  path: string,
  breakGlass: BreakGlass | undefined,
  github: GithubReader,
  now: number,
): Promise<OverrideUses> {
  // https://docs.github.com/en/rest/repos/rule-suites#list-repository-rule-suites
  const bypasses = await github.list(
    `${path}/rulesets/rule-suites?ref=refs/heads/main&rule_suite_result=bypass&time_period=month`,
  );
  if (bypasses.kind !== "found") return unseen("GitHub's record of rules", bypasses);
  const uses = recordsOf(bypasses.value);
  if (uses.length === 0) return { kind: "seen", uses: [] };
  const label =
    breakGlass && (await github.list(`${path}/issues?state=all&labels=${encodeURIComponent(breakGlass.label)}`));
  if (label !== undefined && label.kind !== "found") return unseen("the issues", label);
  const issues = recordsOf(label?.value).filter((issue) => issue.pull_request === undefined);
  const seen: OverrideUse[] = [];
  for (const { actor_name: actor, after_sha: sha, pushed_at: at } of uses) {
    const commit = String(sha);
    const pulls = await github.list(`${path}/commits/${encodeURIComponent(commit)}/pulls`);
    if (pulls.kind !== "found") return unseen(`the pull request of ${commit}`, pulls);
    const number = recordsOf(pulls.value).find(({ merge_commit_sha }) => merge_commit_sha === commit)?.number;
    const pullRequest = typeof number === "number" ? number : undefined;
    const use = { at: String(at), actor: String(actor), commit, ...(pullRequest !== undefined && { pullRequest }) };
    seen.push({ ...use, ...judged(use, breakGlass, issues, now) });
  }
  return { kind: "seen", uses: seen.toSorted((a, b) => (a.at > b.at ? -1 : 1)) };
}

function judged(
  { at, commit, pullRequest }: Pick<OverrideUse, "at" | "commit" | "pullRequest">,
  breakGlass: BreakGlass | undefined,
  issues: readonly Readonly<Record<string, unknown>>[],
  now: number,
): Pick<OverrideUse, "issue" | "answer"> {
  if (breakGlass === undefined) return { answer: "not declared" };
  if (!isOpen(breakGlass, Date.parse(at))) return { answer: "not open" };
  const named = new RegExp(
    [`\\b${commit.slice(0, 7)}`, ...(pullRequest === undefined ? [] : [`(?:#|/pull/)${pullRequest}\\b`])].join("|"),
  );
  const merged = Date.parse(at);
  // What was written down afterwards is no reason that somebody had.
  const issue = issues.find(
    ({ title, body, created_at }) => named.test(`${title}\n${body}`) && Date.parse(String(created_at)) <= merged,
  );
  if (typeof issue?.number !== "number") return { answer: "no record" };
  if (recordOf(issue).state === "closed") return { issue: issue.number, answer: "looked at" };
  const due = merged + breakGlass.reviewWithinDays * MILLISECONDS_A_DAY;
  return { issue: issue.number, answer: due < now ? "overdue" : "to be looked at" };
}

function unseen(what: string, answer: Exclude<GithubAnswer, { readonly kind: "found" }>): OverrideUses {
  const why = answer.kind === "unseen" ? answer.why : "it is not there, or this token may not read it";
  return { kind: "unseen", why: `${what}: ${why}` };
}
