import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type WaiverAddOptions, waiverAdd } from "../../operations/waiver-add";
import { changeWaiver } from "../../operations/waiver-change";
import { type WaiverRenewOptions, waiverRenew } from "../../operations/waiver-renew";
import { written } from "../policies/sample-waivers";
import { RecordingConsole } from "./recording-console";

const NOW = { now: () => Date.parse("2026-11-27T23:30:00Z") };
const HEAD = "# Exceptions.\nwaivers:\n";

let root: string;
let file: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "gatehouse-waivers-"));
  file = join(root, "policies/waivers.yaml");
  mkdirSync(join(root, "policies"));
  writeFileSync(file, "# Exceptions.\nwaivers: []\n");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function added(options: Partial<WaiverAddOptions> = {}): Promise<RecordingConsole> {
  const console = new RecordingConsole();
  const said = { rule: "workflows/actions-pinned", owner: "@Alice", approver: "openclaw/secops", ticket: "SEC-12" };
  const scope = { service: "relay", file: ".github/workflows/ci.yml", at: ["jobs.test"], stack: undefined };
  await waiverAdd({ ...said, scope, reason: "no release yet", root, json: false, ...options }, console, NOW);
  return console;
}

async function renewed(options: Partial<WaiverRenewOptions> = {}): Promise<RecordingConsole> {
  const console = new RecordingConsole();
  const said = { id: "pinned-2026-11-20", approver: "carol", reason: "the release is late" };
  await waiverRenew({ ...said, root, json: false, ...options }, console, NOW);
  return console;
}

/** What is refused, and that nothing changed. */
async function refused(change: Promise<unknown>): Promise<string> {
  const before = readFileSync(file, "utf8");
  const message = await change.then(
    () => "nothing was refused",
    (error: Error) => `${error.name}: ${error.message}`,
  );
  expect(readFileSync(file, "utf8")).toBe(before);
  expect(readdirSync(join(root, "policies"))).toEqual(["waivers.yaml"]);
  return message;
}

describe("gatehouse waiver add", () => {
  test("writes a waiver of 30 days from today in UTC, and says so", async () => {
    const { text } = await added();
    expect(text).toContain(
      "✓ policies/waivers.yaml: actions-pinned-2026-11-27 waives workflows/actions-pinned until 2026-12-27 (owner alice, approved by openclaw/secops)",
    );
    expect(readFileSync(file, "utf8")).toBe(`${HEAD}  - id: actions-pinned-2026-11-27
    rule: workflows/actions-pinned
    scope:
      service: relay
      file: .github/workflows/ci.yml
      at:
        - jobs.test
    owner: "@Alice"
    reason: no release yet
    approver: openclaw/secops
    created: 2026-11-27
    expires: 2026-12-27
    ticket: SEC-12
`);
  });

  test("gives every waiver of a day an id of its own, for as long as is said, and as JSON", async () => {
    await added();
    const scope = { stack: "relay-production", matching: "grafana_rule_group.alerts*" };
    await added({ scope, days: 90 });
    const { json } = await added({ scope: { stack: "relay-staging", at: ["a.b"] }, expires: "2026-12-01", json: true });
    expect(json).toMatchObject({
      version: 1,
      file: "policies/waivers.yaml",
      waiver: { id: "actions-pinned-2026-11-27-3", expires: "2026-12-01", owner: "alice" },
    });
    expect(readFileSync(file, "utf8")).toMatch(/id: actions-pinned-2026-11-27-2\n[^-]*[\s\S]*expires: 2027-02-25\n/);
  });

  test.each([
    ["a rule that doesn't exist", { rule: "workflows/none" }, /rule\n {2}came: {5}"workflows\/none"\n/],
    ["all of a service", { scope: { service: "relay", at: ["a.b"] } }, /came: {5}all of the service relay\n/],
    [
      "an owner who approves",
      { approver: "alice" },
      /approver\n {2}came: {5}"alice"\n {2}expected: somebody else than the/,
    ],
    [
      "30 February",
      { expires: "2027-02-30" },
      /expires\n {2}came: {5}"2027-02-30"\n {2}expected: a day that the calendar/,
    ],
    [
      "91 days",
      { expires: "2027-02-26" },
      /expires\n {2}came: {5}2027-02-26\n {2}expected: at most 90 days after it was/,
    ],
    [
      "an end in the past",
      { expires: "2026-11-26" },
      /expires\n {2}came: {5}2026-11-26\n {2}expected: a day from 2026-1/,
    ],
    ["an id that is none", { id: "Not So" }, /the waiver Not So: waivers\[0\]\.id\n {2}came: {5}"Not So"\n/],
    ["a reason of two lines", { reason: "a\nb" }, /reason\n {2}came: {5}"a\\nb"\n/],
  ] as const)("writes nothing of %s", async (_, options, message) => {
    const said = await refused(added(options));
    expect(said).toMatch(/^Failure: nothing was written\nthe waiver /);
    expect(said).toMatch(message);
  });

  test("writes nothing that another waiver says already", async () => {
    await added();
    expect(await refused(added({ id: "again" }))).toContain(
      'the waiver again: scope.at[0]\n  came:     "jobs.test"\n  expected: what no other waiver says: "actions-pinned-2026-11-27" in line 3 does',
    );
    expect(await refused(added({ id: "actions-pinned-2026-11-27" }))).toContain('id\n  came:     "actions-pinned-2026');
  });

  test("is not hindered by another's fault, but by a day to come: then the clock may be wrong", async () => {
    writeFileSync(file, HEAD + written({ expires: "2026-11-21" }));
    await added({ scope: { stack: "relay-staging", at: ["a.b"] } });
    writeFileSync(file, HEAD + written({ created: "2026-11-28" }));
    expect(await refused(added({ scope: { stack: "relay-staging", at: ["a.b"] } }))).toContain(
      "policies/waivers.yaml:9: pinned-2026-11-20: created\n  came:     2026-11-28\n  expected: a day until today, which is 2026-11-27 in UTC",
    );
  });

  test.each([
    ["no list", "waivers: {}\n", "policies/waivers.yaml:1: waivers\n  came:     {}\n  expected: a list of waivers"],
    ["no YAML", "waivers: [\n", "policies/waivers.yaml:2"],
  ])("writes nothing into a file that is %s", async (_, text, message) => {
    writeFileSync(file, text);
    expect(await refused(added())).toContain(message);
  });

  test("writes nothing over what somebody else has written meanwhile", async () => {
    const meanwhile = "# Meanwhile.\nwaivers: []\n";
    const edit = (text: string) => {
      writeFileSync(file, meanwhile);
      return { content: text + written(), id: "pinned-2026-11-20" };
    };
    writeFileSync(file, HEAD);
    await expect(changeWaiver({ root, today: "2026-11-27", edit })).rejects.toThrow(
      "policies/waivers.yaml was changed meanwhile; nothing was written\ntry again",
    );
    expect(readFileSync(file, "utf8")).toBe(meanwhile);
    expect(readdirSync(join(root, "policies"))).toEqual(["waivers.yaml"]);
  });

  test("writes nothing outside of the project, nor where there is no file", async () => {
    const elsewhere = join(root, "elsewhere");
    mkdirSync(elsewhere);
    symlinkSync(join(root, "policies"), join(elsewhere, "policies"));
    expect(await refused(added({ root: elsewhere }))).toContain("policies is a link; nothing was written");
    expect(await refused(added({ root: join(root, "policies") }))).toContain("policies/waivers.yaml is not there");
  });
});

