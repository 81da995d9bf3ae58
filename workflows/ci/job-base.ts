import type { Job } from "../../declaration/ci";
import { plainText } from "../plain-text";
import { TOOLS } from "../tool-versions";
import type { WorkflowJob } from "../workflow";

/** What all kinds of jobs declare. */
export type JobBase = Pick<Job, "name" | "needs" | "timeoutMinutes">;

/** The part of a job that follows from what all kinds declare. */
export function jobBase(job: JobBase): Pick<WorkflowJob, "name" | "needs" | "runsOn" | "timeoutMinutes"> {
  return {
    ...(job.name === undefined ? {} : { name: plainText(job.name) }),
    ...(job.needs === undefined || job.needs.length === 0 ? {} : { needs: job.needs }),
    runsOn: TOOLS.runner,
    timeoutMinutes: job.timeoutMinutes,
  };
}
