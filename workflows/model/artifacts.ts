import { oneOf } from "../../declaration/problem";
import { type CallingJob, isCalling, type Value, type Variables, type WorkflowJob } from "../workflow";
import { eventsOf } from "./events";
import { readExpression } from "./expression";
import { textOf } from "./expressions-of";
import { type Finding, placeOf } from "./finding";
import type { JudgedWorkflow } from "./judged-workflow";
import { type Leg, legsOf } from "./legs";
import { withNeeds } from "./needs";
import { reachedJobs } from "./reachable-jobs";

/** An artifact that one run of a job uploads or downloads. */
interface Transfer {
  readonly path: string;
  readonly job: string;
  /** Its number among the steps of the job. */
  readonly step: number;
  /** With what isn't known before the run as an expression: `junit-unit-${{ github.run_attempt }}`. */
  readonly name: string;
  readonly inputs: Variables;
}

const SOURCE = "https://github.com/actions/upload-artifact#not-uploading-to-the-same-artifact";

/** Artifacts that are downloaded before anybody has uploaded them, and those that two jobs, or two runs of one, upload under one name. */
export function artifactFindings(workflow: JudgedWorkflow): readonly Finding[] {
  const uploads = transfersOf(workflow, "actions/upload-artifact");
  const downloads = transfersOf(workflow, "actions/download-artifact");
  return [...missing(workflow, uploads, downloads), ...doubled(workflow, uploads)];
}

/** Those of another run say which. */
function missing(
  { jobs }: JudgedWorkflow,
  uploads: readonly Transfer[],
  downloads: readonly Transfer[],
): readonly Finding[] {
  return downloads
    .filter(({ inputs }) => inputs["run-id"] === undefined)
    .flatMap((download) => {
      const before = withNeeds(jobs, download.job);
      const there = uploads.filter(({ job, step }) => (job === download.job ? step < download.step : before.has(job)));
      if (there.some((upload) => matches(upload.name, download))) return [];
      const late = uploads.find((upload) => matches(upload.name, download));
      return [
        {
          path: download.path,
          came: `the artifact "${download.name}", which ${late === undefined ? "no job uploads" : `the job "${late.job}" uploads, for which this one doesn't wait`}`,
          expected: oneOf(new Set(there.map(({ name }) => name)), "artifacts that are there by then"),
          remedy:
            late === undefined
              ? "upload it in a job that this one needs, or download another"
              : `add "${late.job}" to the needs of "${download.job}"`,
          source: "https://docs.github.com/en/actions/concepts/workflows-and-actions/workflow-artifacts",
        },
      ];
    });
}

function doubled(workflow: JudgedWorkflow, uploads: readonly Transfer[]): readonly Finding[] {
  const reached = eventsOf(workflow).map((event) => reachedJobs(workflow, event));
  const together = (a: string, b: string) => reached.some((jobs) => jobs.has(a) && jobs.has(b));
  const inOrder = (a: string, b: string) => a !== b && withNeeds(workflow.jobs, b).has(a);
  const seen = new Map<string, Transfer[]>();
  return uploads.flatMap((upload) => {
    const others = seen.get(upload.name) ?? [];
    seen.set(upload.name, [...others, upload]);
    const other = others.find(
      ({ job }) => together(job, upload.job) && !(upload.inputs.overwrite === true && inOrder(job, upload.job)),
    );
    if (other === undefined) return [];
    const by =
      other.job === upload.job
        ? "which another run of the job uploads too"
        : `which the job "${other.job}" uploads too`;
    return [
      {
        path: upload.path,
        came: `the artifact "${upload.name}", ${by}`,
        expected: "a name that nobody else uploads in the same run",
        remedy: "put the job's name, and each key of its matrix, into the name",
        source: SOURCE,
      },
    ];
  });
}

/** Without a name or a pattern, all are downloaded. What is known only when it runs may be anything. */
function matches(uploaded: string, { name, inputs }: Transfer): boolean {
  if (uploaded === name || name === "") return true;
  const anything = (text: string) => asPattern(text.split(/\$\{\{.*?\}\}/s));
  return inputs.pattern === undefined
    ? anything(uploaded).test(name) || anything(name).test(uploaded)
    : asPattern(name.split("*")).test(uploaded);
}

function asPattern(parts: readonly string[]): RegExp {
  return new RegExp(`^${parts.map((part) => part.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&")).join(".*")}$`, "s");
}

function transfersOf({ jobs }: JudgedWorkflow, action: string): readonly Transfer[] {
  return Object.entries(jobs).flatMap(([id, job]) =>
    legsOf(job).flatMap((leg) =>
      isCalling(job)
        ? Object.values(job.calls.jobs).flatMap((called) =>
            legsOf(called).flatMap((inner) => inSteps(id, called, action, passedOf(job, leg, inner))),
          )
        : inSteps(id, job, action, (path) => ofLeg(path, leg)),
    ),
  );
}

type Resolve = (path: string) => Value | undefined;

function inSteps(id: string, job: WorkflowJob, action: string, resolve: Resolve): readonly Transfer[] {
  return job.steps.flatMap((step, index) => {
    if (!("uses" in step) || !step.uses.uses.startsWith(`${action}@`)) return [];
    const inputs = step.with ?? {};
    const name = inputs.name ?? inputs.pattern ?? (action.includes("upload") ? "artifact" : "");
    return [{ path: placeOf(id, step), job: id, step: index, name: resolved(name, resolve), inputs }];
  });
}

/** What a called workflow finds: values of its own matrix, and inputs, which its caller passes. */
function passedOf({ calls, with: passed = {} }: CallingJob, leg: Leg, inner: Leg): Resolve {
  return (path) => {
    const own = ofLeg(path, inner);
    if (own !== undefined || !path.startsWith("inputs.")) return own;
    const name = path.slice("inputs.".length);
    const value = passed[name] ?? calls.triggers.workflowCall.inputs[name]?.default;
    return value === undefined ? undefined : resolved(value, (inPassed) => ofLeg(inPassed, leg));
  };
}

function ofLeg(path: string, leg: Leg): string | undefined {
  return Object.entries(leg).find(([key]) => `matrix.${key.toLowerCase()}` === path)?.[1];
}

function resolved(value: Value, resolve: Resolve): string {
  if (Array.isArray(value)) return value.map((part: Value) => resolved(part, resolve)).join("");
  if (typeof value !== "object") return String(value);
  const text = textOf(value as Exclude<typeof value, readonly unknown[]>);
  const expression = readExpression(text);
  const known = expression.kind === "path" ? resolve(expression.path.join(".")) : undefined;
  return known === undefined ? `\${{ ${text} }}` : String(known);
}
