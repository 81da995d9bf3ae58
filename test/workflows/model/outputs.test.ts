import { outputFindings } from "../../../workflows/model/outputs";
import { readCalled } from "../../support/read-workflow";
import { calledByHand, handWritten, NOTHING, printed } from "./hand-written";

const SETS = `
  first:
    runs-on: x
    timeout-minutes: 5
    outputs:
      digest: \${{ steps.build.outputs.digest }}
    steps:
      - name: Build
        id: build
        run: echo "digest=$(make)" >> "$GITHUB_OUTPUT"`;

function reads(expression: string, job = "\n    needs: [first]") {
  return outputFindings(
    handWritten(
      `${SETS}\n  second:${job}\n    runs-on: x\n    timeout-minutes: 5\n    steps:\n      - name: Read\n        env:\n          A: \${{ ${expression} }}\n        run: "true"`,
    ),
  );
}

describe("an output", () => {
  test("that is read is set before", () => {
    expect(reads("needs.first.outputs.digest || needs.FIRST.result || toJSON(needs)")).toEqual([]);
  });

  test("must be one that the job has", () => {
    expect(printed(reads("needs.first.outputs.digets"))).toEqual([
      `sample.yml: jobs.second."Read".env.A
  came:     the output "digets", which the job "first" doesn't have, in "needs.first.outputs.digets": it would be empty
  expected: one of the outputs of "first": "digest"
  to do:    set it there, or read what is set; did you mean "digest"?
  source:   https://docs.github.com/en/actions/reference/workflows-and-actions/contexts`,
    ]);
  });

  test("must be of a job that is waited for", () => {
    expect(reads("needs.first.outputs.digest", "")).toMatchObject([
      {
        came: 'the job "first", which is none of the needs there, in "needs.first.outputs.digest": it would be empty',
        expected: "one of the needs of the job, of which there are none",
      },
    ]);
  });

  test("must be of a step before", () => {
    expect(reads("steps.build.outputs.digest")).toMatchObject([
      { came: 'the step "build", which no step before is, in "steps.build.outputs.digest": it would be empty' },
    ]);
  });

  test("must be written by the script, where no program of the repository may do it", () => {
    const jobs = (run: string) => `
  a:
    runs-on: x
    timeout-minutes: 5
    outputs:
      b: \${{ steps.s.outputs.b }}
    steps:
      - name: Set
        id: s
        run: ${run}`;
    expect(outputFindings(handWritten(jobs("scripts/set.sh")))).toEqual([]);
    expect(outputFindings(handWritten(jobs('echo "c=1" >> "$GITHUB_OUTPUT"')))).toMatchObject([
      { path: "jobs.a.outputs.b", came: expect.stringContaining('which the script of the step "s" doesn\'t write') },
    ]);
  });

  test("of a called workflow must be one that it gives, from jobs that it has", () => {
    const asks =
      "\n    outputs:\n      good: { value: '${{ jobs.first.outputs.digest }}' }\n      bad: { value: '${{ jobs.fist.outputs.x }}' }";
    const called = readCalled("called.yml", calledByHand(SETS, asks));
    expect(outputFindings(called)).toMatchObject([
      {
        path: "on.workflow_call.outputs.bad",
        came: expect.stringContaining('the job "fist"'),
        remedy: expect.stringContaining('"first"'),
      },
    ]);
    const calling = `\n  a:\n    uses: called\n  b:\n    needs: [a]\n    if: needs.a.outputs.good && needs.a.outputs.other${NOTHING}`;
    expect(outputFindings(handWritten(calling, "push", { called: { called } }))).toMatchObject([
      { path: "jobs.b.if", came: expect.stringContaining('the output "other", which the job "a" doesn\'t have') },
    ]);
  });
});

test("a value of the matrix that the matrix doesn't have is refused", () => {
  expect(reads("matrix.node", "\n    strategy: { matrix: { os: [a, b] } }")).toMatchObject([
    {
      came: expect.stringContaining('the value "node" of a matrix that doesn\'t have it'),
      expected: 'one of the keys of the matrix: "os"',
    },
  ]);
});
