import { GithubReader } from "../../operations/github-reader";
import { World, type WorldProps } from "./preflight-world";

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function reader(github: WorldProps["github"] = {}, environment = {}): Promise<GithubReader> {
  world = await World.of({ github });
  return new GithubReader({ environment: { ...world.environment, ...environment }, timeoutMilliseconds: 5000 });
}

describe("GithubReader", () => {
  test("asks a server of one's own below api/v3, with the token, as Terraform's provider does", async () => {
    const github = await reader({ "/repos/example/summit": { body: { name: "summit" } } });
    expect(await github.get("/repos/example/summit")).toMatchObject({ kind: "found", value: { name: "summit" } });
    expect(world?.requests).toEqual([
      { method: "GET", path: "/api/v3/repos/example/summit", authorization: "Bearer ghp_0123456789abcdefghij" },
    ]);
  });

  test("asks for each address once", async () => {
    const github = await reader({ "/user": { body: {} } });
    await Promise.all([github.get("/user"), github.get("/user")]);
    await github.get("/user");
    expect(world?.requests).toHaveLength(1);
  });

  test("without a token nothing is asked, and nothing was seen", async () => {
    const github = await reader({}, { GITHUB_TOKEN: "" });
    expect(await github.get("/user")).toEqual({ kind: "unseen", why: "GITHUB_TOKEN is not set" });
    expect(world?.requests).toEqual([]);
  });

  test("404 is absent; every other refusal is unseen, and says what GitHub said, without the token", async () => {
    const github = await reader({ "/user": { status: 403, text: "rate limit\u001b[2J of ghp_0123456789abcdefghij" } });
    expect(await github.get("/nothing")).toEqual({ kind: "absent" });
    expect(await github.get("/user")).toEqual({
      kind: "unseen",
      why: "GitHub answered 403 to GET /user: rate limit\\u001b[2J of ***",
    });
  });

  test.each([
    ["no JSON", { text: "<html>" }, /answer to \/user is no JSON: <html>/],
    ["a redirect elsewhere", { status: 301, headers: { location: "http://127.0.0.1:1/" }, text: "" }, /answered 301/],
    ["too much", { text: `"${"x".repeat(17 * 1024 * 1024)}"` }, /the answer is larger than 16 MiB/],
  ])("%s is unseen", async (_what, says, why) => {
    const github = await reader({ "/user": says });
    expect(await github.get("/user")).toEqual({ kind: "unseen", why: expect.stringMatching(why) });
    expect(world?.requests).toHaveLength(1);
  });

  test("a list that isn't one is unseen", async () => {
    const github = await reader({ "/teams": { body: { a: 1 } } });
    expect(await github.list("/teams")).toEqual({ kind: "unseen", why: "GitHub's answer to /teams holds no list" });
  });

  test("a list is read page by page", async () => {
    const page = Array.from({ length: 100 }, (_, index) => ({ id: index }));
    const github = await reader({ "/teams": { body: page } });
    const answer = await github.list("/teams");
    expect(answer.kind === "found" && (answer.value as unknown[]).length).toBe(100);
    expect(world?.requests.map(({ path }) => path)).toEqual([
      "/api/v3/teams?per_page=100&page=1",
      "/api/v3/teams?per_page=100&page=2",
    ]);
  });

  test("an address that is none is unseen", async () => {
    const github = await reader({}, { GITHUB_BASE_URL: "not a url" });
    expect(await github.get("/user")).toEqual({
      kind: "unseen",
      why: 'GITHUB_BASE_URL is "not a url"; expected an address such as https://github.example.com/',
    });
  });

  test("a server that is away is unseen, with the cause", async () => {
    const github = await reader();
    await world?.close();
    expect(await github.get("/user")).toEqual({ kind: "unseen", why: expect.stringContaining("ECONNREFUSED") });
    world = undefined;
  });
});
