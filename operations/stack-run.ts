import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import pLimit from "p-limit";
import { messageOf } from "./failure";
import { type PlanJson, type ResourceChange, resourceChanges, undeclaredChanges } from "./plan-changes";
import type { SynthesizedStack } from "./synthesize";
import { errorsOf, runTerraform, type Terraform } from "./terraform";

/** What Terraform needs to work on stacks. */
export interface StackRunner {
  readonly terraform: Terraform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

export interface StackPlan {
  readonly changes: readonly ResourceChange[];
  /** Addresses that changed outside in something that is not declared. */
  readonly undeclared: readonly string[];
}

/** A stack that Terraform could not work on, and what Terraform said. */
export class StackError extends Error {
  override readonly name = "StackError";
}

const PLAN_FILE = "gatehouse.tfplan";
const PLAN_HAS_CHANGES = 2;
const LOCK_TIMEOUT = "-lock-timeout=60s";

/** Provider plugins are unpacked into one cache, and Terraform's cache takes one writer at a time. */
const oneAtATime = pLimit(1);

/** Makes a stack's directory ready. Twice does no harm. */
export async function initStack(runner: StackRunner, stack: SynthesizedStack): Promise<void> {
  const init = () => terraform(runner, stack, ["init", "-input=false", "-no-color"]);
  await (runner.environment.TF_REATTACH_PROVIDERS === undefined ? oneAtATime(init) : init());
}

/** Plans a stack and keeps the plan for `applyPlan`, if it has changes. */
export async function planStack(runner: StackRunner, stack: SynthesizedStack): Promise<StackPlan> {
  const plan = await terraform(
    runner,
    stack,
    ["plan", "-input=false", "-no-color", LOCK_TIMEOUT, "-detailed-exitcode", `-out=${PLAN_FILE}`],
    [0, PLAN_HAS_CHANGES],
  );
  const shown = await terraform(runner, stack, ["show", "-json", PLAN_FILE]);
  const json = JSON.parse(shown.stdout) as PlanJson;
  if (plan.exitCode === 0) await dropPlan(stack);
  return { changes: resourceChanges(json), undeclared: undeclaredChanges(json) };
}

/** Applies the plan that `planStack` kept. */
export async function applyPlan(runner: StackRunner, stack: SynthesizedStack): Promise<void> {
  try {
    await terraform(runner, stack, ["apply", "-input=false", "-no-color", LOCK_TIMEOUT, "-auto-approve", PLAN_FILE]);
  } finally {
    await dropPlan(stack);
  }
}

/** Plans a stack to see what would change, and keeps nothing. */
export async function lookAtStack(runner: StackRunner, stack: SynthesizedStack): Promise<StackPlan> {
  try {
    return await planStack(runner, stack);
  } finally {
    await dropPlan(stack);
  }
}

/** Removes everything that a stack's state holds. A state that is empty, or not there, is fine. */
export async function destroyStack(runner: StackRunner, stack: SynthesizedStack): Promise<void> {
  await terraform(runner, stack, ["destroy", "-input=false", "-no-color", LOCK_TIMEOUT, "-auto-approve"]);
}

/** A plan file holds values in clear: it goes as soon as it has served. */
async function dropPlan(stack: SynthesizedStack): Promise<void> {
  await rm(join(stack.directory, PLAN_FILE), { force: true });
}

/** The synthesized configuration of a stack. */
export async function configurationOf(
  stack: SynthesizedStack,
): Promise<Readonly<Record<string, Record<string, unknown>>>> {
  return JSON.parse(await readFile(join(stack.directory, "cdk.tf.json"), "utf8")) as Record<
    string,
    Record<string, unknown>
  >;
}

async function terraform(
  runner: StackRunner,
  stack: SynthesizedStack,
  args: readonly string[],
  fine: readonly number[] = [0],
) {
  const { terraform: binary, environment, signal } = runner;
  const result = await runTerraform(binary, args, { cwd: stack.directory, environment, signal });
  if (fine.includes(result.exitCode)) return result;
  signal?.throwIfAborted();
  throw new StackError(
    `${binary.product} ${args[0]} of the stack "${stack.name}" failed (exit ${result.exitCode})\n${errorsOf(result)}`,
  );
}

export type Outcome<T> =
  | { readonly stack: SynthesizedStack; readonly status: "done"; readonly value: T; readonly milliseconds: number }
  | {
      readonly stack: SynthesizedStack;
      readonly status: "failed" | "skipped";
      readonly reason: string;
      readonly milliseconds: number;
    };

export interface EachStackOptions<T> {
  /** Stacks at a time. */
  readonly parallel: number;
  /** Whether a stack waits for those it depends on. */
  readonly ordered: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Told of every outcome as it comes. @default - nobody is */
  readonly settled?: ((outcome: Outcome<T>) => void) | undefined;
}

/**
 * Works on stacks in parallel; a stack waits for those it depends on, and is skipped when one of them failed. One stack's failure never hides
 * another's result.
 */
export async function eachStack<T>(
  stacks: readonly SynthesizedStack[],
  options: EachStackOptions<T>,
  work: (stack: SynthesizedStack) => Promise<T>,
): Promise<readonly Outcome<T>[]> {
  const limit = pLimit(options.parallel);
  const running = new Map<string, Promise<Outcome<T>>>();
  const start = async (stack: SynthesizedStack): Promise<Outcome<T>> => {
    const before = options.ordered
      ? stack.dependsOn.map((name) => running.get(name)).filter((run) => run !== undefined)
      : [];
    const blocking = (await Promise.all(before)).find((outcome) => outcome.status !== "done");
    if (blocking !== undefined)
      return { stack, status: "skipped", reason: `"${blocking.stack.name}" was not deployed`, milliseconds: 0 };
    return limit(async () => {
      const started = performance.now();
      try {
        options.signal?.throwIfAborted();
        return { stack, status: "done", value: await work(stack), milliseconds: performance.now() - started };
      } catch (error) {
        const reason = options.signal?.aborted === true ? "interrupted" : messageOf(error);
        return { stack, status: "failed", reason, milliseconds: performance.now() - started };
      }
    });
  };
  for (const stack of inOrder(stacks)) {
    const outcome = start(stack).then((settled) => {
      options.settled?.(settled);
      return settled;
    });
    running.set(stack.name, outcome);
  }
  return Promise.all(running.values());
}

/** Dependencies before dependents. */
function inOrder(stacks: readonly SynthesizedStack[]): readonly SynthesizedStack[] {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const ordered = new Set<SynthesizedStack>();
  const add = (stack: SynthesizedStack) => {
    if (ordered.has(stack)) return;
    for (const name of stack.dependsOn) {
      const dependency = byName.get(name);
      if (dependency !== undefined) add(dependency);
    }
    ordered.add(stack);
  };
  for (const stack of stacks) add(stack);
  return [...ordered];
}
