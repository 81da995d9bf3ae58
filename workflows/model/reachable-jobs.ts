import { oneOf, show } from "../../declaration/problem";
import { isCalling } from "../workflow";
import { eventsOf, knownOf, type WorkflowEvent } from "./events";
import { callsIn, readExpression } from "./expression";
import { type Finding, placeOf } from "./finding";
import type { JudgedWorkflow } from "./judged-workflow";
import { type Known, neverHolds } from "./possible";

/** https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#status-check-functions */
const STATUS = new Set(["always", "success", "failure", "cancelled"]);
const RESULTS = ["success", "failure", "cancelled", "skipped"] as const;

/** Jobs and steps that no event lets run, and workflows that nothing starts. */
export function reachabilityFindings(workflow: JudgedWorkflow): readonly Finding[] {
  const events = eventsOf(workflow);
  if (events.length === 0) {
    return [
      {
        path: "on",
        came: "nothing that starts the workflow",
        expected: "an event",
        remedy: "say when it runs, or remove it",
      },
    ];
  }
  const reached = events.map((event) => ({ event, jobs: reachedJobs(workflow, event) }));
  return Object.entries(workflow.jobs).flatMap(([id, job]) => {
    const starting = reached.filter(({ jobs }) => jobs.has(id));
    const names = oneOf(new Set(events.map(({ name }) => name)), "events of the workflow");
    if (starting.length === 0) return [unreachedJob(workflow, id, names, reached)];
    if (isCalling(job)) return [];
    return job.steps.flatMap((step) => {
      const { if: condition } = step;
      if (condition === undefined) return [];
      const runs = starting.some(({ event, jobs }) => !fails(condition, knownIn(workflow, event, jobs)));
      if (runs) return [];
      return [
        {
          path: placeOf(id, step, "if"),
          came: `${show(condition)}, which never holds when the job runs`,
          expected: `a condition that some run meets, by ${names}`,
          remedy: "correct the condition, or remove the step",
        },
      ];
    });
  });
}

function unreachedJob(
  { jobs }: JudgedWorkflow,
  id: string,
  names: string,
  reached: readonly { readonly jobs: ReadonlySet<string> }[],
): Finding {
  const job = jobs[id];
  const missing = job?.needs?.find((needed) => reached.every(({ jobs: some }) => !some.has(needed)));
  if (missing !== undefined && !seesToIt(job?.if)) {
    return {
      path: placeOf(id, undefined, "needs"),
      came: `${show(missing)}, a job that never runs: this one is always skipped`,
      expected: "jobs that some run reaches",
      remedy: "correct that job, or drop it from the needs",
    };
  }
  return {
    path: placeOf(id, undefined, "if"),
    came: `${show(job?.if)}, which never holds`,
    expected: `a condition that some run meets, by ${names}`,
    remedy: "correct the condition, or remove the job",
  };
}

/** The jobs that a run by one event may reach. */
export function reachedJobs(workflow: JudgedWorkflow, event: WorkflowEvent): ReadonlySet<string> {
  let reached: ReadonlySet<string> = new Set(Object.keys(workflow.jobs));
  for (;;) {
    const before = reached;
    const known = knownIn(workflow, event, before);
    reached = new Set(
      [...before].filter((id) => {
        const job = workflow.jobs[id];
        const needed = job?.needs ?? [];
        if (!seesToIt(job?.if) && needed.some((other) => Object.hasOwn(workflow.jobs, other) && !before.has(other)))
          return false;
        return job?.if === undefined || !fails(job.if, known);
      }),
    );
    if (reached.size === before.size) return reached;
  }
}

/** Whether a job looks itself at how its needs ended; else it is skipped where one was. */
export function seesToIt(condition: string | undefined): boolean {
  return condition !== undefined && callsIn(readExpression(condition)).some((name) => STATUS.has(name));
}

function fails(condition: string, known: Known): boolean {
  return neverHolds(readExpression(condition), known);
}

/** What is known of the event, and of the jobs: one that isn't reached is skipped, and has no outputs. */
function knownIn({ jobs }: JudgedWorkflow, event: WorkflowEvent, reached: ReadonlySet<string>): Known {
  const byEvent = knownOf(event);
  const ids = new Map(Object.keys(jobs).map((id) => [id.toLowerCase(), id]));
  return (path) => {
    const [context, job = "", part] = path;
    const id = ids.get(job);
    if (context !== "needs" || id === undefined) return byEvent(path);
    if (part === "result") return reached.has(id) ? RESULTS : ["skipped"];
    return part === "outputs" && !reached.has(id) ? [null] : undefined;
  };
}
