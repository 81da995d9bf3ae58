import { availableParallelism } from "node:os";
import type { Fleet } from "../declaration/fleet";
import { runPropsOf } from "../stacks/run-props";
import { type Console, mark } from "./console";
import { driftMarkdown, driftOf, printDrift, type StackDrift } from "./drift-report";
import { EXIT } from "./failure";
import { redacted } from "./redact";
import { eachStack, initStack, lookAtStack, type Outcome, type StackPlan, type StackRunner } from "./stack-run";
import { type Selection, type SynthesizedStack, selectStacks, synthesize } from "./synthesize";
import { findTerraform } from "./terraform";

export interface DriftOptions extends Selection {
  /** Stacks at a time. @default - as many as there are processors */
  readonly parallel?: number | undefined;
  readonly format: "text" | "json" | "markdown";
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where to synthesize; cleared. */
  readonly outdir: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * `gatehouse drift`: asks the providers for what is there (Terraform's refresh) and compares it with the declarations, stack by stack, in parallel.
 * Exit code 0 when all is as declared, 2 when something differs, 1 when a stack could not be seen: not seeing is never "no drift".
 */
export async function drift(fleet: Fleet, options: DriftOptions, console: Console): Promise<number> {
  const terraform = await findTerraform(options.environment);
  const all = await synthesize(fleet, options.outdir, runPropsOf(options.environment));
  const runner = { terraform, environment: options.environment, signal: options.signal };
  const drifts = await readDrift(runner, selectStacks(all, options), options.parallel, (seen) => {
    console.progress(`${{ same: mark.ok, differs: mark.drift, unseen: mark.failed }[seen.status]} ${seen.stack}`);
  });
  if (options.format === "json") console.print(JSON.stringify({ stacks: drifts }, undefined, 2));
  else if (options.format === "markdown") console.print(redacted(driftMarkdown(drifts), options.environment));
  else printDrift(drifts, console);
  options.signal?.throwIfAborted();
  if (drifts.some(({ status }) => status === "unseen")) return EXIT.failed;
  return drifts.some(({ status }) => status === "differs") ? EXIT.found : EXIT.fine;
}

/** Reads the drift of stacks that are synthesized already. */
async function readDrift(
  runner: StackRunner,
  stacks: readonly SynthesizedStack[],
  parallel: number | undefined,
  seen: (drift: StackDrift) => void,
): Promise<readonly StackDrift[]> {
  const options = {
    parallel: parallel ?? availableParallelism(),
    ordered: false,
    signal: runner.signal,
    settled: (outcome: Outcome<StackPlan>) => seen(driftOf(outcome)),
  };
  const outcomes = await eachStack(stacks, options, async (stack) => {
    await initStack(runner, stack);
    return lookAtStack(runner, stack);
  });
  return outcomes.map(driftOf);
}
