import type { Ci, Job } from "./ci";
import { inChain } from "./gate-chain";
import { phaseOfGate, reached } from "./phase";
import type { CheckReference } from "./protected-main";
import type { Service } from "./service";

type JobsSource = Pick<Service, "phase" | "ci" | "main" | "railway">;

/**
 * The CI workflow as far as the phase is on. Until the phase "workflows" it has the jobs of the first checks only and nothing that sums them up, then
 * all but those of gates that a later phase brings. A job that needs one that is off needs what that one needs: the order of the chain stays.
 */
export function ciInPhase(service: JobsSource): Ci {
  const { jobs } = service.ci;
  const on = jobsOn(service);
  const inOrder = Object.entries(jobs).filter(([id]) => on.has(id));
  const required = new Set(checksInPhase(service).map(({ job }) => job));
  const { summary, ...ci } = service.ci;
  return {
    ...ci,
    ...(summary !== undefined && reached(service, "workflows") && { summary }),
    jobs: Object.fromEntries(inOrder.map(([id, job]) => [id, asRequired(withNeeds(job, jobs, on), required.has(id))])),
  };
}

/** What `main` requires as far as the phase is on: never a job that is off, for its check would be pending for ever. */
export function checksInPhase(service: JobsSource): readonly CheckReference[] {
  const on = jobsOn(service);
  const { requiredChecks, firstChecks = requiredChecks } = service.main;
  return (reached(service, "checks") ? requiredChecks : firstChecks).filter(({ job }) => on.has(job));
}

function jobsOn(service: JobsSource): ReadonlySet<string> {
  const { jobs } = service.ci;
  const { firstChecks, requiredChecks } = service.main;
  const brought = (id: string) => {
    const job = jobs[id];
    return job !== undefined && reached(service, phaseOfGate(job.gate));
  };
  // What a first check needs is on with it, whatever its gate; so is what a deployment starts with.
  const always = [...(firstChecks ?? []).map(({ job }) => job), ...optional(service.railway?.unitTests)];
  const on = withAllNeeds(always, inChain(service.ci).jobs);
  if (reached(service, "workflows")) for (const id of Object.keys(jobs).filter(brought)) on.add(id);
  else if (firstChecks === undefined)
    for (const { job } of requiredChecks) if (jobs[job] !== undefined && !laterGate(jobs[job])) on.add(job);
  return on;
}

function laterGate(job: Job): boolean {
  return phaseOfGate(job.gate) !== "workflows";
}

function withAllNeeds(ids: readonly string[], jobs: Ci["jobs"]): Set<string> {
  const all = new Set<string>();
  const add = (id: string) => {
    if (all.has(id) || !Object.hasOwn(jobs, id)) return;
    all.add(id);
    for (const needed of jobs[id]?.needs ?? []) add(needed);
  };
  for (const id of ids) add(id);
  return all;
}

/** The job, needing what stands in for the jobs that are off. */
function withNeeds(job: Job, jobs: Ci["jobs"], on: ReadonlySet<string>): Job {
  const needs = job.needs ?? [];
  if (needs.every((id) => on.has(id))) return job;
  const found = new Set<string>();
  const seen = new Set<string>();
  const add = (id: string) => {
    if (seen.has(id)) return;
    seen.add(id);
    if (on.has(id)) found.add(id);
    else for (const needed of jobs[id]?.needs ?? []) add(needed);
  };
  for (const id of needs) add(id);
  const { needs: _off, ...without } = job;
  return found.size === 0 ? without : { ...without, needs: [...found] };
}

/** The job; its dry run is not required before it is itself. */
function asRequired(job: Job, required: boolean): Job {
  if (job.kind !== "migrations" || job.dryRun === undefined || required) return job;
  return { ...job, dryRun: { ...job.dryRun, blocking: false } };
}

function optional(id: string | undefined): readonly string[] {
  return id === undefined ? [] : [id];
}
