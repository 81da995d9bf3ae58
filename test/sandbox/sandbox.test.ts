import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeWithTerraform } from "../support/programs";
import { GOVERNED, NAME, REPOSITORY } from "./governed";
import { Workspace } from "./terraform";

/** Enough that a run can be interrupted in its middle. */
const MANY = 100;

let workspace: Workspace;

afterEach(() => workspace.end());

describeWithTerraform("a sandbox", () => {
  function labels(count: number) {
    const each = Array.from({ length: count }, (_, i) => [
      `l${i}`,
      { repository: NAME, name: `label-${i}`, color: "d93f0b" },
    ]);
    return { github_repository: REPOSITORY, github_issue_label: Object.fromEntries(each) };
  }

  test("serves the types in use, asked anew by each Terraform", async () => {
    let types = new Set(["resource:github_repository"]);
    workspace = await Workspace.open({ typesInUse: () => types });
    await workspace.deploy({ github_repository: REPOSITORY });
    workspace.write({ resource: GOVERNED });
    expect((await workspace.run(["plan"])).output).toContain("github_repository_ruleset");
    expect((await workspace.run(["plan"])).code).toBe(1);
    types = new Set(Object.keys(GOVERNED).map((type) => `resource:${type}`));
    await workspace.apply();
    // What the state still has is served, even where the configuration is done with it.
    types = new Set();
    workspace.write({});
    await workspace.apply();
    expect(workspace.sandbox.world.list()).toEqual([]);
  });

  test("serves all types of all providers if nobody says which are in use", async () => {
    workspace = await Workspace.open();
    await workspace.reopenForAllTypes();
    workspace.write({});
    await workspace.succeed("init", "-input=false");
    const schemas = JSON.parse(await workspace.succeed("providers", "schema", "-json"));
    const counts = Object.values(schemas.provider_schemas as Record<string, { resource_schemas: object }>).map(
      ({ resource_schemas: all }) => Object.keys(all).length,
    );
    expect(counts.sort((a, b) => a - b)).toEqual([1, 7, 81, 82, 208]);
  });

  test("holds 300 resources, and then plans nothing", async () => {
    workspace = await Workspace.open();
    await workspace.deploy(labels(300));
    expect(workspace.sandbox.world.list()).toHaveLength(301);
    expect(await workspace.actions()).toEqual({});
  });

  describe("with a directory", () => {
    let directory: string;

    beforeEach(() => {
      directory = mkdtempSync(join(tmpdir(), "world-"));
    });

    afterEach(() => {
      rmSync(directory, { recursive: true, force: true });
    });

    test("remembers what was deployed", async () => {
      workspace = await Workspace.open({ directory });
      await workspace.deploy(GOVERNED);
      await workspace.reopen({ directory });
      expect(await workspace.actions()).toEqual({});
    });

    test("lets a run that was interrupted be continued by another", async () => {
      workspace = await Workspace.open({ directory });
      workspace.write({ resource: labels(MANY) });
      await workspace.succeed("init", "-input=false");
      const interrupted = await workspace.run(["apply", "-auto-approve", "-parallelism=1"], (terraform) => {
        terraform.stdout?.on("data", (chunk) => {
          if (String(chunk).includes("Creation complete")) {
            terraform.kill("SIGINT");
          }
        });
      });
      expect(interrupted.code).not.toBe(0);
      const made = workspace.sandbox.world.list().length;
      expect(made).toBeGreaterThan(0);
      expect(made).toBeLessThan(MANY + 1);
      await workspace.apply();
      expect(workspace.sandbox.world.list()).toHaveLength(MANY + 1);
      expect(await workspace.actions()).toEqual({});
    });

    test("lets a run whose Terraform was killed before it saved its state be made again", async () => {
      workspace = await Workspace.open({ directory });
      await workspace.deploy(GOVERNED);
      workspace.loseState();
      await workspace.reopen({ directory });
      await workspace.apply();
      expect(workspace.sandbox.world.list()).toHaveLength(4);
      expect(await workspace.actions()).toEqual({});
    });

    test("lets a run whose sandbox was killed be continued by another", async () => {
      workspace = await Workspace.open();
      workspace.write({ resource: labels(MANY) });
      const child = spawn(process.execPath, ["--import", "tsx", join(__dirname, "killable-sandbox.ts"), directory], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      workspace.environment = await new Promise((resolve) => {
        child.stdout.once("data", (line) => resolve(JSON.parse(String(line))));
      });
      await workspace.succeed("init", "-input=false");
      const interrupted = await workspace.run(["apply", "-auto-approve"], (terraform) => {
        terraform.stdout?.on("data", (chunk) => {
          if (String(chunk).includes("Creation complete")) {
            child.kill("SIGKILL");
          }
        });
      });
      expect(interrupted.code).toBe(1);
      workspace.environment = undefined;
      await workspace.reopen({ directory });
      const made = workspace.sandbox.world.list().length;
      expect(made).toBeGreaterThan(0);
      expect(made).toBeLessThan(MANY + 1);
      await workspace.apply();
      expect(workspace.sandbox.world.list()).toHaveLength(MANY + 1);
      expect(await workspace.actions()).toEqual({});
    });
  });
});
