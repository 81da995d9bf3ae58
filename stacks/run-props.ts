import type { RunProps } from "./gatehouse-stack";

/** Values of `CI` that mean: not in CI. */
const NOT_CI = new Set(["", "0", "false"]);

/**
 * What an environment says of the run:
 * - `CI`: the machine is thrown away afterwards; plans and deploys with local state are refused there.
 * - `GATEHOUSE_STATE_DIRECTORY`: keep state in files of this directory instead of the declared backend.
 */
export function runPropsOf(environment: Readonly<Record<string, string | undefined>>): RunProps {
  return {
    localStateDirectory: environment.GATEHOUSE_STATE_DIRECTORY || undefined,
    ephemeral: environment.CI !== undefined && !NOT_CI.has(environment.CI.toLowerCase()),
  };
}
