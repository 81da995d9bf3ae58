import type { Service } from "../../../declaration/service";
import { maestro as declaredMaestro } from "../../../services/maestro";
import { organization } from "../../../services/organization";
import { summit as declaredSummit } from "../../../services/summit";
import { trainWorkflow } from "../../../workflows/cluster/train-workflow";
import {
  type CallingJob,
  isCalling,
  type Workflow,
  type WorkflowJob,
  type WorkflowStep,
} from "../../../workflows/workflow";

export const summit: Service = { ...(declaredSummit as Service), phase: 11 };
export const maestro: Service = declaredMaestro;

export function workflowOf(service: Service): Workflow {
  const workflow = trainWorkflow(service, organization);
  if (workflow === undefined) throw new Error("no release train");
  return workflow;
}

export function jobOf(service: Service, id: string): WorkflowJob {
  const job = workflowOf(service).jobs[id];
  if (job === undefined || isCalling(job)) throw new Error(`no job "${id}" with steps of its own`);
  return job;
}

/** A job that a workflow of the library does. */
export function callOf(service: Service, id: string): CallingJob {
  const job = workflowOf(service).jobs[id];
  if (job === undefined || !isCalling(job)) throw new Error(`no job "${id}" that calls`);
  return job;
}

/** The job that the called workflow has. */
export function calledBy({ calls }: CallingJob): WorkflowJob {
  const [job] = Object.values(calls.jobs);
  if (job === undefined) throw new Error(`${calls.file} has no job`);
  return job;
}

/** Steps of all jobs, those of called ones too. */
export function stepsOf(service: Service): readonly WorkflowStep[] {
  return Object.values(workflowOf(service).jobs).flatMap((job) => (isCalling(job) ? calledBy(job) : job).steps);
}

export function step(job: WorkflowJob, name: string): WorkflowStep {
  const found = job.steps.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no step "${name}"`);
  return found;
}
