import { referencesOf } from "./value";
import { type CallingJob, isCalling, type Value, type Variables, type Workflow, type WorkflowJob } from "./workflow";

/** One secret or variable that a job reads. */
export interface SettingRead {
  /** Id of the job. */
  readonly job: string;
  /** The job's environment; undefined when it has none, and so may read nothing. */
  readonly environment: string | undefined;
  readonly key: string;
  readonly kind: "secret" | "variable";
}

/**
 * Everything that a workflow reads of its environments: each key once a job, jobs in their order, keys in the order they are read. The
 * variables of the workflow count for every job. Expressions can't read settings (rendering refuses it), so this is complete.
 */
export function settingsRead(workflow: Workflow): readonly SettingRead[] {
  return Object.entries(workflow.jobs).flatMap(([id, job]) => {
    const found = new Map<string, SettingRead>();
    for (const value of [...valuesOf(workflow.env), ...optional(workflow.runName), ...valuesOfJob(job)]) {
      for (const reference of referencesOf(value)) {
        if ("expression" in reference) continue;
        const kind = "secret" in reference ? "secret" : "variable";
        const key = "secret" in reference ? reference.secret : reference.variable;
        const environment = isCalling(job) ? undefined : job.environment?.name;
        found.set(`${kind} ${key}`, { job: id, environment, key, kind });
      }
    }
    return [...found.values()];
  });
}

function valuesOfJob(job: WorkflowJob | CallingJob): readonly Value[] {
  if (isCalling(job)) {
    const secrets = job.secrets === "inherit" ? undefined : job.secrets;
    return [...optional(job.concurrency?.group), ...valuesOf(job.with), ...valuesOf(secrets)];
  }
  return [
    ...optional(job.environment?.url),
    ...optional(job.concurrency?.group),
    ...valuesOf(job.env),
    ...job.steps.flatMap((step) => [...valuesOf(step.env), ...("uses" in step ? valuesOf(step.with) : [])]),
  ];
}

function valuesOf(variables: Variables | undefined): readonly Value[] {
  return Object.values(variables ?? {});
}

function optional(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : [value];
}
