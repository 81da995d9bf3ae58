import { didYouMean, oneOf } from "../../declaration/problem";
import { pathsIn } from "./expression";
import { expressionsOf } from "./expressions-of";
import type { Finding } from "./finding";
import type { JudgedWorkflow } from "./judged-workflow";

interface Declared {
  /** As expressions have it: GitHub takes no notice of case. */
  readonly key: string;
  readonly path: string;
}

/** Inputs, and secrets of a workflow that is called, that it asks for and doesn't read; inputs that it reads and doesn't ask for. */
export function inputFindings(workflow: JudgedWorkflow): readonly Finding[] {
  const { workflowCall, workflowDispatch } = workflow.triggers;
  const inputs = [
    ...declared("on.workflow_call.inputs", workflowCall?.inputs),
    ...declared("on.workflow_dispatch.inputs", workflowDispatch),
  ];
  const secrets = declared("on.workflow_call.secrets", workflowCall?.secrets);
  const all = expressionsOf(workflow);
  const reads = all.flatMap(({ place, text, expression }) =>
    pathsIn(expression).flatMap((path) => {
      const input = inputOf(path);
      return input === undefined ? [] : [{ place, text, input }];
    }),
  );
  const read = new Set(reads.map(({ input }) => input));
  const readSecrets = new Set(
    all.flatMap(({ expression }) => pathsIn(expression)).flatMap(([root, key]) => (root === "secrets" ? [key] : [])),
  );
  const names = inputs.map(({ key }) => key);
  return [
    ...inputs.flatMap(({ key, path }) => (read.has(key) || read.has("*") ? [] : [unread(path)])),
    ...secrets.flatMap(({ key, path }) => (readSecrets.has(key) ? [] : [unread(path)])),
    ...reads
      .filter(({ input }) => input !== "*" && !names.includes(input))
      .map(({ place, text, input }) => ({
        path: place,
        came: `the input "${input}" in ${text}, which the workflow doesn't ask for: it would be empty`,
        expected: oneOf(names, "inputs"),
        remedy: `declare it, or read one that is${didYouMean(input, names)}`,
      })),
  ];
}

function declared(path: string, entries: Readonly<Record<string, unknown>> | undefined): readonly Declared[] {
  return Object.keys(entries ?? {}).map((name) => ({ key: name.toLowerCase(), path: `${path}.${name}` }));
}

function unread(path: string): Finding {
  return {
    path,
    came: "what no job or step reads: whoever gives it believes that it has an effect",
    expected: "only what the workflow reads",
    remedy: "remove it, or read it where it was meant to count",
  };
}

/** The input that a path reads; `*` for all of them. */
function inputOf(path: readonly string[]): string | undefined {
  if (path[0] === "inputs") return path[1] ?? "*";
  const [context, event, inputs, name = "*"] = path;
  return context === "github" && event === "event" && inputs === "inputs" ? name : undefined;
}
