import type { Fleet } from "../../declaration/fleet";
import { assertBranchAllowed } from "../../operations/delivery-branch";
import { type FilesDiffOptions, filesDiff } from "../../operations/files-diff";
import { filesOf } from "../../operations/files-of";
import { type FilesPullRequestOptions, filesPullRequest } from "../../operations/files-pull-request";
import { fleet } from "../../services/fleet";
import { GithubStandIn } from "../support/github/github-stand-in";
import { SleepingClock } from "./gate-run";
import { RecordingConsole } from "./recording-console";

const LOGIN = fleet.organization.github.login;
const NAMES = fleet.services.map(({ service }) => service.name);
const [ONE = "", TWO = ""] = NAMES;

let github: GithubStandIn;
let console: RecordingConsole;
beforeAll(async () => {
  github = await GithubStandIn.start();
});
beforeEach(() => {
  github.calls.length = 0;
  github.faults.clear();
  for (const name of NAMES) github.repository(`${LOGIN}/${name}`, { "README.md": "# It\n" });
  console = new RecordingConsole();
});
afterEach(() => expect(github.problems).toEqual([]));
afterAll(() => github.close());

/** The same fleet with another phase or other branch names of one service. */
function fleetWith(name: string, change: object): Fleet {
  const services = fleet.services.map((entry) =>
    entry.service.name === name ? { ...entry, service: { ...entry.service, ...change } } : entry,
  );
  return { ...fleet, services };
}

const common = () => ({ environment: github.environment, clock: new SleepingClock() });
const diff = (options: Partial<FilesDiffOptions> = {}, of: Fleet = fleet) =>
  filesDiff(of, { format: "text", ...common(), ...options }, console);
const deliver = (options: Partial<FilesPullRequestOptions> = {}, of: Fleet = fleet) =>
  filesPullRequest(of, { format: "text", reopen: false, ...common(), ...options }, console);
