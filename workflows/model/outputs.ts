import { didYouMean, oneOf, show } from "../../declaration/problem";
import { isCalling, type WorkflowStep } from "../workflow";
import { pathsIn } from "./expression";
import { expressionsOf, type PlacedExpression } from "./expressions-of";
import type { Finding } from "./finding";
import type { JudgedWorkflow } from "./judged-workflow";

type Path = readonly string[];

/**
 * Outputs of jobs and steps, and values of a matrix, that an expression reads and nobody sets: GitHub would put an empty text there, and say
 * nothing. Of a step that runs a program of the repository it isn't known what it sets; whether it is there is.
 */
export function outputFindings(workflow: JudgedWorkflow): readonly Finding[] {
  return expressionsOf(workflow).flatMap((read) =>
    pathsIn(read.expression).flatMap((path) => {
      const finding = unset(workflow, read, path);
      return finding === undefined ? [] : [finding];
    }),
  );
}

function unset(workflow: JudgedWorkflow, read: PlacedExpression, path: Path): Finding | undefined {
  switch (path[0]) {
    case "needs":
      return ofNeed(workflow, read, path);
    case "jobs":
      return ofJob(workflow, read, path, Object.keys(workflow.jobs));
    case "steps":
      return ofStep(workflow, read, path);
    case "matrix":
      return ofMatrix(workflow, read, path);
  }
  return undefined;
}

function ofNeed(workflow: JudgedWorkflow, read: PlacedExpression, path: Path): Finding | undefined {
  return ofJob(workflow, read, path, workflow.jobs[read.job ?? ""]?.needs ?? []);
}

/** @param seen ids of the jobs whose outputs can be read there */
function ofJob(
  { jobs }: JudgedWorkflow,
  read: PlacedExpression,
  path: Path,
  seen: Iterable<string>,
): Finding | undefined {
  const [context, key, part, output] = path;
  if (key === undefined || key === "*") return undefined;
  const ids = [...seen];
  const id = ids.find((one) => one.toLowerCase() === key);
  if (id === undefined)
    return finding(
      read,
      `the job "${key}", which is none of the ${context} there`,
      ids,
      context === "jobs" ? "jobs" : "needs of the job",
    );
  const job = jobs[id];
  if (job === undefined || part !== "outputs" || output === undefined || output === "*") return undefined;
  const outputs = Object.keys((isCalling(job) ? job.calls.triggers.workflowCall.outputs : job.outputs) ?? {});
  if (outputs.some((name) => name.toLowerCase() === output)) return undefined;
  return finding(read, `the output "${output}", which the job "${id}" doesn't have`, outputs, `outputs of "${id}"`);
}

function ofStep({ jobs }: JudgedWorkflow, read: PlacedExpression, path: Path): Finding | undefined {
  const [, key, part, output] = path;
  const job = jobs[read.job ?? ""];
  if (key === undefined || key === "*" || job === undefined || isCalling(job)) return undefined;
  const before = job.steps.slice(0, read.step);
  const ids = before.flatMap(({ id }) => id ?? []);
  const step = before.find(({ id }) => id?.toLowerCase() === key);
  if (step === undefined) return finding(read, `the step "${key}", which no step before is`, ids, "steps before");
  if (part !== "outputs" || output === undefined || output === "*" || mayWrite(step, output)) return undefined;
  return finding(read, `the output "${output}", which the script of the step "${key}" doesn't write`, [], "outputs");
}

/** A script names the outputs that it writes itself; of a program that it runs only that program knows. */
function mayWrite(step: WorkflowStep, output: string): boolean {
  if ("uses" in step) return true;
  const run = step.run.toLowerCase();
  return /\.(?:sh|[cm]?js|py)\b|\bnpx\b/.test(run) || run.includes(`${output}=`) || run.includes(`${output}<<`);
}

function ofMatrix({ jobs }: JudgedWorkflow, read: PlacedExpression, [, key]: Path): Finding | undefined {
  const keys = Object.keys(jobs[read.job ?? ""]?.matrix ?? {});
  if (key === undefined || key === "*" || keys.some((name) => name.toLowerCase() === key)) return undefined;
  return finding(read, `the value "${key}" of a matrix that doesn't have it`, keys, "keys of the matrix");
}

function finding(read: PlacedExpression, came: string, known: readonly string[], what: string): Finding {
  const [, wanted = ""] = /"([^"]*)"/.exec(came) ?? [];
  return {
    path: read.place,
    came: `${came}, in ${show(read.text)}: it would be empty`,
    expected: oneOf(known, what),
    remedy: `set it there, or read what is set${didYouMean(wanted, known)}`,
    source: "https://docs.github.com/en/actions/reference/workflows-and-actions/contexts",
  };
}
