import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fleet, ServiceEntry } from "../../declaration/fleet";
import { check } from "../../operations/check";
import { posFleet, summitFleet } from "../declaration/fixture";
import { FLAG } from "../support/feature-flag";
import { RecordingConsole } from "./recording-console";

const fleet = posFleet();

describe("gatehouse check", () => {
  let root: string;
  let console: RecordingConsole;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
    mkdirSync(join(root, "services"));
    console = new RecordingConsole();
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const entry = (): ServiceEntry => {
    const [first] = fleet.services;
    if (first === undefined) throw new Error("no service");
    return first;
  };
  const run = (of: Fleet, options: object = {}) => check(of, { root, record: false, json: false, ...options }, console);

  it("answers 0 for declarations without a mistake, and lists what nobody has sealed yet", async () => {
    await expect(run(fleet)).resolves.toBe(0);
    expect(console.text).toContain("the organization and 1 service: no problem");
    expect(console.text).toContain("openclaw-pos, production: CLOUDFLARE_API_TOKEN is sealed by nobody yet (platform)");
    expect(console.text).toContain(
      "openclaw-pos, production: SENTRY_DSN is sealed by nobody yet (optional, maintainers)",
    );
  });

  it("answers 1 with every mistake, each with what came, what was expected and what to do", async () => {
    const service = { ...entry().service, onCall: { channel: "pos", respondWithinMinutes: 0, escalateTo: "nobody" } };
    await expect(run({ ...fleet, services: [{ ...entry(), service }] })).resolves.toBe(1);
    expect(console.text).toContain('service "openclaw-pos": onCall.channel');
    expect(console.text).toContain("came:     0\n  expected: a whole number of minutes from 1 to 1,440");
    expect(console.text).toContain('expected: one of the roles in owners: "maintainers", "platform", "security"');
    expect(console.text).toContain("3 problems in the organization and 1 service");
  });

  it("prints problems and missing secrets as JSON", async () => {
    await run(fleet, { json: true });
    expect(console.json).toMatchObject({ services: 1, problems: [] });
  });

  it("shows control characters of a hostile declaration instead of obeying them", async () => {
    const service = { ...entry().service, description: "a\u001b[2Jb" };
    await run({ ...fleet, services: [{ ...entry(), service }] });
    expect(console.text).not.toContain("\u001b[2J");
  });

  it("answers 2 when the rotation of a sealed secret is overdue, and says whose it is", async () => {
    const value = {
      ciphertext: "A".repeat(68),
      keyId: "1",
      owner: "platform",
      sealedAt: "2026-08-01T00:00:00Z",
      rotateBy: "2026-10-30T00:00:00Z",
    };
    const sealed = { production: { CLOUDFLARE_API_TOKEN: value } };
    const of = { ...fleet, services: [{ ...entry(), sealed }] };
    await expect(run(of, { now: new Date("2026-10-30T00:00:00Z") })).resolves.toBe(0);
    await expect(run(of, { now: new Date("2026-10-30T00:00:01Z") })).resolves.toBe(2);
    expect(console.text).toContain(
      "openclaw-pos, production: CLOUDFLARE_API_TOKEN was to be rotated by 2026-10-30T00:00:00Z (platform)",
    );
    const asJson = new RecordingConsole();
    await check(of, { root, record: false, json: true, now: new Date("2026-12-01T00:00:00Z") }, asJson);
    expect(asJson.json).toMatchObject({
      overdueSecrets: [
        { service: "openclaw-pos", environment: "production", key: "CLOUDFLARE_API_TOKEN", owner: "platform" },
      ],
    });
  });

  it("answers 2 when a feature flag has expired, and says whose it is (MAE-7)", async () => {
    const of = summitFleet({ service: { flags: { registry: { "another-way": FLAG } } } });
    await expect(run(of, { now: new Date("2027-02-01T23:59:59Z") })).resolves.toBe(0);
    await expect(run(of, { now: new Date("2027-02-02T00:00:00Z") })).resolves.toBe(2);
    expect(console.text).toContain(
      "summit: the flag another-way expired on 2027-02-01 (maintainers); remove it from code and declaration, or review it again",
    );
    const asJson = new RecordingConsole();
    await check(of, { root, record: false, json: true, now: new Date("2027-02-02T00:00:00Z") }, asJson);
    expect(asJson.json).toMatchObject({
      flagsOutOfTime: [
        { service: "summit", key: "another-way", owner: "maintainers", answer: "expired", day: "2027-02-01" },
      ],
    });
  });

  it("takes an organization without services", async () => {
    await expect(run({ ...fleet, services: [] })).resolves.toBe(0);
    expect(console.text).toContain("the organization, which has no services yet: no problem");
  });

  it("with --record writes down new stateful things, and never changes or removes a line", async () => {
    const file = join(root, "services/openclaw-pos.stateful.json");
    writeFileSync(file, '{ "production/d1/main": "openclaw-pos", "production/kv/old": "gone" }');
    const before = { "production/d1/main": "openclaw-pos" };
    await expect(run({ ...fleet, services: [{ ...entry(), stateful: before }] }, { record: true })).resolves.toBe(1);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
      "production/backup-bucket/main": "openclaw-pos-d1-backups",
      "production/d1/main": "openclaw-pos",
      "production/kv/old": "gone",
      "staging/d1/main": "openclaw-pos-staging",
    });
    expect(console.progressed).toContain("recorded staging/d1/main → openclaw-pos-staging");
    // The line that nothing declares any more is data that would be lost: it stays a problem.
    expect(console.text).toContain('nothing, where the KV namespace "gone" of production was');
  });

  it("with --record makes the file of a new service", async () => {
    await expect(run({ ...fleet, services: [{ ...entry(), stateful: {} }] }, { record: true })).resolves.toBe(0);
    expect(existsSync(join(root, "services/openclaw-pos.stateful.json"))).toBe(true);
  });
});
