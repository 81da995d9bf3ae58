import { requiredCheckFindings } from "../../../workflows/model/required-checks";
import { readCalled } from "../../support/read-workflow";
import { calledByHand, handWritten, NOTHING, printed } from "./hand-written";

function required(names: readonly string[], jobs: string, on = "pull_request", called?: string) {
  const props = called === undefined ? {} : { called: { called: readCalled("called.yml", calledByHand(called, "")) } };
  return requiredCheckFindings(handWritten(jobs, on, props), new Set(names));
}

describe("a required check", () => {
  test("is one that every pull request gets", () => {
    const jobs = `\n  a:${NOTHING}\n  b:\n    needs: [a]${NOTHING}\n  all:\n    if: always()\n    needs: [a, b, c]${NOTHING}\n  c:\n    if: hashFiles('x') != ''${NOTHING}`;
    expect(required(["a", "b", "all"], jobs, "{pull_request: {branches: [main]}, push: {branches: [main]}}")).toEqual(
      [],
    );
  });

  test("can't be in a workflow that a filter may skip", () => {
    const on = "{pull_request: {branches: [develop], paths: ['src/**'], types: [opened, reopened]}}";
    const [paths, ...others] = required(["a"], `\n  a:${NOTHING}`, on);
    expect(printed(paths === undefined ? [] : [paths])).toEqual([
      `sample.yml: on.pull_request.paths
  came:     a required check in a workflow that only starts for ["src/**"]
  expected: a workflow without a path filter: where it skips the workflow, the check is pending for ever
  to do:    remove the filter (a job may look for changed paths itself), or don't require the check
  source:   https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks#handling-skipped-but-required-checks`,
    ]);
    expect(others).toMatchObject([
      {
        path: "on.pull_request.branches",
        came: 'a required check of main in a workflow that only starts for pull requests to ["develop"]',
        expected: "main among its branches",
      },
      { path: "on.pull_request.types", came: '["opened","reopened"], without synchronize, for a required check' },
    ]);
  });

  test("can't be in a workflow that pull requests don't start, nor in one whose checks aren't required", () => {
    expect(required(["a"], `\n  a:${NOTHING}`, "push")).toMatchObject([
      { path: "on", came: "a required check in a workflow that no pull request starts" },
    ]);
    expect(required(["z"], `\n  a:${NOTHING}`, "{pull_request: {paths: [x]}}")).toEqual([]);
  });

  test("can't have a condition: skipped, it would count as passed", () => {
    expect(required(["a"], `\n  a:\n    if: "!cancelled() && github.actor != 'x'"${NOTHING}`)).toMatchObject([
      {
        path: "jobs.a.if",
        came: "\"!cancelled() && github.actor != 'x'\" on a job whose check is required",
        expected:
          "a condition that always holds: a skipped job counts as passed, and one that calls a workflow reports nothing",
        remedy: "remove it, or let a step look whether there is something to do",
      },
    ]);
    expect(required(["a"], `\n  a:\n    if: github.event_name == 'pull_request'${NOTHING}`)).toEqual([]);
  });

  test("can't have one in a workflow that it calls either", () => {
    const called = `\n  it:\n    if: hashFiles('x') != ''${NOTHING}`;
    expect(required(["a / it"], "\n  a:\n    uses: called", "pull_request", called)).toMatchObject([
      { path: "called.yml: jobs.it.if", came: "\"hashFiles('x') != ''\" on a job whose check is required" },
    ]);
  });

  test("can't wait for a job that isn't required: red, it would have this one skipped", () => {
    expect(required(["b"], `\n  a:${NOTHING}\n  b:\n    needs: [a]${NOTHING}`)).toMatchObject([
      {
        path: "jobs.b.needs",
        came: '"a", which isn\'t required, for a job whose check is',
        expected: "only jobs that are required too: when it is red, this one is skipped, and counts as passed",
        remedy: 'require "a" too, or don\'t wait for it',
      },
    ]);
  });

  test("can't have a name that changes with the matrix or the event", () => {
    const jobs = `\n  a:\n    name: "test on \${{ matrix.os }}"\n    strategy: { matrix: { os: [linux] } }${NOTHING}`;
    expect(required(["test on $ {{ matrix.os }} (linux)"], jobs)).toMatchObject([
      {
        path: "jobs.a.name",
        came: '"test on ${{ matrix.os }}", an expression in the name of a required check',
        expected: "a name that is the same in every run: a ruleset waits for exactly that text",
        remedy: "write the name as text; legs of a matrix get their values behind it by themselves",
      },
    ]);
  });
});
