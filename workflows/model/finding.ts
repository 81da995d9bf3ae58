import type { Problem } from "../../declaration/problem";

/** What is wrong in a workflow, at a place in it such as `jobs.build.needs`. */
export type Finding = Omit<Problem, "subject">;

/** A place in a job, and in one of its steps, as findings name it. */
export function placeOf(job: string, step?: { readonly name: string }, part?: string): string {
  return [`jobs.${job}`, ...(step === undefined ? [] : [`"${step.name}"`]), ...(part === undefined ? [] : [part])].join(
    ".",
  );
}
