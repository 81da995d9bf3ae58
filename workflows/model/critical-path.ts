import { jobName } from "../check-names";
import { type CalledWorkflow, type CallingJob, isCalling, type Variables, type WorkflowJob } from "../workflow";

/** Jobs of which each waits for the one before, and how long they may take together. */
export interface CriticalPath {
  /** Their names, the first first; a job of a called workflow as `caller / called`. */
  readonly jobs: readonly string[];
  readonly minutes: number;
}

/** https://docs.github.com/en/actions/reference/limits */
const LONGEST_JOB_MINUTES = 360;

type Jobs = Readonly<Record<string, WorkflowJob | CallingJob>>;

/**
 * The longest that some jobs may take with all that they wait for, and which jobs that is. A job may take until its timeout: no other bound holds,
 * for that one alone stops it. What a job waits for a runner is not in it, for nobody says how long that may be. Legs of a matrix run at once.
 *
 * @param ends ids of the jobs that are waited for
 */
export function criticalPath(jobs: Jobs, ends: Iterable<string>): CriticalPath {
  return longestPath(jobs, ends, {});
}

function longestPath(jobs: Jobs, ends: Iterable<string>, passed: Variables): CriticalPath {
  const known = new Map<string, CriticalPath>();
  const pathTo = (id: string): CriticalPath => {
    const before = known.get(id);
    const job = Object.hasOwn(jobs, id) ? jobs[id] : undefined;
    if (before !== undefined || job === undefined) return before ?? NOTHING;
    // A circle is refused elsewhere; here it must only end.
    known.set(id, NOTHING);
    const waited = longest((job.needs ?? []).map(pathTo));
    const own = isCalling(job)
      ? ofCalled(jobName(id, job), job)
      : { jobs: [jobName(id, job)], minutes: minutesOf(job, passed) };
    const path = { jobs: [...waited.jobs, ...own.jobs], minutes: waited.minutes + own.minutes };
    known.set(id, path);
    return path;
  };
  return longest([...ends].map(pathTo));
}

const NOTHING: CriticalPath = { jobs: [], minutes: 0 };

function longest(paths: readonly CriticalPath[]): CriticalPath {
  return paths.reduce((longer, path) => (path.minutes > longer.minutes ? path : longer), NOTHING);
}

function ofCalled(name: string, { calls, with: passed = {} }: CallingJob): CriticalPath {
  const inputs = { ...defaultsOf(calls), ...passed };
  const path = longestPath(calls.jobs, Object.keys(calls.jobs), inputs);
  return { ...path, jobs: path.jobs.map((called) => `${name} / ${called}`) };
}

function defaultsOf({ triggers }: CalledWorkflow): Variables {
  return Object.fromEntries(
    Object.entries(triggers.workflowCall.inputs).flatMap(([input, entry]) =>
      entry.default === undefined ? [] : [[input, entry.default]],
    ),
  );
}

/** What a caller says by an expression isn't known, and may be as long as GitHub lets a job run. */
function minutesOf({ timeoutMinutes }: WorkflowJob, passed: Variables): number {
  if (typeof timeoutMinutes === "number") return timeoutMinutes;
  const minutes = passed[timeoutMinutes.expression.replace(/^inputs\./, "")];
  return typeof minutes === "number" ? minutes : LONGEST_JOB_MINUTES;
}
