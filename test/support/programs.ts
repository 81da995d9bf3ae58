import { spawnSync } from "node:child_process";

/** Whether a program is there; a test that needs one that isn't is skipped with a reason that names it. */
export function hasProgram(command: string, args: readonly string[] = ["--version"]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).error === undefined;
}

/** `describe`, or a skipped one whose title says which program is missing. */
export function describeWith(program: string, title: string, tests: () => void): void {
  if (hasProgram(program)) describe(title, tests);
  else describe.skip(`${title} (skipped: ${program} is not installed)`, tests);
}
