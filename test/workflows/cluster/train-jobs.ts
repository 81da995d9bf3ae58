import type { Service } from "../../../declaration/service";
import { maestro as declaredMaestro } from "../../../services/maestro";
import { organization } from "../../../services/organization";
import { summit as declaredSummit } from "../../../services/summit";
import { trainWorkflow } from "../../../workflows/cluster/train-workflow";
import type { Workflow, WorkflowJob, WorkflowStep } from "../../../workflows/workflow";

export const summit: Service = { ...(declaredSummit as Service), phase: 11 };
export const maestro: Service = declaredMaestro;

export function workflowOf(service: Service): Workflow<WorkflowJob> {
  const workflow = trainWorkflow(service, organization);
  if (workflow === undefined) throw new Error("no release train");
  return workflow;
}

export function jobOf(service: Service, id: string): WorkflowJob {
  const job = workflowOf(service).jobs[id];
  if (job === undefined) throw new Error(`no job "${id}"`);
  return job;
}

export function step(job: WorkflowJob, name: string): WorkflowStep {
  const found = job.steps.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no step "${name}"`);
  return found;
}
