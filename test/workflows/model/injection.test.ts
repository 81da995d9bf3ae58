import { injectionFindings } from "../../../workflows/model/injection";
import { isUntrusted } from "../../../workflows/model/untrusted";
import { readCalled } from "../../support/read-workflow";
import { calledByHand, handWritten, printed } from "./hand-written";

function step(lines: string, job = ""): string {
  return `\n  a:${job}\n    runs-on: x\n    timeout-minutes: 5\n    steps:\n      - name: Say\n${lines}`;
}

function using(action: string, inputs: string): string {
  return step(`        uses: ${action}@0000000000000000000000000000000000000000\n        with: { ${inputs} }`);
}

describe("a script", () => {
  test("finds values in its environment", () => {
    const env = "        env: { TITLE: '${{ github.event.pull_request.title }}' }\n        run: echo \"$TITLE\"";
    expect(injectionFindings(handWritten(step(env)))).toEqual([]);
  });

  test("with text that anybody writes in it is refused", () => {
    expect(printed(injectionFindings(handWritten(step("        run: git checkout ${{ github.head_ref }}"))))).toEqual([
      `sample.yml: jobs.a."Say".run
  came:     \${{ github.head_ref }} in a script; github.head_ref is text that anybody writes
  expected: a script without expressions, whose values GitHub would paste into it as code
  to do:    pass the value through env, and read the variable
  source:   https://docs.github.com/en/actions/concepts/security/script-injections`,
    ]);
  });

  test("is refused with any other expression too, and with one that takes it from the environment", () => {
    const jobs = step(
      "        env: { TITLE: '${{ github.event.issue.title }}' }\n        run: echo ${{ github.sha }} ${{ env.title }} ${{ toJSON(github.event) }}",
    );
    expect(injectionFindings(handWritten(jobs)).map(({ came }) => came)).toEqual([
      "${{ github.sha }} in a script",
      "${{ env.title }} in a script; github.event.issue.title is text that anybody writes",
      "${{ toJSON(github.event) }} in a script; github.event is text that anybody writes",
    ]);
  });

  test("may stand in an action", () => {
    const jobs = using("actions/github-script", "script: 'console.log(`${{ github.event.comment.body }}`)'");
    expect(injectionFindings(handWritten(jobs))).toMatchObject([
      {
        path: 'jobs.a."Say".with.script',
        came: "${{ github.event.comment.body }} in a script; github.event.comment.body is text that anybody writes",
      },
    ]);
  });
});

describe("the name of an artifact and the key of a cache", () => {
  test.each([
    ["actions/upload-artifact", "name", "the name of an artifact"],
    ["actions/download-artifact", "pattern", "the name of an artifact"],
    ["actions/cache", "key", "the key of a cache"],
    ["actions/cache", "restore-keys", "the key of a cache"],
    ["actions/cache/save", "key", "the key of a cache"],
  ])("in %s, %s, can't be chosen by others", (action, input, what) => {
    const jobs = using(action, `${input}: 'x-\${{ github.event.pull_request.head.ref }}'`);
    expect(injectionFindings(handWritten(jobs))).toMatchObject([
      {
        path: `jobs.a."Say".with.${input}`,
        came: `\${{ github.event.pull_request.head.ref }} in ${what}; github.event.pull_request.head.ref is text that anybody writes`,
        expected: "names that follow from what only you write",
        remedy: "use a number or a commit in its place: github.event.pull_request.number, github.sha",
      },
    ]);
  });

  test("may have what GitHub or the declaration says", () => {
    const jobs = using(
      "actions/cache",
      "key: \"${{ runner.os }}-${{ hashFiles('x') }}-${{ github.sha }}-${{ matrix.os }}\"",
    );
    expect(injectionFindings(handWritten(jobs))).toEqual([]);
  });

  test("are followed into workflows that are called", () => {
    const called = readCalled(
      "called.yml",
      calledByHand(using("actions/cache", "key: 'x-${{ inputs.key }}'"), "\n    inputs: { key: { type: string } }"),
    );
    const calling = (key: string) =>
      injectionFindings(
        handWritten(`\n  b:\n    uses: called\n    with: { key: '${key}' }`, "push", { called: { called } }),
      );
    expect(calling("unit")).toEqual([]);
    expect(calling("${{ github.head_ref }}")).toMatchObject([
      { path: 'jobs.b."Say".with.key', came: expect.stringContaining("github.head_ref is text that anybody writes") },
    ]);
  });
});

test.each([
  ["github.event.commits.*.message", true],
  ["github.event.*.title", true],
  ["github.event.pull_request", true],
  ["github.event.pull_request.number", false],
  ["github.event.pull_request.head.sha", false],
  ["github.sha", false],
  ["github", false],
])("%s is text that anybody writes: %p", (path, expected) => {
  expect(isUntrusted(path.split("."))).toBe(expected);
});
