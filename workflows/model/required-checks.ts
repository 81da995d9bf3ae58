import { show } from "../../declaration/problem";
import { checkNames } from "../check-names";
import { type CallingJob, isCalling, type WorkflowJob } from "../workflow";
import { eventsOf, knownOf } from "./events";
import { readExpression } from "./expression";
import { type Finding, placeOf } from "./finding";
import type { JudgedWorkflow } from "./judged-workflow";
import { possible } from "./possible";
import { seesToIt } from "./reachable-jobs";

const SOURCE =
  "https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks#handling-skipped-but-required-checks";

/** What GitHub starts a workflow for when a pull request is opened, gets commits, or is opened again. */
const TYPES = ["opened", "synchronize", "reopened"] as const;

/**
 * Required checks that a pull request may not get, or may get without anything having run: GitHub leaves a check pending for ever where a filter
 * skips its workflow, and counts a job that is skipped as passed.
 *
 * @param required names of checks that `main` requires; those of other workflows are theirs
 */
export function requiredCheckFindings(workflow: JudgedWorkflow, required: ReadonlySet<string>): readonly Finding[] {
  const jobs = new Set(checkNames(workflow).flatMap(({ job, name }) => (required.has(name) ? [job] : [])));
  if (jobs.size === 0) return [];
  return [
    ...startFindings(workflow),
    ...[...jobs].flatMap((id) => {
      const job = workflow.jobs[id];
      return job === undefined ? [] : jobFindings(workflow, id, job, jobs);
    }),
  ];
}

function startFindings({ triggers: { pullRequest } }: JudgedWorkflow): readonly Finding[] {
  if (pullRequest === undefined)
    return [
      pending(
        "on",
        "a required check in a workflow that no pull request starts",
        "pull_request among its events",
        "start it by pull requests to main, or don't require the check",
      ),
    ];
  const { paths, branches, types } = pullRequest;
  const left = TYPES.filter((type) => types !== undefined && !types.includes(type));
  return [
    ...(paths === undefined
      ? []
      : [
          pending(
            "on.pull_request.paths",
            `a required check in a workflow that only starts for ${show(paths)}`,
            "a workflow without a path filter: where it skips the workflow, the check is pending for ever",
            "remove the filter (a job may look for changed paths itself), or don't require the check",
          ),
        ]),
    ...(branches.includes("main") || branches.includes("**")
      ? []
      : [
          pending(
            "on.pull_request.branches",
            `a required check of main in a workflow that only starts for pull requests to ${show(branches)}`,
            "main among its branches",
            "add main, or don't require the check",
          ),
        ]),
    ...(left.length === 0
      ? []
      : [
          pending(
            "on.pull_request.types",
            `${show(types)}, without ${left.join(" and ")}, for a required check`,
            `all of ${TYPES.join(", ")}: else new commits would have no check`,
            "add them, or don't require the check",
          ),
        ]),
  ];
}

function pending(path: string, came: string, expected: string, remedy: string): Finding {
  return { path, came, expected, remedy, source: SOURCE };
}

function jobFindings(
  workflow: JudgedWorkflow,
  id: string,
  job: WorkflowJob | CallingJob,
  required: ReadonlySet<string>,
): readonly Finding[] {
  const conditions = [
    [placeOf(id, undefined, "if"), job.if] as const,
    ...(isCalling(job)
      ? Object.entries(job.calls.jobs).map(
          ([inner, called]) => [`${job.calls.file}: jobs.${inner}.if`, called.if] as const,
        )
      : []),
  ];
  const skippable = conditions.flatMap(([path, condition]) =>
    condition === undefined || holdsAlways(workflow, condition)
      ? []
      : [
          pending(
            path,
            `${show(condition)} on a job whose check is required`,
            "a condition that always holds: a skipped job counts as passed, and one that calls a workflow reports nothing",
            "remove it, or let a step look whether there is something to do",
          ),
        ],
  );
  const named = [job, ...(isCalling(job) ? Object.values(job.calls.jobs) : [])].some(({ name }) =>
    name?.includes("${{"),
  );
  const waitsFor = seesToIt(job.if) ? [] : (job.needs ?? []).filter((needed) => !required.has(needed));
  return [
    ...skippable,
    ...(named
      ? [
          {
            path: placeOf(id, undefined, "name"),
            came: `${show(job.name)}, an expression in the name of a required check`,
            expected: "a name that is the same in every run: a ruleset waits for exactly that text",
            remedy: "write the name as text; legs of a matrix get their values behind it by themselves",
            source:
              "https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets#require-status-checks-to-pass-before-merging",
          },
        ]
      : []),
    ...waitsFor.map((needed) =>
      pending(
        placeOf(id, undefined, "needs"),
        `${show(needed)}, which isn't required, for a job whose check is`,
        "only jobs that are required too: when it is red, this one is skipped, and counts as passed",
        `require "${needed}" too, or don't wait for it`,
      ),
    ),
  ];
}

/** Whether a condition holds in every run that a pull request starts. */
function holdsAlways(workflow: JudgedWorkflow, condition: string): boolean {
  const event = eventsOf(workflow).find(({ name }) => name === "pull_request");
  if (event === undefined) return true;
  return possible(readExpression(condition), knownOf(event))?.every((value) => Boolean(value)) ?? false;
}
