import { breakGlass } from "../../operations/break-glass";
import { fleet } from "../../services/fleet";
import { minimalFleet } from "../declaration/fixture";
import { RecordingConsole } from "./recording-console";

const opening = (day: string) => ({
  from: `2026-11-${day}T09:00:00Z`,
  until: `2026-11-${day}T12:00:00Z`,
  reason: "Nothing can be built",
  ticket: "https://github.com/example/tiny/issues/7",
  approver: "maintainers",
});

async function run(now: string, days: readonly string[], options: { stacks?: boolean; json?: boolean } = {}) {
  const console = new RecordingConsole();
  const service = {
    "owners.captains": { team: "few", access: "push" },
    "main.breakGlass": {
      role: "captains",
      when: ["Everything stands still"],
      label: "flaky",
      reviewer: "maintainers",
      reviewWithinDays: 3,
      openings: days.map(opening),
    },
  };
  const declared = minimalFleet({ service, organization: { "teams.few": { description: "Few" } } });
  const all = { stacks: false, json: false, ...options };
  await expect(breakGlass(declared, all, console, { now: () => Date.parse(now) })).resolves.toBe(0);
  return console;
}

describe("gatehouse break-glass (MAE-2)", () => {
  test("says what is open, what was and what will be, the newest first", async () => {
    const { json } = await run("2026-11-27T10:00:00Z", ["26", "28", "27"], { json: true });
    const { openings } = json as { openings: readonly object[] };
    expect(openings).toMatchObject([{ state: "to come" }, { state: "open" }, { state: "ended" }]);
    expect(openings[1]).toEqual({
      service: "tiny",
      team: "few",
      state: "open",
      ...opening("27"),
    });
  });

  test("says so while one is open", async () => {
    const { text } = await run("2026-11-27T10:00:00Z", ["27"]);
    expect(text).toContain("@few");
    expect(text).toContain("Nothing can be built");
    expect(text).toMatch(/1 exception from the rules of main is open now$/);
  });

  test("says so when none is", async () => {
    expect((await run("2026-11-27T10:00:00Z", [])).text).toMatch(/the rules of main hold for everyone, everywhere$/);
    expect((await run("2026-11-27T13:00:00Z", ["27"])).text).toMatch(/hold for everyone, everywhere$/);
  });

  test.each([
    ["which has just begun", "2026-11-27T09:00:00Z", ["tiny-repository"]],
    ["which began not three hours ago", "2026-11-27T11:59:59Z", ["tiny-repository"]],
    ["which has just ended", "2026-11-27T12:00:00Z", ["tiny-repository"]],
    ["which ended not three hours ago", "2026-11-27T14:59:59Z", ["tiny-repository"]],
    ["which ended three hours ago", "2026-11-27T15:00:00Z", []],
    ["which is to come", "2026-11-27T08:59:59Z", []],
  ])("names the stacks to deploy for an opening %s", async (_which, now, stacks) => {
    expect((await run(now, ["27"], { stacks: true })).printed).toEqual(stacks);
  });

  test("names a stack once", async () => {
    expect((await run("2026-11-28T10:00:00Z", ["28", "28"], { stacks: true })).printed).toEqual(["tiny-repository"]);
  });

  test("of one service, and refuses one that isn't declared", async () => {
    const only = async (service: string) => {
      const console = new RecordingConsole();
      await breakGlass(fleet, { service, stacks: false, json: true }, console);
      return console.json;
    };
    await expect(only("maestro")).resolves.toEqual({ version: 1, openings: expect.any(Array) });
    await expect(only("nobody")).rejects.toThrow('no service "nobody" is declared');
  });
});
