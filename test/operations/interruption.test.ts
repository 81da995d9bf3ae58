import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeWithTerraform } from "../support/programs";

const GATEHOUSE = join(__dirname, "../../operations/gatehouse.js");

describeWithTerraform("a sandbox that is interrupted in the middle of a deploy", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function start(): { child: ChildProcess; output: () => string; ended: Promise<number | null> } {
    const child = spawn(process.execPath, [GATEHOUSE, "sandbox", "--keep", "--service", "openclaw-pos"], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
    });
    child.stderr.on("data", (chunk) => {
      text += chunk;
    });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    return { child, output: () => text, ended };
  }

  /** Waits until the world holds an object of a type: the apply that makes it is under way. */
  async function untilWorldHas(type: string): Promise<void> {
    const world = join(root, ".gatehouse/sandbox/world");
    for (;;) {
      const journal = existsSync(world) ? readdirSync(world).filter((name) => name.endsWith(".jsonl")) : [];
      if (journal.some((name) => readFileSync(join(world, name), "utf8").includes(`"${type}"`))) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  it.each(["SIGINT", "SIGTERM"] as const)(
    "by %s lets Terraform save its state, and a second run goes on from there",
    async (signal) => {
      const first = start();
      await untilWorldHas("cloudflare_d1_database");
      first.child.kill(signal);
      await expect(first.ended).resolves.toBe(130);
      expect(first.output()).toContain("stopping: what is under way ends first, and Terraform saves its state");
      expect(first.output()).toContain("interrupted; run the command again to go on");
      const second = start();
      await expect(second.ended).resolves.toBe(0);
      expect(second.output()).toContain("every step did what it says");
      expect(second.output()).toContain("organization: no changes");
    },
  );

  it("by kill -9 is healed by a second run, or says what stands in the way", async () => {
    const first = start();
    await untilWorldHas("github_repository_ruleset");
    first.child.kill("SIGKILL");
    await first.ended;
    const second = start();
    const code = await second.ended;
    // Terraform itself may have been cut off from its providers before it could write down what it had made.
    if (code !== 0) expect(second.output()).toMatch(/already exists|state/);
    else expect(second.output()).toContain("every step did what it says");
  });
});
