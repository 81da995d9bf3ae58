import { didYouMean, oneOf, show } from "../../declaration/problem";
import { type CallInput, type CallingJob, isCalling, type Value } from "../workflow";
import { type Finding, placeOf } from "./finding";
import type { JudgedWorkflow } from "./judged-workflow";

const SOURCE = "https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows";

/** What jobs pass to the workflows that they call, and what those ask for. GitHub refuses the whole run for a difference. */
export function callFindings({ jobs }: JudgedWorkflow): readonly Finding[] {
  return Object.entries(jobs).flatMap(([id, job]) =>
    isCalling(job) ? [...inputsOf(id, job), ...secretsOf(id, job)] : [],
  );
}

function inputsOf(id: string, { calls, with: passed = {} }: CallingJob): readonly Finding[] {
  const inputs = calls.triggers.workflowCall.inputs;
  const path = (name: string) => placeOf(id, undefined, `with.${name}`);
  const missing = Object.entries(inputs)
    .filter(([name, input]) => input.default === undefined && !Object.hasOwn(passed, name))
    .map(([name, { type }]) => ({
      path: path(name),
      came: `nothing for the input "${name}", which ${calls.file} requires`,
      expected: `a ${type}`,
      remedy: `pass it, or give the input a default in ${calls.file}`,
      source: SOURCE,
    }));
  const wrong = Object.entries(passed).flatMap(([name, value]) => {
    const input = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
    if (input === undefined) return [unknown(path(name), "input", name, calls.file, Object.keys(inputs))];
    if (fits(value, input)) return [];
    return [
      {
        path: path(name),
        came: `${show(value)} for the input "${name}" of ${calls.file}`,
        expected: `a ${input.type}`,
        remedy: "pass a value of that type",
        source: SOURCE,
      },
    ];
  });
  return [...missing, ...wrong];
}

/** An expression may be anything until it runs. */
function fits(value: Value, { type }: CallInput): boolean {
  return typeof value === type || (typeof value === "object" && (type === "string" || !Array.isArray(value)));
}

function secretsOf(id: string, { calls, secrets = {} }: CallingJob): readonly Finding[] {
  if (secrets === "inherit") return [];
  const asked = calls.triggers.workflowCall.secrets ?? {};
  const path = (name: string) => placeOf(id, undefined, `secrets.${name}`);
  const missing = Object.entries(asked)
    .filter(([name, { required }]) => required && !Object.hasOwn(secrets, name))
    .map(([name]) => ({
      path: path(name),
      came: `nothing for the secret "${name}", which ${calls.file} requires`,
      expected: "a secret",
      remedy: `pass it, or let ${calls.file} do without`,
      source: SOURCE,
    }));
  const unasked = Object.keys(secrets).filter((name) => !Object.hasOwn(asked, name));
  return [...missing, ...unasked.map((name) => unknown(path(name), "secret", name, calls.file, Object.keys(asked)))];
}

function unknown(path: string, what: string, name: string, file: string, known: readonly string[]): Finding {
  return {
    path,
    came: `the ${what} "${name}", for which ${file} doesn't ask`,
    expected: oneOf(known, `${what}s of ${file}`),
    remedy: `pass only what it asks for${didYouMean(name, known)}`,
    source: SOURCE,
  };
}
