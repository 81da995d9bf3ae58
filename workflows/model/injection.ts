import { isCalling, type Value, type Variables, type WorkflowJob, type WorkflowStep } from "../workflow";
import { pathsIn, readExpression } from "./expression";
import { expressionsIn } from "./expressions-of";
import { type Finding, placeOf } from "./finding";
import type { JudgedWorkflow } from "./judged-workflow";
import { isUntrusted } from "./untrusted";

/** The paths that a path stands for, as text. */
type Resolve = (path: readonly string[]) => readonly string[];

interface Sink {
  readonly what: string;
  /** Whether what comes in is run as code. */
  readonly code: boolean;
  /** Names of the inputs of the action. */
  readonly inputs: readonly string[];
}

/** Actions whose inputs are more than text. */
const SINKS: Readonly<Record<string, Sink>> = {
  "actions/github-script": { what: "a script", code: true, inputs: ["script"] },
  "actions/upload-artifact": { what: "the name of an artifact", code: false, inputs: ["name"] },
  "actions/download-artifact": { what: "the name of an artifact", code: false, inputs: ["name", "pattern"] },
  "actions/cache": { what: "the key of a cache", code: false, inputs: ["key", "restore-keys"] },
  "actions/cache/save": { what: "the key of a cache", code: false, inputs: ["key"] },
  "actions/cache/restore": { what: "the key of a cache", code: false, inputs: ["key", "restore-keys"] },
};

/**
 * Expressions in scripts, where GitHub pastes their value as code; and text that others write in names of artifacts and keys of caches, by which
 * they choose what another run takes.
 */
export function injectionFindings(workflow: JudgedWorkflow): readonly Finding[] {
  return Object.entries(workflow.jobs).flatMap(([id, job]) => {
    if (!isCalling(job)) return inSteps(id, job, workflow.env, (path) => [path.join(".")]);
    const passed = job.with ?? {};
    const ofInput: Resolve = ([context, input = "", ...rest]) => {
      const value = Object.entries(passed).find(([name]) => name.toLowerCase() === input)?.[1];
      if (context !== "inputs") return [[context, input, ...rest].join(".")];
      return value === undefined ? [] : pathsOf(value);
    };
    return Object.values(job.calls.jobs).flatMap((called) => inSteps(id, called, job.calls.env, ofInput));
  });
}

function inSteps(id: string, job: WorkflowJob, whole: Variables | undefined, resolve: Resolve): readonly Finding[] {
  return job.steps.flatMap((step) => {
    const env = { ...whole, ...job.env, ...step.env };
    const sources: Resolve = (path) =>
      path[0] === "env" && path[1] !== undefined ? fromEnv(env, path[1]).flatMap(resolve) : resolve(path);
    return sinksOf(step).flatMap(({ part, what, code, text }) =>
      expressionsIn(text).flatMap((expression) => {
        const untrusted = pathsIn(readExpression(expression))
          .flatMap((path) => sources(path))
          .find((path) => isUntrusted(path.split(".")));
        if (!code && untrusted === undefined) return [];
        return [
          {
            path: placeOf(id, step, part),
            came: `\${{ ${expression} }} in ${what}${untrusted === undefined ? "" : `; ${untrusted} is text that anybody writes`}`,
            expected: code
              ? "a script without expressions, whose values GitHub would paste into it as code"
              : "names that follow from what only you write",
            remedy: code
              ? "pass the value through env, and read the variable"
              : "use a number or a commit in its place: github.event.pull_request.number, github.sha",
            source: "https://docs.github.com/en/actions/concepts/security/script-injections",
          },
        ];
      }),
    );
  });
}

function sinksOf(step: WorkflowStep) {
  if (!("uses" in step)) return [{ part: "run", what: "a script", code: true, text: step.run as Value }];
  const [action = ""] = step.uses.uses.split("@");
  const sink = Object.hasOwn(SINKS, action) ? SINKS[action] : undefined;
  if (sink === undefined) return [];
  return sink.inputs.flatMap((input) => {
    const text = step.with?.[input];
    return text === undefined ? [] : [{ part: `with.${input}`, what: sink.what, code: sink.code, text }];
  });
}

function fromEnv(env: Variables, name: string): readonly (readonly string[])[] {
  const value = Object.entries(env).find(([key]) => key.toLowerCase() === name)?.[1];
  return value === undefined ? [] : expressionsIn(value).flatMap((text) => pathsIn(readExpression(text)));
}

function pathsOf(value: Value): readonly string[] {
  return expressionsIn(value)
    .flatMap((text) => pathsIn(readExpression(text)))
    .map((path) => path.join("."));
}
