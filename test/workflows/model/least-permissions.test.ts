import { stepsJob } from "../../../workflows/ci/steps";
import { permissionFindings } from "../../../workflows/model/least-permissions";
import { readCalled } from "../../support/read-workflow";
import { calledByHand, handWritten, printed } from "./hand-written";

const CHECKOUT = "\n      - name: Check out\n        uses: actions/checkout@v0";
const COMMENT =
  "\n      - name: Comment\n        env: { GH_TOKEN: '${{ github.token }}' }\n        run: npx gatehouse comment --body x";

function job(permissions: string, steps: string, env = ""): string {
  return `\n  a:\n    runs-on: x\n    timeout-minutes: 5\n    permissions: { ${permissions} }${env}\n    steps:${steps}`;
}

function found(permissions: string, steps: string, env = "") {
  return permissionFindings(handWritten(job(permissions, steps, env)));
}

describe("the permissions of a job", () => {
  test("are what its steps need", () => {
    expect(found("contents: read, pull-requests: write", CHECKOUT + COMMENT)).toEqual([]);
    expect(found("", '\n      - name: Say\n        run: echo "hello"')).toEqual([]);
  });

  test("can't be more", () => {
    expect(printed(found("contents: write, issues: read", CHECKOUT))).toEqual([
      `sample.yml: jobs.a.permissions.contents
  came:     "write", where no step needs more than "read"
  expected: what the steps need, and no more
  to do:    take it away; or say in workflows/model/known-permissions.ts which action or program needs it, with the page that says so
  source:   https://docs.github.com/en/actions/reference/security/secure-use#use-the-principle-of-least-privilege`,
      expect.stringContaining(`jobs.a.permissions.issues
  came:     "read", where no step needs more than "none"`),
    ]);
  });

  test("are what a declaration says of a service's own script, for nobody else can", () => {
    const review = stepsJob(
      {
        kind: "steps",
        gate: "lint",
        timeoutMinutes: 5,
        reads: ["pull-requests"],
        steps: [{ name: "Review", run: "npm run danger" }],
      },
      {},
    );
    const workflow = { ...handWritten(job("contents: read", CHECKOUT)), jobs: { review } };
    expect(permissionFindings(workflow)).toEqual([]);
    const more = {
      ...workflow,
      jobs: { review: { ...review, permissions: { ...review.permissions, issues: "read" as const } } },
    };
    expect(permissionFindings(more).map(({ path }) => path)).toEqual(["jobs.review.permissions.issues"]);
  });

  test("can't be less", () => {
    expect(printed(found("pull-requests: read", CHECKOUT + COMMENT))).toEqual([
      `sample.yml: jobs.a.permissions.contents
  came:     "none", where the step "Check out" needs "read"
  expected: "read"
  to do:    grant it, or do without that step
  source:   https://github.com/actions/checkout#recommended-permissions`,
      `sample.yml: jobs.a.permissions.pull-requests
  came:     "read", where the step "Comment" needs "write"
  expected: "write"
  to do:    grant it, or do without that step
  source:   https://docs.github.com/en/rest/issues/comments#create-an-issue-comment`,
    ]);
  });

  test("can't be known where a script gets the token, and nobody says what it does with it", () => {
    const script = "\n      - name: Something\n        run: ./something.sh";
    expect(found("contents: write", script, "\n    env: { GH_TOKEN: '${{ secrets.GITHUB_TOKEN }}' }")).toEqual([
      {
        path: 'jobs.a."Something"',
        came: "a script that gets the run's token, and of which nobody says what it needs",
        expected: "programs of workflows/model/known-permissions.ts",
        remedy: "add the program there, with the page that says which permissions its requests need",
      },
    ]);
  });

  test("of an action that isn't known may be more, but what is known must be there", () => {
    const other = "\n      - name: Other\n        uses: somebody/something@v0";
    expect(found("contents: read, checks: write", CHECKOUT + other)).toEqual([]);
    expect(found("checks: write", CHECKOUT + other).map(({ path }) => path)).toEqual(["jobs.a.permissions.contents"]);
  });

  test("to download an artifact are those of reading another run, where it is of one", () => {
    const download = (inputs: string) =>
      `\n      - name: Fetch\n        uses: actions/download-artifact@v0\n        with: { name: x${inputs} }`;
    expect(found("", download(""))).toEqual([]);
    expect(found("actions: read", download(", run-id: 5"))).toEqual([]);
    expect(found("", download(", run-id: 5"))).toMatchObject([{ path: "jobs.a.permissions.actions" }]);
  });

  test("to sign are an identity, where there is no key", () => {
    const sign = (env: string) => `\n      - name: Sign\n        env: { ${env} }\n        run: scripts/train-sign.sh`;
    expect(found("id-token: write", sign("A: b"))).toEqual([]);
    expect(found("", sign("A: b"))).toMatchObject([{ path: "jobs.a.permissions.id-token" }]);
    expect(found("id-token: write", sign("COSIGN_PRIVATE_KEY: x"))).toMatchObject([
      { path: "jobs.a.permissions.id-token", came: '"write", where no step needs more than "none"' },
    ]);
  });

  test("of one that calls a workflow are those of its jobs", () => {
    const called = readCalled("called.yml", calledByHand(job("contents: read", CHECKOUT), ""));
    const calling = (permissions: string) =>
      permissionFindings(
        handWritten(`\n  b:\n    uses: called\n    permissions: { ${permissions} }`, "push", { called: { called } }),
      );
    expect(calling("contents: read")).toEqual([]);
    expect(calling("")).toMatchObject([
      { path: "jobs.b.permissions.contents", came: '"none", where the job "a" of called.yml needs "read"' },
    ]);
    expect(calling("contents: write")).toMatchObject([{ came: '"write", where no step needs more than "read"' }]);
  });
});
