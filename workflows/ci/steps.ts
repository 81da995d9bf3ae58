import type { Job, Step, StepValue } from "../../declaration/ci";
import type { Service } from "../../declaration/service";
import {
  JOB_TOKEN,
  type Permissions,
  type Value,
  type Variables,
  type WorkflowJob,
  type WorkflowStep,
} from "../workflow";
import { checkOut } from "./check-out";
import { jobBase } from "./job-base";

/**
 * Steps of the service's own, after a checkout. Scripts find the values of the matrix in `MATRIX_<KEY>`, and where they read something of GitHub
 * a token for it.
 */
export function stepsJob(job: Extract<Job, { readonly kind: "steps" }>, settings: Service["settings"]): WorkflowJob {
  const read = { access: "read", because: "the service's own scripts read them" } as const;
  const reads: Permissions = Object.fromEntries((job.reads ?? []).map((scope) => [scope, read]));
  const asksFor = job.reads === undefined ? undefined : reads;
  const steps = job.steps.map((step) => workflowStep(step, asksFor, settings, job.environment));
  const env = Object.fromEntries(Object.keys(job.matrix ?? {}).map((key) => [matrixVariable(key), matrixValue(key)]));
  return {
    ...jobBase(job),
    ...(job.environment === undefined ? {} : { environment: { name: job.environment } }),
    permissions: { contents: "read", ...reads },
    ...(job.matrix === undefined ? {} : { matrix: job.matrix, env }),
    steps: checksOut(job.steps[0]) ? steps : [checkOut(), ...steps],
  };
}

function checksOut(first: Step | undefined): boolean {
  return first !== undefined && "action" in first && first.action.uses.startsWith("actions/checkout@");
}

function matrixVariable(key: string): string {
  return `MATRIX_${key.toUpperCase().replace(/\W/g, "_")}`;
}

function matrixValue(key: string): Value {
  return { expression: `matrix['${key}']` };
}

function workflowStep(
  step: Step,
  asksFor: Permissions | undefined,
  settings: Service["settings"],
  environment: string | undefined,
): WorkflowStep {
  const values = (entries: Readonly<Record<string, StepValue>>): Variables =>
    Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, stepValue(value, settings, environment)]));
  const common = { name: step.name, env: values(step.env ?? {}) };
  if ("run" in step) {
    if (asksFor === undefined) return { ...common, run: step.run };
    return { ...common, env: { GITHUB_TOKEN: JOB_TOKEN, ...common.env }, run: step.run, asksFor };
  }
  return { ...common, uses: step.action, ...(step.with === undefined ? {} : { with: values(step.with) }) };
}

/** A job without an environment gets a variable's value of the `ci` column; anything else is a reference, checked with all others. */
function stepValue(value: StepValue, settings: Service["settings"], environment: string | undefined): Value {
  if (typeof value === "string") return value;
  const setting = Object.hasOwn(settings, value.setting) ? settings[value.setting] : undefined;
  if (setting?.kind === "secret") return { secret: value.setting };
  if (environment === undefined && setting?.ci !== undefined) return setting.ci;
  return { variable: value.setting };
}
