import { isCalling, type Value, type WorkflowJob, type WorkflowStep } from "../workflow";
import { pathsIn, readExpression } from "./expression";
import { expressionsIn, expressionsOfJob } from "./expressions-of";
import { type Finding, placeOf } from "./finding";
import type { JudgedWorkflow } from "./judged-workflow";
import { accessOf } from "./permissions-of";
import { neverHolds, type Possible } from "./possible";

/** What leads to the code of somebody who may not write to the repository. */
const HEAD = [
  ["github", "head_ref"],
  ["github", "event", "pull_request", "head"],
  ["github", "event", "pull_request", "merge_commit_sha"],
  ["github", "event", "workflow_run", "head_branch"],
  ["github", "event", "workflow_run", "head_sha"],
  ["github", "event", "workflow_run", "head_commit"],
  ["github", "event", "workflow_run", "head_repository"],
  ["github", "event", "workflow_run", "pull_requests"],
];

/** A pull request of somebody who may not write to the repository. */
const STRANGER: Readonly<Record<string, Possible>> = {
  "github.repository": ["base"],
  "github.event.pull_request.head.repo.full_name": ["fork"],
  "github.event.pull_request.head.repo.fork": [true],
  "github.event.workflow_run.head_repository.full_name": ["fork"],
  "github.event.workflow_run.head_repository.fork": [true],
};

/**
 * Jobs that run with the base's rights, whoever started them, and check out what a stranger wrote, where there is a secret, an environment or
 * a token that may write. Those whose condition lets only pull requests of the repository itself in run nothing of a stranger's.
 */
export function trustedEventFindings(workflow: JudgedWorkflow): readonly Finding[] {
  const { pullRequestTarget, workflowRun } = workflow.triggers;
  const event = pullRequestTarget !== undefined ? "pull_request_target" : "workflow_run";
  if (pullRequestTarget === undefined && workflowRun === undefined) return [];
  return Object.entries(workflow.jobs).flatMap(([id, job]) => {
    if (isCalling(job)) return [];
    const rights = keepsStrangersOut(job) ? undefined : rightsOf(id, job);
    const step = job.steps.find((one) => checksOutHead(one) && !keepsStrangersOut(one));
    if (rights === undefined || step === undefined) return [];
    return [
      {
        path: placeOf(id, step),
        came: `a checkout of what a pull request brings, started by ${event}, in a job with ${rights}`,
        expected: "the base's code alone where there are rights of the base",
        remedy:
          "check out and run it in a workflow started by pull_request, and hand over data, not code; or let only pull requests of this repository in, by the job's condition",
        source: "https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/",
      },
    ];
  });
}

function keepsStrangersOut({ if: condition }: Pick<WorkflowJob | WorkflowStep, "if">): boolean {
  return condition !== undefined && neverHolds(readExpression(condition), (path) => STRANGER[path.join(".")]);
}

function rightsOf(id: string, job: WorkflowJob): string | undefined {
  if (job.environment !== undefined) return `the environment ${job.environment.name}`;
  const secret = expressionsOfJob(id, job)
    .flatMap(({ expression }) => pathsIn(expression))
    .find(([context]) => context === "secrets");
  if (secret !== undefined) return `the secret ${(secret[1] ?? "*").toUpperCase()}`;
  const written = Object.entries(job.permissions).find(([, grant]) => accessOf(grant) === "write")?.[0];
  return written === undefined ? undefined : `a token that may write ${written}`;
}

function checksOutHead(step: WorkflowStep): boolean {
  if (!("uses" in step)) return /\bgh pr checkout\b|\brefs\/pull\/|\bpull\/[^\s/]+\/(?:head|merge)\b/.test(step.run);
  if (!step.uses.uses.startsWith("actions/checkout@")) return false;
  return [step.with?.ref, step.with?.repository].some((value) => value !== undefined && isHead(value));
}

function isHead(value: Value): boolean {
  const texts = [value].flat().filter((part) => typeof part === "string");
  return (
    texts.some((text) => text.includes("refs/pull/")) ||
    expressionsIn(value)
      .flatMap((text) => pathsIn(readExpression(text)))
      .some((path) => HEAD.some((head) => head.every((part, index) => path[index] === part || path[index] === "*")))
  );
}