describe("gatehouse waiver renew", () => {
  beforeEach(() => writeFileSync(file, HEAD + written({ expires: "2026-11-21 # then the release is there" })));

  test("lets an expired waiver hold again, by a new approval and for a new reason; comments stay", async () => {
    const { text } = await renewed({ days: 14 });
    expect(text).toContain(
      "pinned-2026-11-20 waives workflows/actions-pinned until 2026-12-11 (owner alice, approved by carol)",
    );
    expect(readFileSync(file, "utf8")).toBe(
      HEAD +
        written({
          reason: "the release is late",
          approver: "carol",
          created: "2026-11-27",
          expires: "2026-12-11 # then the release is there",
        }),
    );
  });

  test("can pass it to another owner and ticket", async () => {
    const { json } = await renewed({ owner: "bob", ticket: "openclaw/relay#7", json: true });
    expect(json).toMatchObject({ waiver: { owner: "bob", ticket: "openclaw/relay#7", created: "2026-11-27" } });
  });

  test.each([
    [
      "for the same reason",
      { reason: "the action has no release yet" },
      "the reason is that of before, by which it sho",
    ],
    ["by its owner", { approver: "@alice" }, 'approver\n  came:     "alice"\n  expected: somebody else than the owner'],
    ["for 91 days", { expires: "2027-02-26" }, "expires\n  came:     2027-02-26\n  expected: at most 90 days"],
    [
      "until yesterday",
      { expires: "2026-11-26" },
      "expires\n  came:     2026-11-26\n  expected: a day from 2026-11-27",
    ],
    ["of another id", { id: "pinned-2026-11-21" }, 'has the id "pinned-2026-11-21"; did you mean "pinned-2026-11-20"?'],
  ])("writes nothing %s", async (_, options, message) => {
    expect(await refused(renewed(options))).toContain(message);
  });
});

describe("the command gatehouse waiver", () => {
  const gatehouse = (...args: string[]) =>
    spawnSync(process.execPath, [join(__dirname, "../../operations/gatehouse.js"), "waiver", ...args], {
      cwd: root,
      encoding: "utf8",
    });
  const WHO = ["--owner", "alice", "--approver", "carol", "--reason", "no release yet", "--ticket", "SEC-12"];

  test("takes the scope from flags, several addresses from one", () => {
    const scope = ["--service", "relay", "--file", ".github/workflows/ci.yml", "--at", "jobs.test", "jobs.lint"];
    const { status, stdout } = gatehouse("add", "--rule", "workflows/actions-pinned", ...scope, ...WHO, "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout).waiver.scope).toEqual({
      service: "relay",
      file: ".github/workflows/ci.yml",
      at: ["jobs.test", "jobs.lint"],
    });
  });

  test("refuses what it can't do in words, and days that are too many", () => {
    const scope = ["--stack", "relay-staging", "--matching", "*"];
    expect(gatehouse("add", "--rule", "workflows/actions-pinned", ...scope, ...WHO)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(
        /^nothing was written\nthe waiver actions-pinned-.*: scope\.matching\n {2}came: {5}"\*"\n/,
      ),
    });
    expect(gatehouse("renew", "a", "--approver", "carol", "--reason", "late", "--days", "91").stderr).toContain(
      "expected a whole number of days from 1 to 90",
    );
    expect(gatehouse("renew", "a", "--reason", "late").stderr).toContain("required option '--approver <member>' not s");
  });
});
