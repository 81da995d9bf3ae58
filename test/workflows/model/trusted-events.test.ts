import { trustedEventFindings } from "../../../workflows/model/trusted-events";
import { handWritten, printed } from "./hand-written";

const HEAD = "        uses: actions/checkout@v0\n        with: { ref: '${{ github.event.pull_request.head.sha }}' }";

function job(steps: string, rights: string): string {
  return `\n  a:\n    runs-on: x\n    timeout-minutes: 5${rights}\n    steps:\n      - name: Check out\n${steps}\n      - name: Test\n        env: { TOKEN: '\${{ ${rights === "" ? "secrets.NPM_TOKEN" : "github.sha"} }}' }\n        run: npm test`;
}

describe("what a pull request brings", () => {
  test("can't be checked out where there is a secret of the base", () => {
    expect(printed(trustedEventFindings(handWritten(job(HEAD, ""), "pull_request_target")))).toEqual([
      `sample.yml: jobs.a."Check out"
  came:     a checkout of what a pull request brings, started by pull_request_target, in a job with the secret NPM_TOKEN
  expected: the base's code alone where there are rights of the base
  to do:    check out and run it in a workflow started by pull_request, and hand over data, not code; or let only pull requests of this repository in, by the job's condition
  source:   https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/`,
    ]);
  });

  test.each([
    ["\n    environment: production", "the environment production"],
    ["\n    permissions: { contents: read, packages: write }", "a token that may write packages"],
  ])("can't be checked out with%s", (rights, said) => {
    const [finding] = trustedEventFindings(handWritten(job(HEAD, rights), "pull_request_target"));
    expect(finding?.came).toContain(`in a job with ${said}`);
  });

  test.each([
    "        uses: actions/checkout@v0\n        with: { ref: '${{ github.event.workflow_run.head_sha }}' }",
    "        uses: actions/checkout@v0\n        with: { ref: 'refs/heads/${{ github.event.workflow_run.head_branch }}' }",
    "        uses: actions/checkout@v0\n        with: { repository: '${{ github.event.workflow_run.head_repository.full_name }}' }",
    "        uses: actions/checkout@v0\n        with: { ref: 'refs/pull/${{ github.event.number }}/merge' }",
    "        run: gh pr checkout 5",
    "        run: git fetch origin pull/$NUMBER/head",
  ])("is seen in\n%s", (steps) => {
    const on = "{workflow_run: {workflows: [CI]}}";
    expect(trustedEventFindings(handWritten(job(steps, ""), on))).toMatchObject([
      { came: expect.stringContaining("started by workflow_run") },
    ]);
  });

  test("may be checked out without rights, by an event that gives none, and the base everywhere", () => {
    const none = "\n    permissions: { contents: read }";
    expect(trustedEventFindings(handWritten(job(HEAD, none), "pull_request_target"))).toEqual([]);
    expect(trustedEventFindings(handWritten(job(HEAD, ""), "pull_request"))).toEqual([]);
    expect(
      trustedEventFindings(handWritten(job("        uses: actions/checkout@v0", ""), "pull_request_target")),
    ).toEqual([]);
  });

  test.each([
    [
      "github.event.workflow_run.head_repository.full_name == github.repository && github.event.workflow_run.event == 'x'",
      0,
    ],
    ["!github.event.workflow_run.head_repository.fork", 0],
    ["github.event.workflow_run.head_repository.full_name == github.repository || github.actor == 'me'", 1],
    ["github.event.workflow_run.conclusion == 'success'", 1],
  ])("may be the repository's own, where the condition lets no other in: %s", (condition, count) => {
    const steps =
      "        uses: actions/checkout@v0\n        with: { ref: '${{ github.event.workflow_run.head_sha }}' }";
    const on = "{workflow_run: {workflows: [CI]}}";
    const secret = job(steps, "").replace("\n    runs-on", `\n    if: "${condition}"\n    runs-on`);
    expect(trustedEventFindings(handWritten(secret, on))).toHaveLength(count);
  });
});
