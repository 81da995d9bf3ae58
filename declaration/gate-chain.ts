import type { Ci, Job } from "./ci";
import { GATES } from "./job-common";

/**
 * The CI workflow with what each job needs. Where it fails fast, a job needs all jobs of the nearest gate before its own that has any and so, over
 * them, those of every gate before: no other order can be declared. `all-of` neither waits for the chain nor is a link of it: it always runs, and
 * says itself what it stands for.
 */
export function inChain(ci: Ci): Ci {
  if (ci.failFast !== true) return ci;
  const jobs = Object.entries(ci.jobs);
  const links = GATES.map((gate) => jobs.filter(([, job]) => job.gate === gate && isLink(job)).map(([id]) => id));
  const needed = (job: Job): Job => {
    if (!isLink(job)) return job;
    const before = links.slice(0, GATES.indexOf(job.gate)).findLast((ids) => ids.length > 0) ?? [];
    const needs = [...new Set([...before, ...(job.needs ?? [])])];
    return needs.length === 0 ? job : { ...job, needs };
  };
  return { ...ci, jobs: Object.fromEntries(jobs.map(([id, job]) => [id, needed(job)])) };
}

/** Whether the order of gates holds the job. Flaky tests stop nothing. */
export function isLink(job: Job): boolean {
  return job.kind !== "all-of" && job.kind !== "flaky-tests";
}
