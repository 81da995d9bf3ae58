import { formatProblem } from "../../../declaration/problem";
import type { Service } from "../../../declaration/service";
import { hotdash } from "../../../services/hotdash";
import { organization } from "../../../services/organization";
import { pathOfPullRequest } from "../../../workflows/ci/within-minutes";
import { workflowProblems } from "../../../workflows/workflow-problems";

const service: Service = hotdash;

function within(withinMinutes: number) {
  return workflowProblems({ ...service, ci: { ...service.ci, withinMinutes } }, organization);
}

describe("checks within some minutes", () => {
  test("are what hotdash has: twelve that run at once (HOT-1)", () => {
    expect(service.main.requiredChecks).toHaveLength(12);
    expect(service.ci.withinMinutes).toBe(10);
    expect(pathOfPullRequest(service).minutes).toBeLessThanOrEqual(10);
    expect(workflowProblems(service, organization)).toEqual([]);
  });

  test("can't be promised where timeouts allow more, and the path is named", () => {
    const { jobs, minutes } = pathOfPullRequest(service);
    expect(within(minutes)).toEqual([]);
    expect(within(minutes - 1).map(formatProblem)).toEqual([
      `service "hotdash": ci.withinMinutes
  came:     ${minutes - 1}, where required checks may take ${minutes} minutes: ${jobs.join(" → ")}
  expected: timeouts that add up to no more, from each required check over all that it waits for
  to do:    shorten the timeouts on that path, let its jobs not wait for one another, or give it more minutes
  source:   https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idtimeout-minutes`,
    ]);
  });

  test("count what is required, and what that waits for, alone", () => {
    const job = { kind: "steps", gate: "unit", steps: [{ name: "Test", run: "true" }] } as const;
    const jobs = {
      slow: { ...job, timeoutMinutes: 60 },
      quick: { ...job, timeoutMinutes: 2 },
    } as const;
    const one: Service = { ...service, ci: { jobs }, main: { ...service.main, requiredChecks: [{ job: "quick" }] } };
    expect(pathOfPullRequest(one)).toEqual({ jobs: ["quick"], minutes: 2 });
  });
});
