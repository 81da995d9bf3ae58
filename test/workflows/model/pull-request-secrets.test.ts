import { pullRequestSecretFindings } from "../../../workflows/model/pull-request-secrets";
import { readCalled } from "../../support/read-workflow";
import { calledByHand, handWritten, NOTHING, printed } from "./hand-written";

const READS = `${NOTHING}\n        env: { A: '\${{ secrets.DEPLOY_KEY }}' }`;

describe("a run that a pull request starts", () => {
  test("reads no secret", () => {
    expect(printed(pullRequestSecretFindings(handWritten(`\n  a:${READS}`)))).toEqual([
      `sample.yml: jobs.a."Nothing".env.A
  came:     secrets.DEPLOY_KEY, in a run that a pull request starts
  expected: no secret and no environment where the code of a pull request runs
  to do:    let a workflow started by workflow_run do it with the code of main, or by a push to main
  source:   https://docs.github.com/en/actions/reference/security/secure-use`,
    ]);
  });

  test("stands in no environment, and passes no secrets on", () => {
    const called = readCalled("called.yml", calledByHand(`\n  it:${NOTHING}`, ""));
    const jobs = `\n  a:\n    environment: staging${NOTHING}\n  b:\n    uses: called\n    secrets: inherit`;
    expect(pullRequestSecretFindings(handWritten(jobs, "pull_request", { called: { called } }))).toMatchObject([
      { path: "jobs.a.environment", came: "the environment staging, in a run that a pull request starts" },
      { path: "jobs.b.secrets", came: "all secrets, in a run that a pull request starts" },
    ]);
  });

  test("may read its own token, and has jobs that only other events reach", () => {
    const token = READS.replace("DEPLOY_KEY", "GITHUB_TOKEN");
    expect(pullRequestSecretFindings(handWritten(`\n  a:${token}`))).toEqual([]);
    expect(pullRequestSecretFindings(handWritten(`\n  a:${READS}`, "push"))).toEqual([]);
    const jobs = `\n  a:\n    if: github.event_name == 'push'${READS}\n  b:${NOTHING}`;
    expect(pullRequestSecretFindings(handWritten(jobs, "[push, pull_request]"))).toEqual([]);
  });
});
