import { referencesOf } from "../value";
import {
  type CallingJob,
  isCalling,
  type Reference,
  type Value,
  type Variables,
  type WorkflowJob,
  type WorkflowStep,
} from "../workflow";
import { type Expression, readExpression } from "./expression";
import { placeOf } from "./finding";
import type { JudgedWorkflow } from "./judged-workflow";

/** One expression of a workflow, and where it stands. */
export interface PlacedExpression {
  /** Id of its job; undefined when it is the whole workflow's. */
  readonly job: string | undefined;
  /** Index of its step; undefined when it is the whole job's. */
  readonly step: number | undefined;
  readonly place: string;
  readonly text: string;
  readonly expression: Expression;
}

type Found = readonly [part: string, text: string];

/** Several rules look at the same workflow. */
const found = new WeakMap<JudgedWorkflow, readonly PlacedExpression[]>();

/** All expressions of a workflow, references to settings too, in their order. */
export function expressionsOf(workflow: JudgedWorkflow): readonly PlacedExpression[] {
  const known = found.get(workflow);
  if (known !== undefined) return known;
  const all = allOf(workflow);
  found.set(workflow, all);
  return all;
}

function allOf(workflow: JudgedWorkflow): readonly PlacedExpression[] {
  const outputs = workflow.triggers.workflowCall?.outputs ?? {};
  const whole = [
    ...inText("name", workflow.name),
    ...inValue("run-name", workflow.runName),
    ...inValue("concurrency.group", workflow.concurrency?.group),
    ...cancelled(workflow),
    ...inVariables("env", workflow.env),
    ...Object.entries(outputs).flatMap(([name, { value }]) => inValue(`on.workflow_call.outputs.${name}`, value)),
  ];
  return [
    ...whole.map(([part, text]) => placed(undefined, undefined, part, text)),
    ...Object.entries(workflow.jobs).flatMap(([id, job]) => expressionsOfJob(id, job)),
  ];
}

export function expressionsOfJob(id: string, job: WorkflowJob | CallingJob): readonly PlacedExpression[] {
  const whole = inJob(job).map(([part, text]) => placed(id, undefined, placeOf(id, undefined, part), text));
  if (isCalling(job)) return whole;
  const steps = job.steps.flatMap((step, index) =>
    inStep(step).map(([part, text]) => placed(id, index, placeOf(id, step, part), text)),
  );
  return [...whole, ...steps];
}

function inJob(job: WorkflowJob | CallingJob): readonly Found[] {
  const common = [
    ...inText("name", job.name),
    ...inCondition(job.if),
    ...inValue("concurrency.group", job.concurrency?.group),
    ...cancelled(job),
  ];
  if (isCalling(job)) {
    return [
      ...common,
      ...inVariables("with", job.with),
      ...(job.secrets === "inherit" ? [] : inVariables("secrets", job.secrets)),
    ];
  }
  return [
    ...common,
    ...inValue("timeout-minutes", job.timeoutMinutes),
    ...inName("environment", job.environment?.name),
    ...inValue("environment.url", job.environment?.url),
    ...inVariables("outputs", job.outputs),
    ...inVariables("env", job.env),
  ];
}

function inStep(step: WorkflowStep): readonly Found[] {
  return [
    ...inCondition(step.if),
    ...inVariables("env", step.env),
    ...("uses" in step ? inVariables("with", step.with) : inText("run", step.run)),
  ];
}

function placed(job: string | undefined, step: number | undefined, place: string, text: string): PlacedExpression {
  return { job, step, place, text, expression: readExpression(text) };
}

function cancelled({ concurrency }: Pick<JudgedWorkflow, "concurrency">): readonly Found[] {
  const cancel = concurrency?.cancelInProgress;
  return typeof cancel === "object" ? inValue("concurrency.cancel-in-progress", cancel) : [];
}

function inCondition(condition: string | undefined): readonly Found[] {
  return condition === undefined ? [] : [["if", condition]];
}

function inVariables(part: string, variables: Variables | undefined): readonly Found[] {
  return Object.entries(variables ?? {}).flatMap(([key, value]) => inValue(`${part}.${key}`, value));
}

function inValue(part: string, value: Value | undefined): readonly Found[] {
  return value === undefined ? [] : referencesOf(value).map((reference) => [part, textOf(reference)]);
}

/** In text that somebody wrote with expressions in it, where a value of ours is never text alone. */
function inText(part: string, text: string | undefined): readonly Found[] {
  return [...(text ?? "").matchAll(/\$\{\{(.*?)\}\}/gs)].map(([, inner = ""]) => [part, inner.trim()]);
}

function inName(part: string, name: string | Reference | undefined): readonly Found[] {
  return typeof name === "object" ? inValue(part, name) : inText(part, name);
}

/** The texts of all expressions in a value, also of those that somebody wrote into text. */
export function expressionsIn(value: Value): readonly string[] {
  return typeof value === "string"
    ? inText("", value).map(([, text]) => text)
    : referencesOf(value).map((reference) => textOf(reference));
}

/** A reference as the expression that it is rendered as. */
export function textOf(reference: Reference): string {
  if ("secret" in reference) return `secrets.${reference.secret}`;
  if ("variable" in reference) return `vars.${reference.variable}`;
  return reference.expression;
}
