import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fleet } from "../../declaration/fleet";
import { sandbox } from "../../operations/sandbox";
import { fleet as declared } from "../../services/fleet";
import { posFleet } from "../declaration/fixture";
import { describeWithTerraform } from "../support/programs";
import { RecordingConsole } from "./recording-console";

/** One service is enough but for the main job itself. */
const fleet = posFleet();

interface Result {
  readonly ok: boolean;
  readonly standIns: boolean;
  readonly stacks: readonly { stack: string; planned: { create: number }; settled: boolean; problem?: string }[];
  readonly incidents: readonly {
    incident: string;
    address: string;
    drift: readonly object[];
    found: boolean;
    healed: boolean;
  }[];
  readonly missingSecrets: readonly { environment: string; key: string }[];
}

describeWithTerraform("npm run sandbox, the main job", () => {
  let root: string;
  let console: RecordingConsole;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
    console = new RecordingConsole();
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function run(of: Fleet, options: object = {}): Promise<number> {
    return sandbox(of, { root, environment: process.env, signal: new AbortController().signal, ...options }, console);
  }

  it("deploys all services stage by stage, plans again without changes, and finds and heals six incidents", async () => {
    await expect(run(declared, { json: true })).resolves.toBe(0);
    const result = console.json as Result;
    expect(result).toMatchObject({ ok: true, standIns: true });
    expect(result.stacks.map(({ stack, settled }) => [stack, settled])).toEqual([
      ["cluster-eu-1", true],
      ["organization", true],
      ["hotdash-repository", true],
      ["hotdash-staging", true],
      ["hotdash-production", true],
      ["maestro-repository", true],
      ["maestro-staging", true],
      ["maestro-production", true],
      ["openclaw-pos-repository", true],
      ["openclaw-pos-staging", true],
      ["openclaw-pos-production", true],
      ["relay-repository", true],
      ["relay-staging", true],
      ["relay-production", true],
      ["summit-repository", true],
      ["summit-stage", true],
      ["summit-prod", true],
    ]);
    expect(result.stacks.every(({ planned }) => planned.create > 0)).toBe(true);
    expect(result.incidents).toEqual([
      expect.objectContaining({
        incident: "a required check is removed from the ruleset of main",
        address: "github_repository_ruleset.protected-main",
        drift: [
          {
            path: "rules[0].required_status_checks[0].required_check",
            before: [{ context: "codeql (javascript-typescript)", integration_id: 15368 }],
            after: [],
          },
        ],
        found: true,
        healed: true,
      }),
      expect.objectContaining({
        incident: "the deployment branches of production are opened up",
        drift: [{ path: "branch_pattern", before: "main", after: "*" }],
        found: true,
        healed: true,
      }),
      expect.objectContaining({
        incident: "the lock of the bucket openclaw-pos-d1-backups is shortened to a day",
        drift: [{ path: "rules[0].condition.max_age_seconds", before: 1_209_600, after: 86_400 }],
        found: true,
        healed: true,
      }),
      expect.objectContaining({
        incident: "an alert of openclaw-pos production is paused",
        drift: [{ path: "rule[0].is_paused", before: false, after: true }],
        found: true,
        healed: true,
      }),
      expect.objectContaining({
        incident: "a team's pages are sent to Grafana's first contact point",
        drift: [expect.objectContaining({ before: "PagerDuty summit", after: "grafana-default-email" })],
        found: true,
        healed: true,
      }),
      expect.objectContaining({
        incident: "the namespace summit-prod admits privileged pods",
        drift: [expect.objectContaining({ before: "restricted", after: "privileged" })],
        found: true,
        healed: true,
      }),
    ]);
  });

  it("lists the secrets that nobody has sealed, and leaves nothing behind without --keep", async () => {
    await run(fleet, { stage: "staging", json: true });
    expect((console.json as Result).missingSecrets).toContainEqual(
      expect.objectContaining({ environment: "production", key: "CLOUDFLARE_API_TOKEN" }),
    );
    expect(readdirSync(root)).toEqual([]);
  });

  it("says that it is a stand-in where it prints its table", async () => {
    await run(fleet, { stage: "staging" });
    expect(console.text).toContain("On stand-ins: real Terraform against providers that live in this process.");
    expect(console.text).toContain("every step did what it says");
    expect(console.text).toContain("  openclaw-pos, production: CLOUDFLARE_API_TOKEN, SENTRY_DSN (optional)");
  });

  it("with a stage, deploys that stage and what it depends on, and plays the incidents that are left", async () => {
    await expect(run(fleet, { stage: "staging", json: true })).resolves.toBe(0);
    const { stacks, incidents } = console.json as Result;
    expect(stacks.map(({ stack }) => stack)).toEqual([
      "organization",
      "openclaw-pos-repository",
      "openclaw-pos-staging",
    ]);
    expect(incidents.map(({ incident }) => incident)).toEqual([
      "a required check is removed from the ruleset of main",
      "a team's pages are sent to Grafana's first contact point",
    ]);
  });

  it("refuses a service that is not declared", async () => {
    await expect(run(fleet, { service: "openclaw" })).rejects.toThrow(
      '--service "openclaw" is not declared\nexpected one of: openclaw-pos',
    );
  });

  it("runs an organization that has no services yet", async () => {
    await expect(run({ ...fleet, services: [] })).resolves.toBe(0);
    expect(console.text).toContain("no incident was played");
  });

  it("writes no secret into the state, because there is none to write, and goes on from the kept world and state", async () => {
    await run(fleet, { keep: true, json: true });
    const state = readFileSync(join(root, ".gatehouse/sandbox/state/openclaw-pos-production.tfstate"), "utf8");
    expect(state).not.toContain('plaintext_value": "');
    expect(state).toContain("pos.example.com");
    const again = new RecordingConsole();
    await sandbox(
      fleet,
      { root, environment: process.env, signal: new AbortController().signal, keep: true, json: true },
      again,
    );
    expect((again.json as Result).stacks.every(({ planned }) => planned.create === 0)).toBe(true);
  });

  it("fails with Terraform's own words when a stack can't be deployed, skips what depends on it, and plays no incident", async () => {
    const [entry] = fleet.services;
    if (entry === undefined) throw new Error("no service");
    await run(fleet, { keep: true, stage: "staging", json: true });
    // The world has the repository already and the state that knows it is gone, as after a deploy whose state was lost.
    rmSync(join(root, ".gatehouse/sandbox/state/openclaw-pos-repository.tfstate"));
    const again = new RecordingConsole();
    const code = await sandbox(
      fleet,
      { root, environment: process.env, signal: new AbortController().signal, keep: true, json: true },
      again,
    );
    expect(code).toBe(1);
    const { ok, stacks, incidents } = again.json as Result;
    expect({ ok, incidents }).toEqual({ ok: false, incidents: [] });
    expect(stacks.map(({ stack, settled }) => [stack, settled])).toEqual([
      ["cluster-eu-1", true],
      ["organization", true],
      ["openclaw-pos-repository", false],
      ["openclaw-pos-staging", false],
      ["openclaw-pos-production", false],
    ]);
    expect(stacks[2]?.problem).toMatch(/name already exists on this account/);
    expect(stacks[3]?.problem).toBe('"openclaw-pos-repository" was not deployed');
  });

  it("hands no credential on to Terraform, and none of Terraform's settings", async () => {
    const environment = {
      ...process.env,
      GITHUB_TOKEN: "not-a-real-token",
      TF_CLI_ARGS_plan: "-destroy",
      TF_WORKSPACE: "elsewhere",
    };
    await expect(run(fleet, { environment, stage: "staging", json: true })).resolves.toBe(0);
  });
});
