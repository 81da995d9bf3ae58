import type { Job } from "../ci";
import { inChain } from "../gate-chain";
import { legsOf } from "../matrix-legs";
import { didYouMean, oneOf, show } from "../problem";
import type { CheckReference } from "../protected-main";
import type { CheckContext } from "./context";

/** Required checks refer to jobs and legs that exist and that report on every pull request. */
export function mainProblems({ service, report }: CheckContext): void {
  const { main, ci, repository } = service;
  const jobs = Object.keys(ci.jobs);
  const waited = inChain(ci).jobs;
  const seen = new Set<string>();
  const required = new Set(
    main.requiredChecks.flatMap(({ job: id, leg }) => {
      const job = Object.hasOwn(ci.jobs, id) ? ci.jobs[id] : undefined;
      return job === undefined ? [] : legsOf(job, leg).map((values) => checkKey(id, values));
    }),
  );
  main.requiredChecks.forEach((check, index) => {
    const path = ["main", "requiredChecks", index];
    const job = Object.hasOwn(ci.jobs, check.job) ? ci.jobs[check.job] : undefined;
    if (job === undefined) {
      report([...path, "job"], {
        came: show(check.job),
        expected: oneOf(jobs, "jobs of ci"),
        remedy: `no job reports this check: declare the job, or correct the reference if the job was renamed${didYouMean(check.job, jobs)}`,
      });
      return;
    }
    legProblems(check, job, path);
    const checks = legsOf(job, check.leg).map((leg) => checkKey(check.job, leg));
    if (checks.some((key) => seen.has(key))) {
      report(path, {
        came: `${show(check)}, which requires a check a second time`,
        expected: "each check once; without leg, a reference stands for every leg of its job's matrix",
        remedy: "remove one of the references, or narrow its leg",
      });
    }
    for (const key of checks) seen.add(key);
    needsProblems(check.job, job, path);
    if (ci.paths !== undefined) {
      report([...path, "job"], {
        came: `a required check in a workflow that only starts for ${show(ci.paths)}`,
        expected: "a workflow without a path filter",
        remedy:
          "remove ci.paths (a job may look for changed paths itself), or don't require the check: skipped by the filter it would be pending for ever",
        source:
          "https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks#handling-skipped-but-required-checks",
      });
    }
  });
  if (main.linearHistory && repository.merge.includes("merge")) {
    report(["repository", "merge"], {
      came: show(repository.merge),
      expected: "no merge commits: main.linearHistory refuses them",
      remedy: 'remove "merge", or write linearHistory: false',
    });
  }

  /**
   * A job whose `needs` failed is skipped, and a skipped check counts as passed: what a required job needs must be required too. Only `all-of` is
   * never skipped.
   */
  function needsProblems(id: string, job: Job, path: readonly PropertyKey[]): void {
    if (job.kind === "all-of") return;
    for (const needed of new Set(waited[id]?.needs ?? [])) {
      const other = Object.hasOwn(ci.jobs, needed) ? ci.jobs[needed] : undefined;
      if (other === undefined || legsOf(other).every((leg) => required.has(checkKey(needed, leg)))) continue;
      report([...path, "job"], {
        came: `${show(id)}, which needs ${show(needed)}, which is not required`,
        expected: "that everything a required job needs is required too",
        remedy: `require ${show(needed)} as well, or remove it from ci.jobs.${id}.needs: if it fails, "${id}" is skipped, and GitHub counts a skipped check as passed`,
        source:
          "https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks#handling-skipped-but-required-checks",
      });
    }
  }

  function legProblems(check: CheckReference, job: Job, path: readonly PropertyKey[]): void {
    const matrix: Readonly<Record<string, readonly string[]>> =
      "matrix" in job && job.matrix !== undefined ? job.matrix : {};
    for (const [key, value] of Object.entries(check.leg ?? {})) {
      const values = Object.hasOwn(matrix, key) ? matrix[key] : undefined;
      if (values === undefined) {
        report([...path, "leg", key], {
          came: `a value of "${key}"`,
          expected: oneOf(Object.keys(matrix), `keys of the matrix of the job "${check.job}"`),
          remedy: "refer to a key of the matrix, or leave leg out",
        });
      } else if (!values.includes(value)) {
        report([...path, "leg", key], {
          came: show(value),
          expected: oneOf(values, `values of "${key}" in the matrix of the job "${check.job}"`),
          remedy: `add the value to the matrix, or require one that it has${didYouMean(value, values)}`,
        });
      }
    }
  }
}

function checkKey(job: string, leg: readonly string[]): string {
  return JSON.stringify([job, leg]);
}
