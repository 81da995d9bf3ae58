import { describeWithTerraform } from "../support/programs";
import { GOVERNED, NAME, REPOSITORY } from "./governed";
import { Workspace } from "./terraform";

let workspace: Workspace;

afterEach(() => workspace.end());

describeWithTerraform("real Terraform with the stand-in for github", () => {
  beforeEach(async () => {
    workspace = await Workspace.open();
  });

  test("deploys a repository with its ruleset and environment, and then plans nothing", async () => {
    await workspace.deploy(GOVERNED);
    expect(workspace.sandbox.world.list().map(({ type }) => type)).toHaveLength(4);
    expect(await workspace.actions()).toEqual({});
  });

  test("sees a required check that somebody removed, and heals it", async () => {
    await workspace.deploy(GOVERNED);
    const [ruleset] = workspace.sandbox.world.list("github_repository_ruleset");
    workspace.sandbox.world.edit("github_repository_ruleset", ruleset?.id ?? "", (attributes) => {
      const [rules] = attributes.rules as { required_status_checks: { required_check: object[] }[] }[];
      rules?.required_status_checks[0]?.required_check.pop();
      return attributes;
    });
    const { resource_drift: drift } = await workspace.plan("-refresh-only");
    expect(drift?.map(({ address }) => address)).toEqual(["github_repository_ruleset.main"]);
    expect(JSON.stringify(drift?.[0]?.change.before)).toContain("shellcheck");
    expect(JSON.stringify(drift?.[0]?.change.after)).not.toContain("shellcheck");
    expect(await workspace.actions()).toEqual({ "github_repository_ruleset.main": "update" });
    await workspace.apply();
    expect(JSON.stringify(workspace.sandbox.world.list("github_repository_ruleset"))).toContain("shellcheck");
    expect(await workspace.actions()).toEqual({});
  });

  test("sees deployment branches that somebody opened up, and what somebody deleted", async () => {
    await workspace.deploy(GOVERNED);
    workspace.sandbox.world.edit("github_repository_environment", "pos:production", (attributes) => ({
      ...attributes,
      deployment_branch_policy: [],
    }));
    const [policy] = workspace.sandbox.world.list("github_repository_environment_deployment_policy");
    workspace.sandbox.world.remove("github_repository_environment_deployment_policy", policy?.id ?? "");
    expect(await workspace.actions()).toEqual({
      "github_repository_environment.production": "update",
      "github_repository_environment_deployment_policy.main": "create",
    });
    await workspace.apply();
    expect(await workspace.actions()).toEqual({});
  });

  test("adopts what somebody made by hand, without making it again", async () => {
    workspace.sandbox.create("github_repository", REPOSITORY.pos);
    const ruleset = workspace.sandbox.create("github_repository_ruleset", {
      name: "main",
      repository: "pos",
      target: "branch",
      enforcement: "active",
      rules: [{ deletion: true }],
    });
    workspace.write({
      resource: {
        github_repository: REPOSITORY,
        github_repository_ruleset: {
          main: { ...GOVERNED.github_repository_ruleset.main, conditions: [], rules: { deletion: true } },
        },
      },
      import: [
        { to: "github_repository.pos", id: "pos" },
        { to: "github_repository_ruleset.main", id: `pos:${ruleset.id}` },
      ],
    });
    await workspace.succeed("init", "-input=false");
    expect(await workspace.actions()).toEqual({});
    expect(await workspace.apply()).toContain("2 imported, 0 added, 0 changed, 0 destroyed");
    expect(workspace.sandbox.world.list("github_repository_ruleset")).toHaveLength(1);
  });

  test("can't import what doesn't exist, and is told what does", async () => {
    workspace.sandbox.create("github_repository", { name: "hot" });
    workspace.write({
      resource: { github_repository: REPOSITORY },
      import: [{ to: "github_repository.pos", id: "pos" }],
    });
    await workspace.succeed("init", "-input=false");
    const { code, output } = await workspace.run(["plan"]);
    expect(code).toBe(1);
    expect(output.replace(/\s+/g, " ")).toContain("github_repository pos doesn't exist");
    expect(output).toContain("hot");
  });

  test("is shown at which attribute a value is refused", async () => {
    const production = { ...GOVERNED.github_repository_environment.production, wait_timer: 50_000 };
    workspace.write({ resource: { ...GOVERNED, github_repository_environment: { production } } });
    await workspace.succeed("init", "-input=false");
    const { code, output } = await workspace.run(["validate"]);
    expect(code).toBe(1);
    expect(output).toContain("sandbox: github_repository_environment refuses wait_timer");
    expect(output).toMatch(/in resource\.github_repository_environment\.production(\.wait_timer)?:/);
    expect(output).toContain("Came 50000, expected a whole number of minutes from 0 to 43200");
  });

  test("keeps sealed values out of what it prints", async () => {
    const encrypted_value = Buffer.alloc(60, 7).toString("base64");
    const environment = "${github_repository_environment.production.environment}";
    await workspace.deploy({
      ...GOVERNED,
      github_actions_environment_secret: {
        token: { repository: NAME, environment, secret_name: "TOKEN", encrypted_value },
      },
    });
    const shown = await workspace.succeed("show");
    expect(shown).toContain("(sensitive value)");
    expect(shown).not.toContain(encrypted_value);
    expect(await workspace.actions()).toEqual({});
  });

  test("finds the team of another stack, or says which one is missing", async () => {
    workspace.write({
      data: { github_team: { maintainers: { slug: "pos-maintainers" } } },
      output: { id: { value: "${data.github_team.maintainers.id}" } },
    });
    await workspace.succeed("init", "-input=false");
    const { output } = await workspace.run(["plan"]);
    expect(output).toContain("sandbox: data.github_team finds nothing");
    const team = workspace.sandbox.create("github_team", { name: "POS maintainers" });
    await workspace.apply();
    expect(await workspace.succeed("output", "-raw", "id")).toBe(team.id);
  });

  test("destroys everything in the order of its references", async () => {
    await workspace.deploy(GOVERNED);
    await workspace.succeed("destroy", "-auto-approve");
    expect(workspace.sandbox.world.list()).toEqual([]);
  });
});
