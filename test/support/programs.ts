import { spawnSync } from "node:child_process";

/** Whether a program is there and can be started. */
export function hasProgram(command: string): boolean {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).error === undefined;
}

/** `describe`, or a skipped one whose title says which programs are missing. */
export function describeWith(programs: readonly string[], title: string, tests: () => void): void {
  const missing = programs.filter((program) => !hasProgram(program));
  if (missing.length === 0) describe(title, tests);
  else describe.skip(`${title} (skipped: ${missing.join(", ")} not installed)`, tests);
}

/** A program of one version, and how it is asked for that. */
export interface ProgramOfVersion {
  readonly program: string;
  readonly asked: readonly string[];
  /** Three numbers. */
  readonly version: string;
}

/** `describe` where the program has that version, since another one would say something else; otherwise skipped, with the reason. */
export function describeWithVersion(
  { program, asked, version }: ProgramOfVersion,
  title: string,
  tests: () => void,
): void {
  const said = spawnSync(program, asked, { encoding: "utf8" }).stdout ?? "";
  if (said.split(/\s/).includes(version)) describe(title, tests);
  else describe.skip(`${title} (skipped: ${program} ${version} not installed)`, tests);
}

/** The binary that Gatehouse itself would run; undefined when there is none. */
export const TERRAFORM = ["terraform", "tofu"].find(hasProgram);

/** `describe` where there is a Terraform or OpenTofu; otherwise skipped, with the reason. */
export function describeWithTerraform(title: string, tests: () => void): void {
  if (TERRAFORM !== undefined) describe(title, tests);
  else describe.skip(`${title} (skipped: neither terraform nor tofu is on the PATH)`, tests);
}
