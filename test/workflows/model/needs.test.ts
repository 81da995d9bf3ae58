import { needsFindings } from "../../../workflows/model/needs";
import { handWritten, NOTHING, printed } from "./hand-written";

describe("the needs of jobs", () => {
  test("lead to jobs that exist, in an order", () => {
    expect(needsFindings(handWritten(`\n  a:${NOTHING}\n  b:\n    needs: [a]${NOTHING}`))).toEqual([]);
  });

  test("can't name a job that isn't there", () => {
    expect(printed(needsFindings(handWritten(`\n  build:${NOTHING}\n  b:\n    needs: biuld${NOTHING}`)))).toEqual([
      `sample.yml: jobs.b.needs
  came:     "biuld", which is no job of the workflow
  expected: one of the jobs: "build", "b"
  to do:    name a job that exists; did you mean "build"?
  source:   https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds`,
    ]);
  });

  test("can't be a circle, nor a job itself", () => {
    const jobs = `\n  a:\n    needs: [c]${NOTHING}\n  b:\n    needs: [a]${NOTHING}\n  c:\n    needs: [b]${NOTHING}\n  d:\n    needs: [d]${NOTHING}`;
    expect(needsFindings(handWritten(jobs))).toMatchObject([
      {
        path: "jobs.a.needs",
        came: "a circle: a → c → b → a",
        expected: "an order in which the jobs can run",
        remedy: "remove one of these needs",
      },
      { path: "jobs.d.needs", came: "a circle: d → d" },
    ]);
  });
});
