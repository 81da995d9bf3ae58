import { didYouMean, oneOf, show } from "../../declaration/problem";
import { type Finding, placeOf } from "./finding";
import type { JudgedWorkflow } from "./judged-workflow";

/** GitHub refuses the whole file for either, and then no job reports anything. */
const SOURCE = "https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds";

/** Jobs that need one that isn't there, or, by way of others, themselves. */
export function needsFindings({ jobs }: JudgedWorkflow): readonly Finding[] {
  const ids = Object.keys(jobs);
  const unknown = Object.entries(jobs).flatMap(([id, { needs = [] }]) =>
    needs
      .filter((needed) => !Object.hasOwn(jobs, needed))
      .map((needed) => ({
        path: placeOf(id, undefined, "needs"),
        came: `${show(needed)}, which is no job of the workflow`,
        expected: oneOf(ids, "jobs"),
        remedy: `name a job that exists${didYouMean(needed, ids)}`,
        source: SOURCE,
      })),
  );
  const circles = circlesOf(jobs).map((circle) => ({
    path: placeOf(circle[0] ?? "", undefined, "needs"),
    came: `a circle: ${circle.join(" → ")}`,
    expected: "an order in which the jobs can run",
    remedy: "remove one of these needs",
    source: SOURCE,
  }));
  return [...unknown, ...circles];
}

/** Every job that another needs, and that one's, the needed before those that need them; a job of a circle stands in it once. */
export function withNeeds(jobs: JudgedWorkflow["jobs"], id: string): ReadonlySet<string> {
  const all = new Set<string>();
  const visited = new Set<string>();
  const visit = (job: string) => {
    if (visited.has(job)) return;
    visited.add(job);
    if (Object.hasOwn(jobs, job)) jobs[job]?.needs?.forEach(visit);
    all.add(job);
  };
  visit(id);
  return all;
}

/** One circle for each job that closes one, as the ids on it. */
function circlesOf(jobs: JudgedWorkflow["jobs"]): readonly (readonly string[])[] {
  const done = new Set<string>();
  const onPath: string[] = [];
  const circles: (readonly string[])[] = [];
  const visit = (id: string) => {
    const start = onPath.indexOf(id);
    if (start >= 0) circles.push([...onPath.slice(start), id]);
    if (start >= 0 || done.has(id) || !Object.hasOwn(jobs, id)) return;
    onPath.push(id);
    jobs[id]?.needs?.forEach(visit);
    onPath.pop();
    done.add(id);
  };
  Object.keys(jobs).forEach(visit);
  return circles;
}
