import { type BreakGlass, MOST_HOURS_OPEN } from "../../../declaration/break-glass";
import { EMERGENCY_RUNBOOK, runbookPath } from "../../../declaration/runbook-paths";
import { repositoryStackName } from "../../../declaration/stack-names";
import type { RenderedFile } from "../../rendered-file";
import { code, fenced, markdownFile, prose, shell } from "../markdown";
import { days } from "../periods";
import { teamMention } from "../team-mention";
import { rollbackLink } from "./escalation";
import { type Block, type RunbookSource, repositoryOf } from "./runbook-source";

/** The one exception to the rules of `main`: who, when, how, what is recorded, and what comes after. Undefined where there is none. */
export function emergencyOverrideRunbook(source: RunbookSource): RenderedFile | undefined {
  const { service, organization } = source;
  const { breakGlass } = service.main;
  if (breakGlass === undefined) return undefined;
  const actor = code(teamMention(breakGlass.role, service, organization));
  return markdownFile(runbookPath(EMERGENCY_RUNBOOK), service.name, [
    `# Emergency override of ${service.name}`,
    `The rules of ${code("main")} hold for everyone, administrators too. There is one exception, which is closed until it is opened for some hours: then members of ${actor} may merge a pull request that does not meet them. They can't push to ${code("main")}, force it or delete it.`,
    "## When",
    "Only when waiting is worse than a change without its checks:",
    breakGlass.when.map((situation) => `- ${prose(situation)}`),
    `A deadline, a flaky check or a reviewer who is away is none of these. To end damage, first ${rollbackLink(source)}: that needs no exception.`,
    ...how(breakGlass, source),
    ...record(source),
    ...restore(source),
    ...review(breakGlass, source),
  ]);
}

function how({ label, reviewer }: BreakGlass, source: RunbookSource): readonly Block[] {
  const { service, organization } = source;
  const [method = "squash"] = service.repository.merge;
  return [
    "## How",
    "### 1. Say it",
    `In ${code(service.onCall.channel)}; find a second person who reads along.`,
    "### 2. Write down the reason, before you use it",
    'With the form "Emergency override", or:',
    shell(
      `gh issue create --repo ${repositoryOf(source)} --label ${shellWord(label)} --title "Emergency override: <what is broken>" --body "<situation, reason, who decides>"`,
    ),
    "### 3. Open the exception",
    `In the platform's repository, in ${code(`services/${service.name}.ts`)}, below ${code("main.breakGlass")}; ${MOST_HOURS_OPEN} hours at most. Another team than the one that may must agree, ${code(teamMention(reviewer, service, organization))} for instance:`,
    fenced(
      "ts",
      "openings: [",
      "  {",
      '    from: "<now, as 2026-11-27T09:30:00Z>",',
      '    until: "<some hours later>",',
      '    reason: "<what is broken>",',
      '    ticket: "<address of the issue>",',
      `    approver: "${reviewer}",`,
      "  },",
      "],",
    ),
    "Merged there, it is deployed at once. It ends by itself: every half hour what has ended is closed. What is open now, anywhere:",
    shell("npx gatehouse break-glass"),
    "### 4. Open the pull request",
    "With the smallest change that helps; name the issue in it. Checks start: let those end that there is time for.",
    "### 5. Merge it",
    shell(`gh pr merge <number> --repo ${repositoryOf(source)} --${method} --admin`),
    "Releases ask for their approvals as ever: this passes by the rules of merging, not those of deploying.",
  ];
}

function record(source: RunbookSource): readonly Block[] {
  return [
    "## What is recorded",
    "GitHub keeps each merge that passed the rules by, with person, time and commit; nobody can take it out. Whoever administers the repository reads it, the last month here:",
    shell(
      `gh api --paginate "repos/${repositoryOf(source)}/rulesets/rule-suites?ref=refs/heads/main&rule_suite_result=bypass&time_period=month" --jq '.[] | [.pushed_at, .actor_name, .after_sha] | @tsv'`,
    ),
    "Each line must lie in an opening, and have its issue, from before the merge, that names the pull request or the commit; one without is an incident of its own. So an opening stays in the declaration for a month. In the platform's repository this finds those that have none, and those that nobody has looked at in time:",
    shell(`npx gatehouse overrides ${source.service.name}`),
    "The pull request shows which checks and reviews were missing.",
  ];
}

function restore(source: RunbookSource): readonly Block[] {
  const { service } = source;
  return [
    "## Back to normal",
    [
      `- CI runs on ${code("main")} after the merge. What it finds is mended at once, by an ordinary pull request.`,
      ...(service.main.freezeWhenRed === undefined
        ? []
        : ["- While it is red nothing else is merged: [when main is red](../main-is-red.md)."]),
      "- The exception closes at its end. To close it sooner, bring its end forward. That all rules are as before shows, and mends, in the platform's repository:",
    ],
    shell(`npx gatehouse drift --service ${service.name}`, `npx cdktf deploy ${repositoryStackName(service.name)}`),
  ];
}

function review(
  { reviewer, reviewWithinDays }: BreakGlass,
  { service, organization }: RunbookSource,
): readonly Block[] {
  return [
    `## Within ${days(reviewWithinDays)}`,
    `${code(teamMention(reviewer, service, organization))} look at it, in the issue; none of them who took part:`,
    [
      "- [ ] It was one of the situations above, and the reason was written down before",
      "- [ ] GitHub's record, the issue and the pull request name the same commit and the same person",
      "- [ ] The change was reviewed as if it were still open, and what that found is mended",
      `- [ ] The checks that were missing have passed on ${code("main")}`,
      "- [ ] What made the ordinary way too slow is written down, with an owner and a date",
      "- [ ] The issue is closed by who looked, not by who merged",
    ],
  ];
}

function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
