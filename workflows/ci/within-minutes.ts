import { type Problem, show } from "../../declaration/problem";
import type { Service } from "../../declaration/service";
import { checkNames } from "../check-names";
import { type CriticalPath, criticalPath } from "../model/critical-path";
import { type CiSource, ciWorkflow } from "./ci-workflow";
import { requiredChecks } from "./required-checks";

/** What a pull request waits for at the longest: the jobs whose checks `main` requires, with all that they wait for. */
export function pathOfPullRequest(service: CiSource & Pick<Service, "main">): CriticalPath {
  const workflow = ciWorkflow(service);
  const required = new Set(requiredChecks(service));
  const ends = checkNames(workflow).flatMap(({ job, name }) => (required.has(name) ? [job] : []));
  return criticalPath(workflow.jobs, new Set(ends));
}

/** Checks that may take longer than the declaration says that a pull request waits. */
export function withinMinutesProblems(service: CiSource & Pick<Service, "main">): readonly Problem[] {
  const { withinMinutes } = service.ci;
  if (withinMinutes === undefined) return [];
  const { jobs, minutes } = pathOfPullRequest(service);
  if (minutes <= withinMinutes) return [];
  return [
    {
      subject: `service ${show(service.name)}`,
      path: "ci.withinMinutes",
      came: `${withinMinutes}, where required checks may take ${minutes} minutes: ${jobs.join(" → ")}`,
      expected: "timeouts that add up to no more, from each required check over all that it waits for",
      remedy: "shorten the timeouts on that path, let its jobs not wait for one another, or give it more minutes",
      source:
        "https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idtimeout-minutes",
    },
  ];
}