const repository = (name: string) => {
  const found = github.repositories.get(`${LOGIN}/${name}`);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

describe("gatehouse files --diff", () => {
  test("ends with 2 when something differs, and shows it", async () => {
    repository(ONE).push("main", { ".env.example": "MINE=1\n" });
    expect(await diff({ service: ONE })).toBe(2);
    expect(console.text).toMatch(new RegExp(`^≠ ${ONE}: \\d+ added, 1 there before, 0 unchanged`, "m"));
    expect(console.text).toContain("! .env.example: was there before, not by Gatehouse: what it has is replaced");
    expect(console.text).toMatch(/^ {6}-MINE=1$/m);
    expect(github.writes).toEqual([]);
  });

  test("ends with 0 when the repository has all of it", async () => {
    await deliver({ service: ONE });
    repository(ONE).merge(1);
    console = new RecordingConsole();
    expect(await diff({ service: ONE })).toBe(0);
    const entry = fleet.services.find(({ service }) => service.name === ONE);
    const count = entry === undefined ? 0 : filesOf(fleet, entry).length;
    expect(console.text).toMatch(
      new RegExp(`^✓ ${ONE}: ${count} unchanged \\(${LOGIN}/${ONE}, main at [0-9a-f]{12}\\)$`),
    );
  });

  test("ends with 1 when one could not be seen, and still shows the others", async () => {
    github.repositories.delete(`${LOGIN}/${ONE}`);
    expect(await diff()).toBe(1);
    expect(console.text).toContain(
      `✗ ${ONE}: could not see: ${LOGIN}/${ONE} is not there, or this token does not see it`,
    );
    for (const name of NAMES.slice(1)) expect(console.text).toMatch(new RegExp(`^≠ ${name}: `, "m"));
  });

  test("without a token nothing was seen, and it says so of each", async () => {
    expect(await diff({ environment: {} })).toBe(1);
    for (const name of NAMES) expect(console.text).toContain(`✗ ${name}: could not see: GITHUB_TOKEN is not set`);
    expect(github.calls).toEqual([]);
  });

  test("says beforehand what it asks for and what the token has left, and how far it is", async () => {
    await diff();
    expect(console.progressed[0]).toMatch(
      /^\d+ services: about \d+ requests that read, one or two more for each file that differs; this token has 4321 of 5000 left until 2026-01-02T/,
    );
    expect(console.progressed.slice(1)).toEqual(NAMES.map((name, index) => `${index + 1} of ${NAMES.length}: ${name}`));
  });

  test("as JSON has everything, for machines", async () => {
    expect(await diff({ service: ONE, format: "json" })).toBe(2);
    expect(console.json).toMatchObject({
      version: 1,
      services: [{ service: ONE, repository: `${LOGIN}/${ONE}`, result: "differs", branch: "main", unchanged: 0 }],
    });
  });

  test("as Markdown fits into a comment, and shows what a repository has as it is", async () => {
    repository(ONE).push("main", { ".env.example": "```\n@everyone | <b>\n" });
    expect(await diff({ format: "markdown" })).toBe(2);
    expect(console.text.length).toBeLessThanOrEqual(65_536);
    expect(console.text).toContain(`| ${TWO} | `);
    expect(console.text.replace(/````diff[\s\S]*?````/g, "")).not.toContain("@everyone");
  });

  test("has nothing of a service of phase 0", async () => {
    const early = fleetWith("summit", { phase: 0 });
    await expect(diff({ service: "summit" }, early)).rejects.toThrow(
      'service "summit" is in the phase 0: nothing of it is written yet',
    );
  });
});

describe("gatehouse files --pull-request", () => {
  test("opens one for every service, and says so", async () => {
    expect(await deliver()).toBe(0);
    for (const name of NAMES) {
      expect(console.text).toContain(
        `✓ ${name}: a pull request is opened (https://github.com/${LOGIN}/${name}/pull/1)`,
      );
      expect(repository(name).pulls).toHaveLength(1);
    }
    expect(console.progressed[0]).toMatch(/at most about \d+ that write; this token has/);
    github.calls.length = 0;
    expect(await deliver()).toBe(0);
    expect(github.writes).toEqual([]);
  });

  test("of one service that fails hides nothing of the others", async () => {
    repository(ONE).archived = true;
    expect(await deliver({ format: "json" })).toBe(1);
    const { services } = console.json as { services: readonly { service: string; state: string; why?: string }[] };
    expect(services[0]).toMatchObject({ service: ONE, state: "failed", why: expect.stringContaining("is archived") });
    expect(services.slice(1).map(({ state }) => state)).toEqual(NAMES.slice(1).map(() => "opened"));
  });

  test("ends with 2 when a person closed one, and says how to ask for it again", async () => {
    await deliver({ service: ONE });
    for (const pull of repository(ONE).pulls) pull.state = "closed";
    expect(await deliver({ service: ONE })).toBe(2);
    expect(console.text).toContain(`≠ ${ONE}: a person closed its pull request; --reopen opens it again (https://`);
    expect(await deliver({ service: ONE, reopen: true, format: "markdown" })).toBe(0);
    expect(console.printed.at(-1)).toContain(`| ${ONE} | reopened | its pull request is opened again`);
  });

  test("without a token ends with 1", async () => {
    expect(await deliver({ service: ONE, environment: {} })).toBe(1);
    expect(console.text).toBe(`✗ ${ONE}: could not be delivered: GITHUB_TOKEN is not set`);
  });

  test("leaves out services of phase 0 when all are asked for", async () => {
    await deliver({}, fleetWith("summit", { phase: 0 }));
    expect(console.progressed).toContain("summit is in the phase 0: nothing of it is written yet");
    expect(repository("summit").pulls).toEqual([]);
  });

  test("waits a second between two writes", async () => {
    const clock = new SleepingClock();
    await deliver({ service: ONE, clock });
    const gaps = github.writes.length - 1;
    expect(clock.slept.filter((seconds) => seconds === 1)).toHaveLength(gaps);
  });

  test("after Ctrl-C says what is delivered already", async () => {
    const controller = new AbortController();
    const sleep = (milliseconds: number, signal: AbortSignal | undefined) => {
      if (milliseconds > 1000) controller.abort();
      return signal?.aborted ? Promise.reject(signal.reason) : Promise.resolve();
    };
    const clock = { now: () => 0, random: () => 0, sleep };
    github.faults.set(14, { status: 429, headers: { "retry-after": "600" }, message: "slow down" });
    const { signal } = controller;
    await expect(deliver({ clock, signal, format: "json" })).rejects.toThrow("aborted");
    expect(console.json).toMatchObject({ services: [{ service: ONE, state: "opened" }] });
    expect(console.progressed.at(-1)).toMatch(/^waiting 600\.0 s: GitHub's rate limit/);
  });
});

describe("the branch of a delivery", () => {
  const of = (...branchNames: string[]) => ({
    name: "pos",
    repository: { ...fleet.services[0]?.service.repository, branchNames },
  });

  test.each([["chore/*"], ["chore/gatehouse-files"], ["**/gatehouse-files"], ["**/*"], ["feat/*", "chore/g*-files"]])(
    "may be made where %s is allowed",
    (...names) => expect(() => assertBranchAllowed(of(...names) as never)).not.toThrow(),
  );

  test.each([["feat/*"], ["*"], ["chore"], ["chore/files"], ["chore.gatehouse-files"]])(
    "is refused where only %s is, before anything is asked",
    (...names) =>
      expect(() => assertBranchAllowed(of(...names) as never)).toThrow(
        `service "pos" refuses the branch chore/gatehouse-files: its repository.branchNames are ${names.join(", ")}\nadd "chore/*" to repository.branchNames`,
      ),
  );

  test("of every declared service is allowed", () => {
    for (const { service } of fleet.services) expect(() => assertBranchAllowed(service)).not.toThrow();
  });
});
