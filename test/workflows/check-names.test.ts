import { checkNames } from "../../workflows/check-names";
import type { CallingJob, WorkflowJob } from "../../workflows/workflow";

const job: WorkflowJob = { runsOn: "ubuntu-24.04", timeoutMinutes: 5, permissions: {}, steps: [] };

function calling(jobs: Readonly<Record<string, WorkflowJob>>): CallingJob {
  return {
    permissions: {},
    calls: {
      file: "wf.yml",
      name: "Called",
      triggers: { workflowCall: { inputs: {} } },
      jobs,
    },
  };
}

function names(jobs: Readonly<Record<string, WorkflowJob | CallingJob>>): readonly string[] {
  return checkNames({ jobs }).map((check) => check.name);
}

describe("the name of a check", () => {
  it("is the job's name, else its id", () => {
    expect(names({ test: job, lint: { ...job, name: "Lint it" } })).toEqual(["test", "Lint it"]);
  });

  it("carries the values of a matrix in the order of its keys, the last varying fastest", () => {
    const matrix = { os: ["linux", "mac"], node: ["20", "22"] };
    expect(names({ test: { ...job, matrix } })).toEqual([
      "test (linux, 20)",
      "test (linux, 22)",
      "test (mac, 20)",
      "test (mac, 22)",
    ]);
  });

  it("carries the values of a matrix after a name too", () => {
    expect(names({ test: { ...job, name: "Unit tests", matrix: { node: ["20"] } } })).toEqual(["Unit tests (20)"]);
  });

  it("is cut at 100 characters as GitHub cuts it", () => {
    const [name] = names({ test: { ...job, name: "n".repeat(98), matrix: { node: ["20"] } } });
    expect(name).toBe(`${"n".repeat(97)}...`);
    expect(names({ test: { ...job, name: "n".repeat(100) } })).toEqual(["n".repeat(100)]);
  });

  it("is what the rendered file says, also for a name with an expression or nothing visible in it", () => {
    expect(names({ test: { ...job, name: "a ${{ github.sha }}" }, lint: { ...job, name: "\u200b" } })).toEqual([
      "a $ {{ github.sha }}",
      "lint",
    ]);
  });

  it("is that of the calling job and that of the called one, for each job and leg of the workflow that is called", () => {
    const called = calling({ unit: { ...job, matrix: { shard: ["1", "2"] } }, report: { ...job, name: "Report" } });
    expect(names({ test: called })).toEqual(["test / unit (1)", "test / unit (2)", "test / Report"]);
    expect(names({ test: { ...called, name: "Tests", matrix: { node: ["20"] } } })).toContain("Tests (20) / unit (1)");
  });

  it("knows its job and its leg", () => {
    expect(checkNames({ jobs: { test: { ...job, matrix: { node: ["20"] } } } })).toEqual([
      { job: "test", leg: { node: "20" }, name: "test (20)" },
    ]);
  });
});
