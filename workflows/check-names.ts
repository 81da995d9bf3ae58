import { legsOf } from "./model/legs";
import { plainText } from "./plain-text";
import { type CallingJob, isCalling, type Workflow, type WorkflowJob } from "./workflow";

/** One check that GitHub reports for a workflow: a job, one leg of a matrix job, or a job of the workflow that a job calls. */
export interface CheckName {
  /** Id of the job; of the calling one, where it calls. */
  readonly job: string;
  /** Values of the leg by key of the matrix; empty for a job without one. */
  readonly leg: Readonly<Record<string, string>>;
  /** What a ruleset must name to require the check. */
  readonly name: string;
}

/** https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/JobNameBuilder.cs */
const LONGEST_NAME = 100;

/**
 * The names GitHub reports, in the order of the jobs. A job is reported by its `name`, else by its id; a leg of a matrix as
 * `name (v1, v2)`, its values in the order of the matrix's keys; a name of over 100 characters is cut to 97 and `...`. (A `name` that is an
 * expression would replace all of it; names here never are.) A job that calls a workflow reports nothing itself: the jobs of that workflow do,
 * as `name / their name`.
 * https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows
 */
export function checkNames(workflow: Pick<Workflow, "jobs">): readonly CheckName[] {
  return Object.entries(workflow.jobs).flatMap(([id, job]) =>
    legsOf(job).flatMap((leg) => {
      const name = reportedName(jobName(id, job), Object.values(leg));
      if (!isCalling(job)) return [{ job: id, leg, name }];
      return checkNames(job.calls).map((called) => ({ job: id, leg, name: `${name} / ${called.name}` }));
    }),
  );
}

/** The job's own name, else its id. */
export function jobName(id: string, job: Pick<WorkflowJob | CallingJob, "name">): string {
  return plainText(job.name ?? "") || id;
}

function reportedName(name: string, values: readonly string[]): string {
  const whole = values.length === 0 ? name : `${name} (${values.join(", ")})`;
  return whole.length > LONGEST_NAME ? `${whole.slice(0, LONGEST_NAME - 3)}...` : whole;
}
