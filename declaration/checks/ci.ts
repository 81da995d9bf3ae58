import type { Job, Step, StepValue } from "../ci";
import { deployingCommand, isDeployingAction } from "../deploys";
import { inChain, isLink } from "../gate-chain";
import { countLegs, MOST_LEGS } from "../matrix-legs";
import { didYouMean, oneOf, show } from "../problem";
import type { CheckContext } from "./context";
import { migrationsProblems } from "./migrations";
import { planProblem } from "./plan";
import { refersTo } from "./refers-to";

/** The CI workflow: an order without cycles, distinct check names, nothing that deploys, only settings that CI defines. */
export function ciProblems(context: CheckContext): void {
  const { organization, service, report } = context;
  const jobs = Object.entries(service.ci.jobs);
  if (jobs.length === 0) {
    report(["ci", "jobs"], {
      came: "no job",
      expected: "at least one job",
      remedy: "declare what a pull request must pass",
    });
  }
  const names = new Map<string, string>();
  for (const [id, job] of jobs) {
    const name = job.name ?? id;
    const other = names.get(name);
    if (other !== undefined) {
      report(["ci", "jobs", id, "name"], {
        came: `${show(name)}, which the job "${other}" reports too`,
        expected: "a name that no other job reports",
        remedy: "rename one: GitHub can't tell two checks of one name apart",
      });
    }
    names.set(name, id);
    (job.needs ?? []).forEach((needed, index) => {
      refersTo(
        report,
        ["ci", "jobs", id, "needs", index],
        needed,
        Object.keys(service.ci.jobs),
        "jobs of ci",
        "name a job that exists",
      );
    });
    if (service.ci.failFast === true && isLink(job)) chainProblems(id, job);
    if ("matrix" in job && job.matrix !== undefined) matrixProblems(id, job, job.matrix);
    if (job.kind === "steps") stepProblems(id, job);
    if (job.kind === "codeql") codeScanningProblem(id);
    if (job.kind === "migrations") migrationsProblems(context, id, job);
    if (job.kind === "all-of" && (job.needs ?? []).length === 0) {
      report(["ci", "jobs", id, "needs"], {
        came: "no job",
        expected: "the jobs that this one stands for",
        remedy: "name them, or drop this job: a check of nothing would say nothing",
      });
    }
  }
  const cycle = findCycle(inChain(service.ci).jobs);
  if (cycle !== undefined) {
    report(["ci", "jobs", cycle[0] ?? "", "needs"], {
      came: `a circle: ${cycle.join(" → ")}`,
      expected: "an order in which the jobs can run",
      remedy: "remove one of these needs",
    });
  }

  function chainProblems(id: string, job: Job): void {
    (job.needs ?? []).forEach((needed, index) => {
      const gate = Object.hasOwn(service.ci.jobs, needed) ? service.ci.jobs[needed]?.gate : undefined;
      if (gate === undefined || gate === job.gate) return;
      report(["ci", "jobs", id, "needs", index], {
        came: `${show(needed)}, of the gate ${show(gate)}, where ci.failFast is true`,
        expected: `only jobs of its own gate, ${show(job.gate)}`,
        remedy: "remove it: jobs wait for the gates before theirs without being told",
      });
    });
  }

  function matrixProblems(id: string, job: Job, matrix: Readonly<Record<string, readonly string[]>>): void {
    const path = ["ci", "jobs", id, "matrix"];
    const keys = Object.entries(matrix);
    if (keys.length === 0) {
      report(path, {
        came: "a matrix without keys",
        expected: "at least one key",
        remedy: "give it a key with values, or remove the matrix",
      });
    }
    for (const [key, values] of keys) {
      values.forEach((value, index) => {
        if (values.indexOf(value) === index) return;
        report([...path, key, index], {
          came: `${show(value)} a second time`,
          expected: "each value once: two legs would report one check",
          remedy: "remove one",
        });
      });
    }
    const legs = countLegs(job);
    if (legs > MOST_LEGS) {
      report(path, {
        came: `${legs.toLocaleString("en")} combinations`,
        expected: `at most ${MOST_LEGS} jobs of one matrix`,
        remedy: "split the job, or drop values",
        source: "https://docs.github.com/en/actions/reference/limits",
      });
    }
  }

  function codeScanningProblem(id: string): void {
    const { plan, licenses } = organization.github;
    const { visibility } = service.repository ?? {};
    const problem = planProblem(
      "code scanning",
      plan,
      visibility,
      "remove the job: CodeQL could not hand in what it finds",
      licenses,
    );
    if (problem !== undefined) report(["ci", "jobs", id], problem);
  }

  function stepProblems(id: string, job: Extract<Job, { kind: "steps" }>): void {
    if (job.environment !== undefined) {
      report(["ci", "jobs", id, "environment"], {
        came: `a deployment to ${show(job.environment)} in the CI workflow, which pull requests start`,
        expected: "jobs without an environment",
        remedy: "deploy with a release (the service's `release`), which only main can start",
      });
    }
    job.steps.forEach((step, index) => {
      const path = ["ci", "jobs", id, "steps", index];
      const deploys =
        "run" in step ? deployingCommand(step.run) : isDeployingAction(step.action.uses) ? step.action.uses : undefined;
      if (deploys !== undefined) {
        report([...path, "run" in step ? "run" : "action"], {
          came: `${show(deploys)} in the CI workflow, which pull requests start`,
          expected: "steps that check and change nothing outside",
          remedy: "deploy with a release (the service's `release`), which only main can start",
        });
      }
      for (const [part, values] of valuesOf(step)) {
        for (const [key, value] of Object.entries(values)) settingProblem([...path, part, key], value);
      }
    });
  }

  function settingProblem(path: readonly PropertyKey[], value: StepValue): void {
    if (typeof value === "string") return;
    const setting = Object.hasOwn(service.settings, value.setting) ? service.settings[value.setting] : undefined;
    if (setting === undefined) {
      report(path, {
        came: `the setting ${show(value.setting)}, which is not declared`,
        expected: oneOf(Object.keys(service.settings), "keys of settings"),
        remedy: `declare it in settings, or name one of its keys${didYouMean(value.setting, Object.keys(service.settings))}`,
      });
    } else if (setting.kind === "secret") {
      report(path, {
        came: `the secret ${show(value.setting)} in the CI workflow, which pull requests start`,
        expected: "variables with a value for CI",
        remedy: "move what needs the secret into a workflow that only main can start",
        source: "https://docs.github.com/en/actions/reference/security/secure-use",
      });
    } else if (setting.ci === undefined) {
      report(path, {
        came: `the variable ${show(value.setting)}, which has no value for CI`,
        expected: "a variable with a value for CI",
        remedy: `write settings.${value.setting}.ci`,
      });
    }
  }
}

function valuesOf(step: Step): readonly (readonly [string, Readonly<Record<string, StepValue>>])[] {
  return "run" in step
    ? [["env", step.env ?? {}]]
    : [
        ["env", step.env ?? {}],
        ["with", step.with ?? {}],
      ];
}

/** The first circle of `needs`, as the ids on it; undefined when there is none. */
function findCycle(jobs: Readonly<Record<string, Job>>): readonly string[] | undefined {
  const done = new Set<string>();
  const onPath: string[] = [];
  function visit(id: string): readonly string[] | undefined {
    const start = onPath.indexOf(id);
    if (start >= 0) return [...onPath.slice(start), id];
    if (done.has(id) || !Object.hasOwn(jobs, id)) return undefined;
    onPath.push(id);
    for (const needed of jobs[id]?.needs ?? []) {
      const cycle = visit(needed);
      if (cycle !== undefined) return cycle;
    }
    onPath.pop();
    done.add(id);
    return undefined;
  }
  for (const id of Object.keys(jobs)) {
    const cycle = visit(id);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
