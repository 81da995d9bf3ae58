import type { Fault } from "../support/github/github-stand-in";
import type { StandInRepository } from "../support/github/stand-in-repository";
import { BRANCH, contentsOf, DeliveryWorld, FIRST, renderedFiles } from "./delivery-world";

let world: DeliveryWorld;
beforeAll(async () => {
  world = await DeliveryWorld.start();
});
afterAll(() => world.github.close());

const LARGE = "x".repeat(300 * 1024);
const SECOND = renderedFiles({ ".github/ci.yml": "on: pull_request\n", "docs/b.md": LARGE, "run.sh": "#!/bin/sh\n" });

const FAULTS: readonly (readonly [string, Fault])[] = [
  ["403", { status: 403, message: "Resource not accessible by integration" }],
  ["404", { status: 404, message: "Not Found" }],
  ["409", { status: 409, message: "Conflict" }],
  ["422", { status: 422, message: "Validation Failed" }],
  ["429 with retry-after", { status: 429, headers: { "retry-after": "30" }, message: "Too many requests" }],
  ["a secondary rate limit", { status: 403, message: "You have exceeded a secondary rate limit" }],
  ["500", { status: 500, message: "Server Error" }],
  ["a connection that is cut before it is done", "cut before"],
  ["a connection that is cut after it is done", "cut after"],
];

interface Situation {
  readonly name: string;
  /** What was there before the run that is disturbed. */
  readonly before: () => Promise<unknown>;
  readonly run: () => Promise<unknown>;
}

const FIRST_DELIVERY: Situation = {
  name: "the first delivery",
  before: async () => {},
  run: () => world.deliver(SECOND),
};
const REFRESHED: Situation = {
  name: "a pull request that is brought up to date",
  before: () => world.deliver(FIRST),
  run: () => world.deliver(SECOND),
};
const REOPENED: Situation = {
  name: "one that is opened again",
  before: async () => {
    await world.deliver(FIRST);
    const [pull] = world.repository.pulls;
    if (pull !== undefined) pull.state = "closed";
  },
  run: () => world.deliver(SECOND, { reopen: true }),
};

/** What there is before the run, and how many calls the run makes when nothing goes wrong. */
async function rehearsed({ before, run }: Situation): Promise<{ repository: StandInRepository; calls: number }> {
  world.renew();
  await before();
  const repository = world.repository.copy();
  world.github.calls.length = 0;
  await run();
  return { repository, calls: world.github.calls.length };
}

async function expectOnePullRequest(call: number, main: string | undefined): Promise<void> {
  const [open, ...others] = world.repository.pulls.filter(({ state }) => state === "open");
  expect({ call, open: open?.head, others }).toEqual({ call, open: BRANCH, others: [] });
  expect(world.files(BRANCH)).toEqual(contentsOf(SECOND));
  expect(world.parents).toEqual([main]);
  expect(world.repository.branches.get("main")).toBe(main);
  expect(open?.body).toContain("docs/b");
  expect(world.github.problems).toEqual([]);
}

/** Disturbs each call of a run in turn; the next run, which nothing disturbs, must end well. */
async function disturbEachCall(situation: Situation, fault: Fault): Promise<void> {
  const { repository, calls } = await rehearsed(situation);
  expect(calls).toBeGreaterThan(7);
  for (let call = 0; call < calls; call += 1) {
    world.renew(repository);
    const main = world.repository.branches.get("main");
    world.github.faults.set(call, fault);
    // Nothing fails silently: either it goes on by itself, or it says what GitHub said.
    await situation.run().catch((error: Error) => expect(error.name).toBe("Failure"));
    world.github.faults.clear();
    world.github.calls.length = 0;
    await situation.run();
    await expectOnePullRequest(call, main);
  }
}

describe.each([FIRST_DELIVERY, REFRESHED])("$name", (situation) => {
  test.each(FAULTS)("after %s, at any call, the next run ends with the one right pull request", (_what, fault) =>
    disturbEachCall(situation, fault),
  );

  test("waits of limits and faults pass by themselves, where making a call twice does no harm", async () => {
    const { repository } = await rehearsed(situation);
    world.renew(repository);
    world.github.faults.set(0, { status: 429, headers: { "retry-after": "30" }, message: "slow down" });
    world.github.faults.set(1, { status: 502, message: "Bad Gateway" });
    world.github.faults.set(3, "cut before");
    await situation.run();
    expect(world.told.map((line) => line.replace(/\d+\.\d s/, "… s"))).toEqual([
      'waiting … s: GitHub\'s rate limit: {"message":"slow down"}',
      "waiting … s: GitHub answered 502",
      expect.stringMatching(/^waiting … s: GitHub could not be asked for /),
    ]);
    expect(world.files(BRANCH)).toEqual(contentsOf(SECOND));
  });
});

describe(REOPENED.name, () => {
  // GitHub's 422 says that it can't be opened again: then another one is.
  const some = FAULTS.filter(([what]) => ["404", "422"].includes(what) || what.endsWith("after it is done"));

  test.each(some)("after %s, at any call, the next run ends with the one right pull request", (_what, fault) =>
    disturbEachCall(REOPENED, fault),
  );
});

test("a run after any cut connection leaves nothing for the one after it to write", async () => {
  const { repository, calls } = await rehearsed(REFRESHED);
  for (let call = 0; call < calls; call += 1) {
    world.renew(repository);
    world.github.faults.set(call, "cut after");
    await REFRESHED.run().catch(() => undefined);
    world.github.faults.clear();
    await REFRESHED.run();
    world.github.calls.length = 0;
    await REFRESHED.run();
    expect({ call, writes: world.github.writes }).toEqual({ call, writes: [] });
  }
});
