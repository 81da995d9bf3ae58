import { artifactFindings } from "../../../workflows/model/artifacts";
import { readCalled } from "../../support/read-workflow";
import { calledByHand, handWritten, printed } from "./hand-written";

function job(id: string, action: "upload" | "download", inputs: string, before = ""): string {
  return `
  ${id}:${before}
    runs-on: x
    timeout-minutes: 5
    steps:
      - name: Move
        uses: actions/${action}-artifact@0000000000000000000000000000000000000000
        with: { ${inputs} }`;
}

function found(...jobs: readonly string[]) {
  return artifactFindings(handWritten(jobs.join("")));
}

const NEEDS = "\n    needs: [up]";
const MATRIX = "\n    strategy: { matrix: { os: [linux, macos], node: ['20'] } }";

describe("an artifact that is downloaded", () => {
  test.each(["name: report", "pattern: rep*", "path: x", "name: other, run-id: '${{ github.event.workflow_run.id }}'"])(
    "with %s is there by then",
    (inputs) => {
      expect(found(job("up", "upload", "name: report"), job("down", "download", inputs, NEEDS))).toEqual([]);
    },
  );

  test("may have a name that is known only when it runs", () => {
    const name = "name: 'report-${{ github.run_attempt }}'";
    expect(found(job("up", "upload", name), job("down", "download", name, NEEDS))).toEqual([]);
    expect(found(job("up", "upload", name), job("down", "download", "name: report-1", NEEDS))).toEqual([]);
  });

  test("must be uploaded by somebody", () => {
    expect(
      printed(found(job("up", "upload", "name: report"), job("down", "download", "name: rapport", NEEDS))),
    ).toEqual([
      `sample.yml: jobs.down."Move"
  came:     the artifact "rapport", which no job uploads
  expected: one of the artifacts that are there by then: "report"
  to do:    upload it in a job that this one needs, or download another
  source:   https://docs.github.com/en/actions/concepts/workflows-and-actions/workflow-artifacts`,
    ]);
  });

  test("must be uploaded by a job that is waited for", () => {
    expect(found(job("up", "upload", "name: report"), job("down", "download", "name: report"))).toMatchObject([
      {
        came: 'the artifact "report", which the job "up" uploads, for which this one doesn\'t wait',
        remedy: 'add "up" to the needs of "down"',
      },
    ]);
  });
});

describe("an artifact that is uploaded", () => {
  test("has a name of its own in each run of a matrix", () => {
    expect(found(job("up", "upload", "name: 'report-${{ matrix.os }}'", MATRIX))).toEqual([]);
    expect(printed(found(job("up", "upload", "name: 'report-${{ matrix.node }}', overwrite: true", MATRIX)))).toEqual([
      `sample.yml: jobs.up."Move"
  came:     the artifact "report-20", which another run of the job uploads too
  expected: a name that nobody else uploads in the same run
  to do:    put the job's name, and each key of its matrix, into the name
  source:   https://github.com/actions/upload-artifact#not-uploading-to-the-same-artifact`,
    ]);
  });

  test("can be written over only by a job that comes after", () => {
    const again = job("again", "upload", "name: report, overwrite: true", NEEDS);
    expect(found(job("up", "upload", "name: report"), again)).toEqual([]);
    expect(found(job("up", "upload", "name: report"), again.replace(NEEDS, ""))).toMatchObject([
      { came: 'the artifact "report", which the job "up" uploads too' },
    ]);
  });

  test("may have the name of one that no run of the same event uploads", () => {
    const on = (event: string) => `\n    if: github.event_name == '${event}'`;
    const workflow = handWritten(
      job("up", "upload", "name: report", on("push")) + job("too", "upload", "name: report", on("pull_request")),
      "[push, pull_request]",
    );
    expect(artifactFindings(workflow)).toEqual([]);
  });

  test("by a called workflow is told apart by what its callers pass", () => {
    const upload = job("it", "upload", "name: 'junit-${{ inputs.suite }}-${{ inputs.shard }}'");
    const asks = "\n    inputs: { suite: { type: string }, shard: { type: string, default: '1' } }";
    const called = readCalled("called.yml", calledByHand(upload, asks));
    const calling = (id: string, inputs: string) =>
      `\n  ${id}:\n    uses: called\n    strategy: { matrix: { shard: ['1', '2'] } }\n    with: { ${inputs} }`;
    const all = (jobs: string) => artifactFindings(handWritten(jobs, "push", { called: { called } }));
    expect(
      all(
        calling("a", "suite: a, shard: '${{ matrix.shard }}'") + calling("b", "suite: b, shard: '${{ matrix.shard }}'"),
      ),
    ).toEqual([]);
    expect(all(calling("a", "suite: a"))).toMatchObject([
      { path: 'jobs.a."Move"', came: 'the artifact "junit-a-1", which another run of the job uploads too' },
    ]);
  });
});
