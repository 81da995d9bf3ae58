import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { minimalFleet } from "../declaration/fixture";
import { AuditWorld } from "./audit-world";
import { RecordingConsole } from "./recording-console";

const GATEHOUSE = join(__dirname, "../../operations/gatehouse.js");

let world: AuditWorld;
beforeEach(() => {
  world = new AuditWorld();
});
afterEach(() => world.close());

/** What a command leaves behind, to see whether it was run, and with what. */
const marks = (code: number) => ["bash", "-c", `env > '${join(world.directory, "ran")}'; exit ${code}`];
const ran = () => existsSync(join(world.directory, "ran"));

describe("gatehouse audit run writes before and after what it runs (MAE-6)", () => {
  test.each([
    [0, "succeeded"],
    [3, "failed"],
  ])("a command that ends with %d has %s, and its exit code is kept", async (expected, outcome) => {
    const { code, said } = await world.around(marks(expected));
    expect(code).toBe(expected);
    expect(world.entry(1)).toMatchObject({ act: "apply", outcome: "pending", stacks: [{ name: "tiny-production" }] });
    expect(world.entry(2)).toMatchObject({ act: "apply", outcome, endOf: 1, reason: "Release of November" });
    expect(said).toContain("entry 1: apply pending, by ada");
    expect(said).toContain(`entry 2: apply ${outcome}, by ada`);
    expect(await world.verify()).toMatchObject({ code: 0, unfinished: [] });
  });

  test("what can't be written down is not done", async () => {
    await expect(world.around(marks(0), { reason: undefined })).rejects.toThrow(
      "a reason: every act in production has one",
    );
    await expect(world.around(marks(0), { environment: {} })).rejects.toThrow("no key to sign with");
    expect(ran()).toBe(false);
  });

  test("the key that signs is not the command's", async () => {
    await world.around(marks(0));
    const environment = readFileSync(join(world.directory, "ran"), "utf8");
    expect(environment).toContain("PATH=");
    expect(environment).not.toContain("PRIVATE KEY");
    expect(environment).not.toContain("GATEHOUSE_AUDIT");
  });

  test("what the command does to the files of keys is too late: they are read once", async () => {
    const { publicFile, privateFile } = world.key;
    const command = ["rm", publicFile, privateFile];
    const environment = { PATH: process.env.PATH };
    const { code } = await world.around(command, { key: privateFile, environment });
    expect(code).toBe(0);
    expect(existsSync(privateFile)).toBe(false);
    expect(world.entry(2)).toMatchObject({ outcome: "succeeded", endOf: 1 });
  });

  test("what others append meanwhile, with the same witness, comes between; the end is chained to it", async () => {
    const options = ["--trail", world.trail, "--trust", world.key.publicFile, "--key", world.key.privateFile];
    const act = ["--witness", world.witness, "--act", "rotation", "--actor", "grace"];
    const command = [process.execPath, GATEHOUSE, "audit", "append", ...options, ...act];
    // It goes by this machine's clock.
    world.now = Date.now() - 180_000;
    expect(await world.around(command, { witness: world.witness })).toMatchObject({ code: 0 });
    expect(world.entry(2)).toMatchObject({ act: "rotation", actor: "grace" });
    expect(world.entry(3)).toMatchObject({ act: "apply", actor: "ada", endOf: 1 });
    expect(JSON.parse(readFileSync(world.witness, "utf8"))).toMatchObject({ sequence: 3 });
    expect(await world.verify({ witness: world.witness })).toMatchObject({ code: 0, entries: 3, unfinished: [] });
  });

  test("a command that isn't there has failed", async () => {
    const { code, said } = await world.around(["no-such-command"]);
    expect(code).toBe(1);
    expect(said).toContain('"no-such-command" could not be started');
    expect(world.entry(2)).toMatchObject({ outcome: "failed", endOf: 1 });
  });

  test("where the end can't be written down, the command's end is said, and how to make up for it", async () => {
    const command = ["bash", "-c", `rm -r '${world.trail}' && touch '${world.trail}'; exit 7`];
    await expect(world.around(command)).rejects.toThrow(
      /^the command ended with 7, and that could not be written down: .*\nappend it when the trail can be reached: npx gatehouse audit append --of 1 --outcome failed$/s,
    );
  });

  test("without a trail the command is run all the same, and that is said", async () => {
    const { code, said } = await world.around(marks(4), { trail: undefined });
    expect(code).toBe(4);
    expect(said).toContain("no audit trail is declared (audit in services/organization.ts)");
    expect(ran()).toBe(true);
  });

  describe("with the policies", () => {
    const POLICIES = join(__dirname, "../../policies");
    const waivers = (text: string) => {
      cpSync(POLICIES, join(world.directory, "policies"), { recursive: true });
      writeFileSync(join(world.directory, "policies/waivers.yaml"), text);
    };
    const weak = { "main.approvals": 1, "main.dismissStale": false };
    const WAIVER = `waivers:
  - id: stale-2026-11
    rule: github/main-stale-approvals-dismissed
    scope: { stack: tiny-repository, at: [github_repository_ruleset.protected-main] }
    owner: ada
    reason: Reviews are taken over from another repository
    approver: grace
    created: 2026-11-01
    expires: 2026-11-30
    ticket: SEC-12
`;

    test("what one blocks is not done, and is shown", async () => {
      world.fleet = minimalFleet({ service: weak });
      waivers("waivers: []\n");
      const console = new RecordingConsole();
      await expect(world.around(marks(0), { policies: true }, console)).rejects.toThrow(
        /^the policies do not let this pass, so nothing was run\nrepair what they found, or have it waived/,
      );
      expect(console.text).toContain("github/main-stale-approvals-dismissed");
      expect(ran()).toBe(false);
    });

    test("waivers without which one would are written down, each once", async () => {
      world.fleet = minimalFleet({ service: weak });
      waivers(WAIVER);
      await world.around(marks(0), { policies: true, waiver: ["by-hand"] });
      expect(world.entry(1)).toMatchObject({ waivers: ["by-hand", "stale-2026-11"] });
      expect(world.entry(2)).toMatchObject({ outcome: "succeeded", waivers: ["by-hand", "stale-2026-11"] });
    });
  });

  test("nothing to run is refused", async () => {
    await expect(world.around([])).rejects.toThrow("nothing to run\ngive the command behind --");
  });

  test("who stops it stops the command, and the end is there", async () => {
    const options = ["--trail", world.trail, "--trust", world.key.publicFile, "--key", world.key.privateFile];
    const act = ["--act", "rotation", "--actor", "ada"];
    const command = ["--", "bash", "-c", "trap 'exit 9' TERM; echo ready; while :; do sleep 0.1; done"];
    const child = spawn(process.execPath, [GATEHOUSE, "audit", "run", ...options, ...act, ...command], {
      cwd: world.directory,
      stdio: ["ignore", "pipe", "pipe"],
    });
    await ready(child);
    child.kill("SIGTERM");
    const [code] = await once(child, "close");
    expect(code).toBe(9);
    expect(world.entry(2)).toMatchObject({ act: "rotation", outcome: "failed", endOf: 1 });
  });
});

async function ready({ stdout }: ChildProcess): Promise<void> {
  if (stdout !== null) for await (const chunk of stdout) if (String(chunk).includes("ready")) return;
}
