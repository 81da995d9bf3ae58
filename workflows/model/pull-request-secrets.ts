import { isCalling } from "../workflow";
import { eventsOf } from "./events";
import { pathsIn } from "./expression";
import { expressionsOf } from "./expressions-of";
import { type Finding, placeOf } from "./finding";
import type { JudgedWorkflow } from "./judged-workflow";
import { reachedJobs } from "./reachable-jobs";

/**
 * Jobs that a pull request starts, which run what it brings, and that read a secret or stand in an environment: whoever may push a branch could
 * print it. What needs one runs afterwards with the code of `main`, and takes data from the pull request's run, as previews do.
 */
export function pullRequestSecretFindings(workflow: JudgedWorkflow): readonly Finding[] {
  const event = eventsOf(workflow).find(({ name }) => name === "pull_request");
  if (event === undefined) return [];
  const reached = reachedJobs(workflow, event);
  const secrets = expressionsOf(workflow).filter(
    ({ job, expression }) =>
      (job === undefined || reached.has(job)) &&
      pathsIn(expression).some(([context, key]) => context === "secrets" && key !== "github_token"),
  );
  return [
    ...secrets.map(({ place, text }) => refused(place, text)),
    ...Object.entries(workflow.jobs).flatMap(([id, job]) => {
      if (!reached.has(id)) return [];
      if (isCalling(job))
        return job.secrets === "inherit" ? [refused(placeOf(id, undefined, "secrets"), "all secrets")] : [];
      return job.environment === undefined
        ? []
        : [refused(placeOf(id, undefined, "environment"), `the environment ${job.environment.name}`)];
    }),
  ];
}

function refused(path: string, what: string): Finding {
  return {
    path,
    came: `${what}, in a run that a pull request starts`,
    expected: "no secret and no environment where the code of a pull request runs",
    remedy: "let a workflow started by workflow_run do it with the code of main, or by a push to main",
    source: "https://docs.github.com/en/actions/reference/security/secure-use",
  };
}
