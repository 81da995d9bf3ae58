import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ChangedStack } from "./changed-stacks";
import type { Console } from "./console";
import { EXIT, Failure, messageOf } from "./failure";
import { type PlanOutput, planComment } from "./plan-comment";
import { redacted } from "./redact";

export interface PlanReportOptions {
  /** What `gatehouse changed --json` printed. */
  readonly changes: string;
  /** Directory with `<stack>.txt`, the output of `cdktf plan`, and `<stack>.exit`, its exit code. */
  readonly plans: string;
  /** Why nothing was planned. @default - stacks were planned */
  readonly unplanned?: string | undefined;
  /** What `gatehouse policy --markdown` printed of the plans. @default - they were not judged */
  readonly policies?: string | undefined;
  readonly runUrl: string;
  readonly commit: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** `gatehouse plan-report`: the comment for a pull request, on standard output. Exit code 1 when a stack could not be planned. */
export async function planReport(options: PlanReportOptions, console: Console): Promise<number> {
  const stacks = changesIn(options.changes, await text(options.changes));
  const plans = new Map<string, PlanOutput>();
  if (options.unplanned === undefined) {
    for (const { stack, change } of stacks) {
      if (change !== "gone") plans.set(stack, await planOf(options, stack));
    }
  }
  const { environment, policies: judged } = options;
  const policies = judged === undefined ? undefined : redacted(await text(judged), environment);
  console.print(planComment({ ...options, policies, changes: stacks, plans }));
  return [...plans.values()].every(({ exitCode }) => exitCode === 0) ? EXIT.fine : EXIT.failed;
}

function changesIn(path: string, json: string): readonly ChangedStack[] {
  try {
    return (JSON.parse(json) as { stacks: readonly ChangedStack[] }).stacks;
  } catch (error) {
    throw new Failure(`${path} is no JSON: ${messageOf(error)}\nexpected what gatehouse changed --json prints`);
  }
}

async function planOf({ plans, environment }: PlanReportOptions, stack: string): Promise<PlanOutput> {
  const exitCode = Number(await text(join(plans, `${stack}.exit`)));
  if (!Number.isInteger(exitCode)) throw new Failure(`${join(plans, `${stack}.exit`)} holds no exit code`);
  return { exitCode, text: redacted(await text(join(plans, `${stack}.txt`)), environment) };
}

async function text(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new Failure(
      `${path} could not be read: ${messageOf(error)}\nexpected what .github/workflows/plan.yml writes there`,
    );
  }
}
