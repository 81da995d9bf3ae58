import { ciWorkflow } from "../ci/ci-workflow";
import { COMMIT } from "../release/commit-jobs";
import { isCalling, type WorkflowJob, type WorkflowStep } from "../workflow";
import type { Deployable } from "./deployable";

/** The job of the CI workflow that runs the unit tests, on the commit that is deployed, and with nothing before it. */
export function unitTestsJob(service: Deployable): Omit<WorkflowJob, "needs" | "if"> {
  const ci = ciWorkflow(service);
  const job = ci.jobs[service.railway.unitTests];
  if (job === undefined || isCalling(job)) {
    throw new Error(
      `service "${service.name}": railway.unitTests names the job "${service.railway.unitTests}", which ci.jobs has not with steps of its own; validate the declaration first`,
    );
  }
  // Under the name of the CI's job the required check would be reported a second time.
  const { needs: _needs, if: _if, name: _name, ...rest } = job;
  return {
    ...rest,
    ...(ci.env === undefined ? {} : { env: { ...ci.env, ...job.env } }),
    steps: job.steps.map(atCommit),
  };
}

function atCommit(step: WorkflowStep): WorkflowStep {
  if (!("uses" in step) || !step.uses.uses.startsWith("actions/checkout@")) return step;
  return { ...step, with: { ...step.with, ref: COMMIT.RELEASE_SHA } };
}
