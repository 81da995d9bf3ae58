import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { GithubClient, type GithubClientProps, type GithubRequest } from "../../operations/github-client";
import { PATIENT } from "../../operations/github-limits";
import { githubOfPeople, githubOfWorkflow } from "../../operations/github-login";
import { SleepingClock } from "./gate-run";

/** One answer: its status, or a connection that is cut. */
type Says = { readonly status: number; readonly headers?: Record<string, string>; readonly text?: string } | "cut";

let server: Server;
let asked: string[];
let answers: Says[];
let clock: SleepingClock;
let told: string[];

beforeEach(async () => {
  asked = [];
  told = [];
  clock = new SleepingClock();
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const says = answers.shift() ?? { status: 200, text: "{}" };
    if (says === "cut") request.socket.destroy();
    else response.writeHead(says.status, says.headers ?? {}).end(says.text ?? "{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise<void>((resolve) => server.close(() => resolve()));
});

function send(says: readonly Says[], request: Partial<GithubRequest> = {}, props: Partial<GithubClientProps> = {}) {
  answers = [...says];
  const client = new GithubClient({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: "ghp_0123456789abcdefghij",
    patience: PATIENT,
    clock,
    progress: (line) => told.push(line),
    ...props,
  });
  return client.send({ method: "GET", path: "/user", ...request });
}

const WELL: Says = { status: 200, text: '{"login":"me"}' };
const inSeconds = (count: number) => String(Math.floor(clock.now() / 1000) + count);

describe("GitHub's API, when it doesn't answer at once", () => {
  test("what can be asked twice is asked again after a fault, three times, with longer waits", async () => {
    const faults: Says[] = [{ status: 500 }, "cut", { status: 502 }];
    await expect(send([...faults, WELL])).resolves.toMatchObject({ status: 200 });
    expect(asked).toHaveLength(4);
    expect(told).toEqual([
      expect.stringMatching(/^waiting 1\.\d s: GitHub answered 500$/),
      expect.stringMatching(/^waiting [23]\.\d s: GitHub could not be asked for \/user: /),
      expect.stringMatching(/^waiting [456]\.\d s: GitHub answered 502$/),
    ]);
    await expect(send([...faults, { status: 503 }])).resolves.toMatchObject({ status: 503 });
    await expect(send(["cut", "cut", "cut", "cut"])).rejects.toThrow("GitHub could not be asked for /user: ");
  });

  test("what makes something new each time is not asked again", async () => {
    await expect(send([{ status: 500 }], { method: "POST", body: {} })).resolves.toMatchObject({ status: 500 });
    await expect(send(["cut"], { method: "POST", body: {} })).rejects.toThrow("GitHub could not be asked for /user");
    expect(asked).toHaveLength(2);
    await send([{ status: 500 }, WELL], { method: "POST", body: {}, repeatable: true });
    expect(asked).toHaveLength(4);
  });

  test.each<[string, () => Says, RegExp]>([
    ["retry-after", () => ({ status: 429, headers: { "retry-after": "17" } }), /^waiting 17\.0 s: GitHub's rate limit/],
    [
      "retry-after of a secondary limit",
      () => ({ status: 403, headers: { "retry-after": "60" }, text: "You have exceeded a secondary rate limit" }),
      /^waiting 60\.0 s: GitHub's rate limit: You have exceeded a secondary rate limit$/,
    ],
    [
      "the end of the primary limit",
      () => ({
        status: 403,
        headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": inSeconds(600) },
      }),
      /^waiting (?:600|601)\.\d s/,
    ],
    ["a minute, when GitHub names no time", () => ({ status: 403, text: "secondary rate limit" }), /^waiting 60\.0 s/],
    ["a minute after 429", () => ({ status: 429 }), /^waiting 60\.0 s/],
  ])("a write too waits for %s, says so, and goes on", async (_what, says, waiting) => {
    const request = { method: "POST", body: {} } as const;
    await expect(send([says(), WELL], request)).resolves.toMatchObject({ status: 200 });
    expect(told).toEqual([expect.stringMatching(waiting)]);
  });

  test("without a time the waits double", async () => {
    await send([{ status: 429 }, { status: 429 }, { status: 429 }, WELL]);
    expect(told.map((line) => line.slice(0, 13))).toEqual(["waiting 60.0 ", "waiting 120.0", "waiting 240.0"]);
  });

  test("a limit that lasts longer than an hour is no wait, but a time to come again", async () => {
    const headers = { "retry-after": "7200" };
    const until = new Date(clock.now() + 7_200_000).toISOString();
    await expect(send([{ status: 429, headers, text: "slow down" }])).rejects.toThrow(
      `GitHub answered 429 to GET /user: slow down; it is a rate limit: run this again after ${until}`,
    );
    expect(told).toEqual([]);
  });

  test("a refusal is not a limit", async () => {
    const says: Says = { status: 403, headers: { "x-ratelimit-remaining": "4999" }, text: "Resource not accessible" };
    await expect(send([says])).resolves.toMatchObject({ status: 403 });
    expect(asked).toHaveLength(1);
  });

  test("Ctrl-C ends a wait", async () => {
    const controller = new AbortController();
    const sleep = (_: number, signal: AbortSignal | undefined) => {
      controller.abort();
      return Promise.reject(signal?.reason);
    };
    const props = { signal: controller.signal, clock: { ...clock, now: () => 0, random: () => 0, sleep } };
    await expect(send([{ status: 429 }], {}, props)).rejects.toThrow("aborted");
    expect(asked).toHaveLength(1);
  });

  test("between two writes lies the time that GitHub asks for; reads don't wait", async () => {
    const { port } = server.address() as AddressInfo;
    answers = [];
    const client = new GithubClient({
      url: `http://127.0.0.1:${port}`,
      token: "t",
      clock,
      millisecondsBetweenWrites: 1000,
    });
    const before = clock.now();
    await client.send({ method: "GET", path: "/a" });
    await client.send({ method: "POST", path: "/a", body: {} });
    expect(clock.now()).toBe(before);
    await client.send({ method: "PATCH", path: "/a", body: {} });
    expect(clock.now()).toBe(before + 1000);
  });

  test("what GitHub says is told on one line, without the token and without what moves the cursor", async () => {
    const text = "no\u001b[2J\n ghp_0123456789abcdefghij";
    await send([{ status: 429, headers: { "retry-after": "1" }, text }, WELL]);
    expect(told).toEqual(["waiting 1.0 s: GitHub's rate limit: no\\u001b[2J ***"]);
  });

  test("the token goes to no other address", async () => {
    const moved: Says = { status: 301, headers: { location: "http://127.0.0.1:1/" } };
    await expect(send([moved])).resolves.toMatchObject({ status: 301 });
    expect(asked).toEqual(["GET /user"]);
  });
});

describe("the login", () => {
  test.each([
    [undefined, "https://api.github.com/user"],
    ["https://api.github.com/", "https://api.github.com/user"],
    ["https://api.octo.ghe.com/", "https://api.octo.ghe.com/user"],
    ["https://git.example.com/", "https://git.example.com/api/v3/user"],
    ["https://git.example.com/api/v3/", "https://git.example.com/api/v3/user"],
  ])("of people is Terraform's provider's: GITHUB_BASE_URL %s is asked at %s", async (base, url) => {
    const fetched = jest.spyOn(globalThis, "fetch").mockRejectedValue(new Error("not asked"));
    const client = githubOfPeople({ GITHUB_TOKEN: "t", GITHUB_BASE_URL: base }, {});
    await expect(client?.send({ method: "GET", path: "/user" })).rejects.toThrow("not asked");
    expect(fetched).toHaveBeenCalledWith(url, expect.objectContaining({ redirect: "manual" }));
    fetched.mockRestore();
  });

  test("of people is none without a token; a workflow's says which variable to set", () => {
    expect(githubOfPeople({ GH_TOKEN: "t" }, {})).toBeUndefined();
    expect(() => githubOfWorkflow({ GITHUB_TOKEN: "t" })).toThrow("GH_TOKEN is not set");
  });
});
