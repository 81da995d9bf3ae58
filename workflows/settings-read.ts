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
 * Everything that a workflow reads of its environments: each key once a job and environment, jobs in their order, keys in the order they are read.
 * The variables of the workflow count for every job. What the jobs of a called workflow read counts for the job that calls, in the environment that it
 * names for them. Expressions can't read settings (rendering refuses it), so this is complete.
 */
export function settingsRead(workflow: Workflow): readonly SettingRead[] {
  const common = [...valuesOf(workflow.env), ...optional(workflow.runName)];
  return Object.entries(workflow.jobs).flatMap(([id, job]) => {
    const own = reads(id, isCalling(job) ? undefined : nameOf(job, undefined), [...common, ...valuesOfJob(job)]);
    return isCalling(job) ? [...own, ...readByCalled(id, job)] : own;
  });
}

/** A called job gets a secret of its own environment by the name that its caller passes; one without an environment gets what is passed. */
function readByCalled(id: string, job: CallingJob): readonly SettingRead[] {
  const passed = job.secrets === "inherit" ? undefined : job.secrets;
  return Object.values(job.calls.jobs).flatMap((called) => {
    const environment = nameOf(called, job.with);
    if (environment === undefined && passed !== undefined) return reads(id, undefined, Object.values(passed));
    return reads(id, environment, [...valuesOf(job.calls.env), ...valuesOfJob(called)]);
  });
}

function reads(job: string, environment: string | undefined, values: readonly Value[]): readonly SettingRead[] {
  const found = new Map<string, SettingRead>();
  for (const reference of values.flatMap((value) => referencesOf(value))) {
    if ("expression" in reference) continue;
    const kind = "secret" in reference ? "secret" : "variable";
    const key = "secret" in reference ? reference.secret : reference.variable;
    found.set(`${kind} ${key}`, { job, environment, key, kind });
  }
  return [...found.values()];
}

/** The environment of a job, by what its caller passes where that says which. */
function nameOf({ environment }: WorkflowJob, passed: Variables | undefined): string | undefined {
  const name = environment?.name;
  if (typeof name !== "object") return name;
  const value = passed?.[name.expression.slice("inputs.".length)];
  return typeof value === "string" ? value : undefined;
}

function valuesOfJob(job: WorkflowJob | CallingJob): readonly Value[] {
  if (isCalling(job)) return [...optional(job.concurrency?.group), ...valuesOf(job.with)];
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
