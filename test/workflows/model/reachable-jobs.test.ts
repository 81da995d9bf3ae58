import { reachabilityFindings } from "../../../workflows/model/reachable-jobs";
import { startedByFindings } from "../../../workflows/model/started-by";
import { handWritten, NOTHING, printed } from "./hand-written";

function onlyIf(condition: string, on: string) {
  return reachabilityFindings(handWritten(`\n  a:\n    if: ${condition}${NOTHING}`, on));
}

describe("a job", () => {
  test.each([
    ["github.ref == 'refs/heads/main'", "{push: {branches: [main]}}"],
    ["github.ref == 'refs/heads/x'", "{push: {branches: [main, 'x*']}}"],
    ["github.ref == 'refs/heads/main'", "workflow_dispatch"],
    ["github.event_name == 'push'", "[pull_request, push]"],
    ["github.event.action == 'closed'", "{pull_request: {types: [opened, closed]}}"],
    [
      "inputs.mode == 'rollback'",
      "{workflow_dispatch: {inputs: {mode: {type: choice, options: [release, rollback]}}}}",
    ],
    ["github.event_name == 'pull_request'", "{workflow_call: {}}"],
    ["needs.x.result == 'failure' || always()", "push"],
  ])("with the condition %s is reached by %s", (condition, on) => {
    expect(onlyIf(condition, on)).toEqual([]);
  });

  test.each([
    ["github.ref == 'refs/heads/main'", "pull_request"],
    ["github.ref == 'refs/heads/main'", "{push: {branches: [trunk]}}"],
    ["github.event_name == 'release'", "[pull_request, push]"],
    ["github.event.action == 'closed'", "pull_request"],
    ["github.event_name == 'push' && github.event.action == 'opened' && false", "push"],
    [
      "inputs.mode == 'revert'",
      "{workflow_dispatch: {inputs: {mode: {type: choice, options: [release, rollback], required: true}}}}",
    ],
    ["inputs.mode == 'release'", "push"],
  ])("whose condition %s can't hold is refused, started by %s", (condition, on) => {
    expect(onlyIf(condition, on)).toMatchObject([
      {
        path: "jobs.a.if",
        came: `${JSON.stringify(condition)}, which never holds`,
        expected: expect.stringMatching(/^a condition that some run meets, by one of the events of the workflow: "/),
        remedy: "correct the condition, or remove the job",
      },
    ]);
  });

  test("that needs a job that never runs is refused too, unless it always runs", () => {
    const jobs = `\n  never:\n    if: github.ref_type == 'tag' && false${NOTHING}\n  after:\n    needs: [never]${NOTHING}\n  anyway:\n    if: always()\n    needs: [never]${NOTHING}`;
    const [, after, ...others] = printed(reachabilityFindings(handWritten(jobs, "push")));
    expect(others).toEqual([]);
    expect(after).toBe(`sample.yml: jobs.after.needs
  came:     "never", a job that never runs: this one is always skipped
  expected: jobs that some run reaches
  to do:    correct that job, or drop it from the needs`);
  });

  test("can't wait for a result that GitHub doesn't know", () => {
    const jobs = `\n  a:${NOTHING}\n  b:\n    needs: [a]\n    if: always() && needs.a.result == 'succeeded'${NOTHING}`;
    expect(reachabilityFindings(handWritten(jobs))).toMatchObject([
      { path: "jobs.b.if", came: `"always() && needs.a.result == 'succeeded'", which never holds` },
    ]);
  });

  test("can't have a step whose condition doesn't hold where the job runs", () => {
    const jobs = `\n  a:\n    if: github.event_name == 'push'${NOTHING}\n        if: github.event_name == 'pull_request'`;
    expect(printed(reachabilityFindings(handWritten(jobs, "[push, pull_request]")))).toEqual([
      `sample.yml: jobs.a."Nothing".if
  came:     "github.event_name == 'pull_request'", which never holds when the job runs
  expected: a condition that some run meets, by one of the events of the workflow: "pull_request", "push"
  to do:    correct the condition, or remove the step`,
    ]);
  });
});

describe("a workflow", () => {
  test("that nothing starts is refused", () => {
    expect(reachabilityFindings(handWritten(`\n  a:${NOTHING}`, "{}"))).toEqual([
      {
        path: "on",
        came: "nothing that starts the workflow",
        expected: "an event",
        remedy: "say when it runs, or remove it",
      },
    ]);
  });

  test("can only wait for runs of workflows that the repository has", () => {
    const workflow = handWritten(`\n  a:${NOTHING}`, "{workflow_run: {workflows: [CI, Previw]}}");
    expect(startedByFindings(workflow, [{ name: "CI" }, { name: "Preview" }])).toMatchObject([
      {
        path: "on.workflow_run.workflows",
        came: '"Previw", which is no workflow of the repository: its runs would never start this one',
        expected: 'one of the workflows: "CI", "Preview"',
        remedy: 'name one that exists; did you mean "Preview"?',
      },
    ]);
  });
});
