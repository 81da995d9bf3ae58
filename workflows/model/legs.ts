import type { CallingJob, WorkflowJob } from "../workflow";

/** The values of one run of a job, by key of its matrix; empty for a job without one. */
export type Leg = Readonly<Record<string, string>>;

/** Every combination of the matrix's values; the last key varies fastest, as GitHub does it. */
export function legsOf(job: Pick<WorkflowJob | CallingJob, "matrix">): readonly Leg[] {
  let legs: readonly Leg[] = [{}];
  for (const [key, values] of Object.entries(job.matrix ?? {})) {
    legs = legs.flatMap((leg) => values.map((value) => ({ ...leg, [key]: value })));
  }
  return legs;
}
