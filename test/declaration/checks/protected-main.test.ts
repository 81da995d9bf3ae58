import { REMOVED } from "../change";
import { posRefusals } from "../fixture";

describe("required checks refer to jobs that report", () => {
  test("a required check whose job was renamed is refused, with the job that was probably meant", () => {
    expect(
      posRefusals({
        "ci.jobs.trivy-config-scan": REMOVED,
        "ci.jobs.trivy-config-scans": {
          kind: "trivy-config",
          gate: "security",
          timeoutMinutes: 10,
          severities: ["HIGH"],
        },
      }),
    ).toEqual([
      {
        path: "main.requiredChecks[5].job",
        came: '"trivy-config-scan"',
        expected:
          'one of the jobs of ci: "lint-docs-and-yaml", "shellcheck", "git-hygiene", "codeql", "trivy-config-scans"',
        remedy:
          'no job reports this check: declare the job, or correct the reference if the job was renamed; did you mean "trivy-config-scans"?',
      },
    ]);
  });

  test("a required check that no job ever reported is refused", () => {
    expect(posRefusals({ "main.requiredChecks.0.job": "integration" })).toEqual([
      {
        path: "main.requiredChecks[0].job",
        came: '"integration"',
        expected:
          'one of the jobs of ci: "lint-docs-and-yaml", "shellcheck", "git-hygiene", "codeql", "trivy-config-scan"',
        remedy: "no job reports this check: declare the job, or correct the reference if the job was renamed",
      },
    ]);
  });

  test("a job of a workflow with a path filter can't be required", () => {
    expect(posRefusals({ "ci.paths": ["src/**"], "main.requiredChecks": [{ job: "shellcheck" }] })).toEqual([
      {
        path: "main.requiredChecks[0].job",
        came: 'a required check in a workflow that only starts for ["src/**"]',
        expected: "a workflow without a path filter",
        remedy:
          "remove ci.paths (a job may look for changed paths itself), or don't require the check: skipped by the filter it would be pending for ever",
        source:
          "https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks#handling-skipped-but-required-checks",
      },
    ]);
  });

  test("a leg whose value the matrix doesn't have can't be required", () => {
    expect(posRefusals({ "main.requiredChecks.4.leg.language": "pyhton" })).toEqual([
      {
        path: "main.requiredChecks[4].leg.language",
        came: '"pyhton"',
        expected:
          'one of the values of "language" in the matrix of the job "codeql": "javascript-typescript", "python"',
        remedy: 'add the value to the matrix, or require one that it has; did you mean "python"?',
      },
    ]);
  });

  test("a reference to a whole matrix beside one to a leg of it is refused", () => {
    expect(posRefusals({ "main.requiredChecks.3": { job: "codeql" } })).toEqual([
      {
        path: "main.requiredChecks[4]",
        came: '{"job":"codeql","leg":{"language":"python"}}, which requires a check a second time',
        expected: "each check once; without leg, a reference stands for every leg of its job's matrix",
        remedy: "remove one of the references, or narrow its leg",
      },
    ]);
  });

  test("a leg of a key that the matrix doesn't have can't be required", () => {
    expect(posRefusals({ "main.requiredChecks.4.leg": { os: "linux" } })).toEqual([
      {
        path: "main.requiredChecks[4].leg.os",
        came: 'a value of "os"',
        expected: 'one of the keys of the matrix of the job "codeql": "language"',
        remedy: "refer to a key of the matrix, or leave leg out",
      },
    ]);
  });

  test("a leg of a job without a matrix can't be required", () => {
    expect(posRefusals({ "main.requiredChecks.1.leg": { os: "linux" } })).toEqual([
      {
        path: "main.requiredChecks[1].leg.os",
        came: 'a value of "os"',
        expected: 'one of the keys of the matrix of the job "shellcheck", of which there are none',
        remedy: "refer to a key of the matrix, or leave leg out",
      },
    ]);
  });

  test("a check that is required twice is refused", () => {
    expect(posRefusals({ "main.requiredChecks.1": { job: "git-hygiene" } })).toEqual([
      {
        path: "main.requiredChecks[2]",
        came: '{"job":"git-hygiene"}, which requires a check a second time',
        expected: "each check once; without leg, a reference stands for every leg of its job's matrix",
        remedy: "remove one of the references, or narrow its leg",
      },
    ]);
  });

  test("a required job may not need one that isn't required: a skipped check counts as passed", () => {
    expect(
      posRefusals({ "main.requiredChecks": [{ job: "shellcheck" }], "ci.jobs.shellcheck.needs": ["git-hygiene"] }),
    ).toEqual([
      {
        path: "main.requiredChecks[0].job",
        came: '"shellcheck", which needs "git-hygiene", which is not required',
        expected: "that everything a required job needs is required too",
        remedy:
          'require "git-hygiene" as well, or remove it from ci.jobs.shellcheck.needs: if it fails, "shellcheck" is skipped, and GitHub counts a skipped check as passed',
        source:
          "https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks#handling-skipped-but-required-checks",
      },
    ]);
  });

  test("a required job may not need a matrix of which only one leg is required", () => {
    expect(
      posRefusals({
        "main.requiredChecks": [{ job: "shellcheck" }, { job: "codeql", leg: { language: "python" } }],
        "ci.jobs.shellcheck.needs": ["codeql"],
      }),
    ).toEqual([
      {
        path: "main.requiredChecks[0].job",
        came: '"shellcheck", which needs "codeql", which is not required',
        expected: "that everything a required job needs is required too",
        remedy:
          'require "codeql" as well, or remove it from ci.jobs.shellcheck.needs: if it fails, "shellcheck" is skipped, and GitHub counts a skipped check as passed',
        source:
          "https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks#handling-skipped-but-required-checks",
      },
    ]);
  });

  test("a required job may need a matrix whose every leg is required, one by one or as a whole", () => {
    expect(posRefusals({ "ci.jobs.shellcheck.needs": ["codeql", "git-hygiene"] })).toEqual([]);
  });

  test("a linear history and merge commits exclude each other", () => {
    expect(posRefusals({ "repository.merge": ["squash", "merge"] })).toEqual([
      {
        path: "repository.merge",
        came: '["squash","merge"]',
        expected: "no merge commits: main.linearHistory refuses them",
        remedy: 'remove "merge", or write linearHistory: false',
      },
    ]);
  });

  test("main without a required check is refused", () => {
    expect(posRefusals({ "main.requiredChecks": [] })).toEqual([
      {
        path: "main.requiredChecks",
        came: "[]",
        expected: "at least one required check",
        remedy: 'refer to a job of ci.jobs: { job: "test" }',
      },
    ]);
  });

  test("main without any approval is refused", () => {
    expect(posRefusals({ "main.approvals": 0 })).toEqual([
      {
        path: "main.approvals",
        came: "0",
        expected: "a whole number of approvals from 1 to 10",
        remedy: "write 1 or more: changes reach main by reviewed pull request only",
        source: "https://docs.github.com/en/rest/repos/rules#create-a-repository-ruleset",
      },
    ]);
  });
});
