import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { comment } from "../../operations/pull-request-comment";
import { type Answers, GithubServer } from "./github-server";

const MARKED = "<!-- gatehouse:plan -->\nthe plan\n";
const REPOSITORY = "/repos/openclaw/platform";
const page = (number: number) => `GET ${REPOSITORY}/issues/12/comments?per_page=100&page=${number}`;
const written = { [`POST ${REPOSITORY}/issues/12/comments`]: { status: 201, body: { id: 99 } } };
const silent = { print: () => {}, progress: () => {} };

let directory: string;
let body: string;
let github: GithubServer;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "gatehouse-comment-"));
  body = join(directory, "comment.md");
});
beforeEach(() => writeFile(body, MARKED));
afterEach(() => github.close());
afterAll(() => rm(directory, { recursive: true, force: true }));

async function run(answers: Answers, environment: Record<string, string | undefined> = {}): Promise<number> {
  github = await GithubServer.answering(answers);
  return comment({ pullRequest: 12, body, environment: { ...github.environment, ...environment } }, silent);
}

describe("the comment of a pull request", () => {
  test("is written when there is none", async () => {
    await run({ [page(1)]: { body: [] }, ...written });
    expect(github.written).toEqual([
      {
        method: "POST",
        path: `${REPOSITORY}/issues/12/comments`,
        authorization: "Bearer job-token",
        body: { body: MARKED },
      },
    ]);
  });

  test("is found by its marker among hundreds, and updated", async () => {
    const others = Array.from({ length: 100 }, (_, id) => ({ id, body: "a word", user: { type: "User" } }));
    const ours = { id: 500, body: "<!-- gatehouse:plan -->\nan older plan", user: { type: "Bot" } };
    await run({
      [page(1)]: { body: others },
      [page(2)]: { body: [{ id: 400, body: null, user: null }, ours] },
      [`PATCH ${REPOSITORY}/issues/comments/500`]: { body: {} },
    });
    expect(github.written.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `PATCH ${REPOSITORY}/issues/comments/500`,
    ]);
  });

  test("a person's comment that has the marker is left alone", async () => {
    await run({ [page(1)]: { body: [{ id: 1, body: MARKED, user: { type: "User" } }] }, ...written });
    expect(github.written.map(({ method }) => method)).toEqual(["POST"]);
  });

  test("what GitHub refuses is said, with its answer", async () => {
    const refused = { status: 403, body: { message: "Resource not accessible by integration" } };
    await expect(run({ [page(1)]: { body: [] }, [`POST ${REPOSITORY}/issues/12/comments`]: refused })).rejects.toThrow(
      'GitHub answered 403 to POST /issues/12/comments of openclaw/platform: {"message":"Resource not accessible by integration"}',
    );
  });

  test("a text without a marker is refused: it could not be found again", async () => {
    await writeFile(body, "# Plan\n");
    await expect(run({})).rejects.toThrow(/begins with "# Plan"; expected a marker such as <!-- gatehouse:plan -->/);
    expect(github.received).toEqual([]);
  });

  test("without a token or a repository it says which variable to set", async () => {
    await expect(run({}, { GH_TOKEN: undefined })).rejects.toThrow("GH_TOKEN is not set");
    await github.close();
    await expect(run({}, { GITHUB_REPOSITORY: "openclaw" })).rejects.toThrow(
      'GITHUB_REPOSITORY is "openclaw"; expected owner/name',
    );
  });
});
