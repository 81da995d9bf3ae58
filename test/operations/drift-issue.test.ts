import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { driftIssue } from "../../operations/drift-issue";
import { LONGEST_BODY } from "../../operations/github-body";
import { type Answers, GithubServer } from "./github-server";

const REPOSITORY = "/repos/openclaw/platform";
const OPEN = `GET ${REPOSITORY}/issues?state=open&labels=governance-drift&per_page=100&page=1`;
const ours = { number: 5, body: "<!-- gatehouse:drift -->\nolder", user: { type: "Bot" } };
const silent = { print: () => {}, progress: () => {} };

let directory: string;
let report: string;
let github: GithubServer;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "gatehouse-drift-issue-"));
  report = join(directory, "drift.md");
});
beforeEach(() => writeFile(report, "| stack | answer |\n"));
afterEach(() => github.close());
afterAll(() => rm(directory, { recursive: true, force: true }));

async function run(exitCode: number, issues: readonly unknown[]): Promise<number> {
  const answers: Answers = {
    [OPEN]: { body: issues },
    [`POST ${REPOSITORY}/issues`]: { status: 201, body: { number: 6 } },
    [`PATCH ${REPOSITORY}/issues/5`]: { body: {} },
    [`POST ${REPOSITORY}/issues/5/comments`]: { status: 201, body: {} },
  };
  github = await GithubServer.answering(answers);
  return driftIssue({ report, exitCode, environment: github.environment }, silent);
}

const requests = () => github.written.map(({ method, path }) => `${method} ${path.slice(REPOSITORY.length)}`);

describe("the issue about drift", () => {
  test("is opened when something differs, and the run goes on", async () => {
    expect(await run(2, [])).toBe(0);
    expect(requests()).toEqual(["POST /issues"]);
    expect(github.written[0]?.body).toMatchObject({
      title: "Governance differs from its declaration",
      labels: ["governance-drift"],
    });
    const body = String(github.written[0]?.body?.body);
    expect(body).toMatch(/^<!-- gatehouse:drift -->\n/);
    expect(body).toContain("| stack | answer |");
    expect(body).toContain("Last looked at in https://github.com/openclaw/platform/actions/runs/7");
  });

  test("is updated while something differs: there is never a second one", async () => {
    expect(await run(2, [ours])).toBe(0);
    expect(requests()).toEqual(["PATCH /issues/5"]);
  });

  test.each([1, 130, 137])(
    "says that drift could not be seen when looking ended with %i, and the run fails",
    async (code) => {
      expect(await run(code, [ours])).toBe(1);
      expect(github.written[0]?.body).toMatchObject({ title: "Governance drift could not be seen" });
    },
  );

  test("says so too when looking failed before it printed anything", async () => {
    await writeFile(report, "");
    expect(await run(1, [])).toBe(1);
    expect(github.written[0]?.body?.body).toContain("it failed before the first stack");
  });

  test("is closed, with a word, when all is as declared again", async () => {
    expect(await run(0, [ours])).toBe(0);
    expect(requests()).toEqual(["POST /issues/5/comments", "PATCH /issues/5"]);
    expect(github.written[1]?.body).toEqual({ state: "closed", state_reason: "completed" });
  });

  test("no drift and no issue leave everything as it is", async () => {
    expect(await run(0, [])).toBe(0);
    expect(requests()).toEqual([]);
  });

  test("a person's issue, and a pull request, with label and marker are left alone", async () => {
    await run(0, [
      { ...ours, user: { type: "User" } },
      { ...ours, pull_request: {} },
    ]);
    expect(requests()).toEqual([]);
  });

  test("stays within GitHub's limit", async () => {
    await writeFile(report, "x".repeat(2 * LONGEST_BODY));
    await run(2, []);
    expect(String(github.written[0]?.body?.body).length).toBeLessThanOrEqual(LONGEST_BODY);
  });
});
