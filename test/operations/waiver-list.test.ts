import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { policy } from "../../operations/policy";
import { waiverList } from "../../operations/waiver-list";
import { fleet } from "../../services/fleet";
import { written } from "../policies/sample-waivers";
import { RecordingConsole } from "./recording-console";

/** What blocks in it: an action that is not pinned, in jobs.test. */
const WORKFLOW =
  "name: CI\non: push\npermissions: {}\njobs:\n  test:\n    name: test\n    timeout-minutes: 5\n    steps:\n      - uses: owner/action@v1\n";

const clockOf = (day: string) => ({ now: () => Date.parse(`${day}T12:00:00Z`) });

let root: string;
let workflow: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "gatehouse-waived-"));
  workflow = join(root, "ci.yml");
  mkdirSync(join(root, "policies"));
  writeFileSync(workflow, WORKFLOW);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function waive(...waivers: readonly Readonly<Record<string, string>>[]): void {
  const scope = `{given: ${workflow}, at: [jobs.test]}`;
  const text = waivers.map((changes) => written({ scope, ...changes })).join("");
  writeFileSync(join(root, "policies/waivers.yaml"), `waivers:\n${text}`);
}

/** What `gatehouse policy` says on a day. */
async function judged(day = "2026-11-27") {
  const console = new RecordingConsole();
  const options = { files: [workflow], format: "text", root, environment: {} } as const;
  return { code: await policy(fleet, options, console, clockOf(day)), text: console.text };
}

async function listed(json: boolean, day = "2026-11-27") {
  const console = new RecordingConsole();
  const code = await waiverList(fleet, { files: [workflow], json, root, environment: {} }, console, clockOf(day));
  return { code, console };
}

describe("gatehouse policy, with waivers", () => {
  test("is fine while they hold, and finds the same again when they have ended (MAE-5)", async () => {
    expect(await judged()).toMatchObject({
      code: 2,
      text: expect.stringContaining("1 blocking finding, 0 advisory"),
    });
    waive({});
    const fine = await judged();
    expect(fine).toMatchObject({ code: 0, text: expect.stringContaining("0 blocking findings, 0 advisory, 1 waived") });
    expect(fine.text).toMatch(/│ workflows\/actions-pinned │ .* │ pinned-2026-11-20 │/);
    const over = await judged("2026-12-21");
    expect(over).toMatchObject({ code: 2, text: expect.stringContaining("0 advisory, 1 fault of waivers") });
    expect(over.text).toContain("1 blocking finding");
    expect(over.text).toContain("≠ policies/waivers.yaml:9: pinned-2026-11-20: expires\n  came:     2026-12-20\n");
  });

  test("of a file that is no YAML finds everything, and says so", async () => {
    writeFileSync(join(root, "policies/waivers.yaml"), "waivers: [\n");
    const { code, text } = await judged();
    expect(code).toBe(2);
    expect(text).toContain("1 blocking finding, 0 advisory, ");
    expect(text).toContain("policies/waivers.yaml:2\n  came:     ");
  });

  test("that nothing uses, fails though nothing else is found", async () => {
    waive({});
    writeFileSync(workflow, WORKFLOW.replace("@v1", `@${"0".repeat(40)}`));
    const { code, text } = await judged();
    expect(code).toBe(2);
    expect(text).toContain("0 blocking findings, 0 advisory, 1 fault of waivers");
    expect(text).toContain("pinned-2026-11-20: scope.at[0]\n");
  });
});

describe("gatehouse waiver list", () => {
  test("shows state, days left and uses", async () => {
    waive({}, { id: "elsewhere", scope: "{given: other.yml, at: [jobs.test]}" });
    const { code, console } = await listed(false);
    expect(code).toBe(0);
    expect(console.text).toMatch(
      /│ pinned-2026-11-20 │ workflows\/actions-pinned │ .* │ ✓ in use +│ 23 +│ 1 +│ alice │ openclaw\/secops │ SEC-12 │/,
    );
    expect(console.text).toMatch(/│ elsewhere +│ workflows\/actions-pinned │ other\.yml +│ – not judged │ 23 +│ 0 +│/);
    expect(console.text).toContain("2 waivers in policies/waivers.yaml, 0 faults");
  });

  test("as JSON has their faults, with exit code 2", async () => {
    waive({}, { id: "selfish", approver: "alice", scope: "{given: other.yml, at: [jobs.test]}" });
    const { code, console } = await listed(true, "2026-12-22");
    expect(code).toBe(2);
    expect(console.json).toEqual({
      version: 1,
      file: "policies/waivers.yaml",
      waivers: [
        expect.objectContaining({ id: "pinned-2026-11-20", line: 2, state: "expired", uses: 0, daysLeft: -2 }),
        expect.objectContaining({ id: "selfish", line: 11, state: "expired", owner: "alice" }),
      ],
      faults: [
        expect.objectContaining({ kind: "expired", waiver: "pinned-2026-11-20", line: 9 }),
        expect.objectContaining({ kind: "self-approved", waiver: "selfish", line: 16 }),
        expect.objectContaining({ kind: "expired", waiver: "selfish", line: 18 }),
      ],
      unanswered: [],
    });
  });

  test("without an answer on what was judged ends with 1", async () => {
    waive({});
    writeFileSync(workflow, "on: [\n");
    const { code, console } = await listed(false);
    expect(code).toBe(1);
    expect(console.text).toMatch(/✗ .*ci\.yml was not judged: it is no YAML/);
  });

  test("without waivers says so", async () => {
    const { code, console } = await listed(false);
    expect({ code, text: console.text }).toEqual({ code: 0, text: "0 waivers in policies/waivers.yaml, 0 faults" });
  });
});
