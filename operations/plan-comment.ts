import type { ChangedStack } from "./changed-stacks";
import { cut, fenced, LONGEST_BODY, marker } from "./github-body";
import { planSummary, planText } from "./plan-text";

/** What `cdktf plan` said of one stack. */
export interface PlanOutput {
  readonly exitCode: number;
  readonly text: string;
}

export interface PlanCommentProps {
  readonly changes: readonly ChangedStack[];
  /** By the stack's name; a stack that is missing here was not planned. */
  readonly plans: ReadonlyMap<string, PlanOutput>;
  /** Why nothing was planned, as a sentence. @default - stacks were planned */
  readonly unplanned?: string | undefined;
  /** What the policies said of the plans, as Markdown. @default - they were not asked */
  readonly policies?: string | undefined;
  /** Where the whole output is, if it had to be cut. */
  readonly runUrl: string;
  /** The commit that was planned. */
  readonly commit: string;
}

export const PLAN_COMMENT = "plan";

/** Kept free in each stack's share for fences that are longer than three backticks. */
const FENCES = 32;
/** Less of each plan would tell nobody anything. */
const SHORTEST_SHARE = 200;
/** Plans are to be seen beside what is said of them. */
const LONGEST_POLICIES = LONGEST_BODY / 3;
const CUT_NOTE = "\n… cut; the whole output is in the log of the run";

/** The comment on a pull request: a row a stack, and each stack's plan to unfold. */
export function planComment(props: PlanCommentProps): string {
  const frame = rendered(props, () => "");
  const lengths = [...props.plans].map(([stack, { text }]) => planText(text, stack).length + FENCES);
  const share = fairShare(lengths, LONGEST_BODY - frame.length) - FENCES;
  if (share < SHORTEST_SHARE && lengths.length > 0)
    return cut(rendered(props, undefined), LONGEST_BODY, `\n\n… cut; see [the run](${props.runUrl})\n`);
  return rendered(props, (text) => cut(text, share, CUT_NOTE));
}

/** The longest that each may be for all to fit: what the short ones leave free goes to the long ones. */
function fairShare(lengths: readonly number[], room: number): number {
  let left = room;
  const ascending = [...lengths].sort((a, b) => a - b);
  for (const [index, length] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - index));
    if (length > share) return share;
    left -= length;
  }
  return room;
}

function rendered(props: PlanCommentProps, shorten: ((text: string) => string) | undefined): string {
  const { changes, plans, unplanned, policies, runUrl, commit } = props;
  const lines = [marker(PLAN_COMMENT), "## Plan", ""];
  if (changes.length === 0) lines.push("No stack's configuration differs from the base's: there is nothing to plan.");
  else {
    if (unplanned !== undefined) lines.push(`**Nothing was planned.** ${unplanned}`, "");
    lines.push("| stack | configuration | plan |", "|---|---|---|");
    for (const changed of changes)
      lines.push(`| \`${changed.stack}\` | ${changed.change} | ${answer(changed, plans.get(changed.stack))} |`);
    if (shorten === undefined)
      lines.push("", "The plans are too many to be shown here; they are in the log of the run.");
    for (const { stack } of changes) {
      const plan = plans.get(stack);
      if (plan === undefined || shorten === undefined) continue;
      const text = shorten(planText(plan.text, stack));
      const state = plan.exitCode === 0 ? "" : " open";
      lines.push("", `<details${state}><summary>${stack}</summary>`, "", fenced(text), "", "</details>");
    }
  }
  if (policies !== undefined)
    lines.push("", cut(policies.trimEnd(), LONGEST_POLICIES, `\n\n… cut; see [the run](${runUrl})`));
  lines.push(
    "",
    `${unplanned === undefined ? "Planned" : "Synthesized"} at ${commit.slice(0, 12)} in [this run](${runUrl}).`,
  );
  return `${lines.join("\n")}\n`;
}

function answer({ stack, change }: ChangedStack, plan: PlanOutput | undefined): string {
  if (change === "gone")
    return "no longer declared: what it made stays, unmanaged. To remove it, `cdktf destroy` it from a commit that declares it";
  if (plan === undefined) return "not planned";
  if (plan.exitCode !== 0) return `**failed** (exit ${plan.exitCode})`;
  return planSummary(planText(plan.text, stack)) ?? "see below";
}
