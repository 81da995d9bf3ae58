import type { Fleet, ServiceEntry } from "../declaration/fleet";
import { runPropsOf } from "../stacks/run-props";
import { driftOf, type StackDrift } from "./drift-report";
import { withStacks } from "./phase-diff";
import { eachStack, initStack, lookAtStack } from "./stack-run";
import { findTerraform } from "./terraform";

export interface PhaseDriftProps {
  readonly fleet: Fleet;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The project's directory. */
  readonly root: string;
  readonly signal?: AbortSignal | undefined;
}

/** Providers find an account, real or the sandbox's. */
export function hasAccounts(environment: PhaseDriftProps["environment"]): boolean {
  return Boolean(environment.GITHUB_TOKEN || environment.TF_REATTACH_PROVIDERS);
}

/** Plans every stack of the service, one after another, and applies nothing. */
export async function stacksAgainst(entry: ServiceEntry, props: PhaseDriftProps): Promise<readonly StackDrift[]> {
  const { fleet, environment, root, signal } = props;
  const terraform = await findTerraform(environment);
  const runner = { terraform, environment, signal };
  // Beside cdktf.out: from there a stack finds the chart and local states where it finds them when it is deployed.
  const at = { parent: root, run: runPropsOf(environment) };
  return withStacks(fleet, entry, at, async (stacks) => {
    const outcomes = await eachStack(stacks, { parallel: 1, ordered: false, signal }, async (stack) => {
      await initStack(runner, stack);
      return lookAtStack(runner, stack);
    });
    signal?.throwIfAborted();
    return outcomes.map(driftOf);
  });
}
