import type { Job } from "./ci";

/** https://docs.github.com/en/actions/reference/limits */
export const MOST_LEGS = 256;

function matrixOf(job: Job): readonly (readonly [string, readonly string[]])[] {
  return "matrix" in job ? Object.entries(job.matrix ?? {}) : [];
}

/** How many jobs a job's matrix makes of it; 1 without a matrix. */
export function countLegs(job: Job): number {
  return matrixOf(job).reduce((count, [, values]) => count * values.length, 1);
}

/**
 * The combinations of a job's matrix that have the given values, each as its values in the order of the matrix's keys. None where there are
 * more than GitHub runs.
 */
export function legsOf(job: Job, having: Readonly<Record<string, string>> = {}): readonly (readonly string[])[] {
  const matrix = matrixOf(job);
  const unknown = Object.keys(having).some((key) => !matrix.some(([known]) => known === key));
  if (unknown || countLegs(job) > MOST_LEGS) return [];
  let legs: readonly (readonly string[])[] = [[]];
  for (const [key, values] of matrix) {
    const wanted = Object.hasOwn(having, key) ? values.filter((value) => value === having[key]) : values;
    legs = legs.flatMap((leg) => wanted.map((value) => [...leg, value]));
  }
  return legs;
}
