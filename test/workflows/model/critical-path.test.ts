import { criticalPath } from "../../../workflows/model/critical-path";
import { readCalled } from "../../support/read-workflow";
import { calledByHand, handWritten } from "./hand-written";

function job(id: string, minutes: number | string, needs: readonly string[] = [], name = id): string {
  return `\n  ${id}:\n    name: ${name}\n    needs: [${needs.join(", ")}]\n    runs-on: x\n    timeout-minutes: ${minutes}\n    steps: []`;
}

describe("the critical path", () => {
  const { jobs } = handWritten(
    job("lint", 5) + job("unit", 8, ["lint"]) + job("slow", 20) + job("all", 1, ["lint", "unit"], "All of them"),
  );

  test("is the longest way over needs, by timeouts, with the names of its jobs", () => {
    expect(criticalPath(jobs, ["all", "lint"])).toEqual({ jobs: ["lint", "unit", "All of them"], minutes: 14 });
  });

  test("is only of what is waited for", () => {
    expect(criticalPath(jobs, ["slow", "all"])).toEqual({ jobs: ["slow"], minutes: 20 });
    expect(criticalPath(jobs, [])).toEqual({ jobs: [], minutes: 0 });
  });

  test("goes through the jobs of called workflows, by what their caller passes", () => {
    const called = readCalled(
      "called.yml",
      calledByHand(
        job("one", "${{ inputs.minutes }}") + job("two", 3, ["one"]) + job("three", "${{ inputs.more }}"),
        "\n    inputs: { minutes: { type: number }, more: { type: number, default: 2 } }",
      ),
    );
    const calling = (minutes: string) =>
      handWritten(
        `${job("first", 1)}\n  test:\n    needs: [first]\n    uses: called\n    with: { minutes: ${minutes} }`,
        "push",
        { called: { called } },
      ).jobs;
    expect(criticalPath(calling("7"), ["test"])).toEqual({ jobs: ["first", "test / one", "test / two"], minutes: 11 });
    // Nobody knows it before it runs.
    expect(criticalPath(calling("'${{ vars.MINUTES }}'"), ["test"]).minutes).toBe(1 + 360 + 3);
  });

  test("ends where jobs wait for one another", () => {
    expect(criticalPath(handWritten(job("a", 1, ["b"]) + job("b", 2, ["a"])).jobs, ["a"]).minutes).toBe(3);
  });
});
