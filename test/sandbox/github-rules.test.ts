import { Workbench } from "./workbench";

const SEALED = Buffer.alloc(60, 7).toString("base64");

const RULESET = {
  name: "main",
  repository: "pos",
  target: "branch",
  enforcement: "active",
  conditions: [{ ref_name: [{ include: ["~DEFAULT_BRANCH"], exclude: [] }] }],
  rules: [{ deletion: true }],
};
const ENVIRONMENT = { repository: "pos", environment: "production" };
const LABEL = { repository: "pos", name: "ci-flake", color: "d93f0b" };
const SECRET = { ...ENVIRONMENT, secret_name: "TOKEN", encrypted_value: SEALED };
const VARIABLE = { ...ENVIRONMENT, variable_name: "APP_ENV", value: "production" };
const POLICY = { ...ENVIRONMENT, branch_pattern: "main" };

describe("at apply, github refuses", () => {
  test.each([
    ["a ruleset", "github_repository_ruleset", RULESET],
    ["an environment", "github_repository_environment", ENVIRONMENT],
    ["a label", "github_issue_label", LABEL],
    ["Dependabot", "github_repository_dependabot_security_updates", { repository: "pos", enabled: true }],
  ])("%s of a repository that doesn't exist", (_, type, config) => {
    expect(() => new Workbench().make(type, config)).toThrow(/Came pos, expected a github_repository that exists/);
  });

  test.each([
    ["a secret", "github_actions_environment_secret", SECRET],
    ["a variable", "github_actions_environment_variable", VARIABLE],
    ["a deployment policy", "github_repository_environment_deployment_policy", POLICY],
  ])("%s of an environment that doesn't exist", (_, type, config) => {
    const bench = new Workbench();
    bench.repository();
    expect(() => bench.make(type, config)).toThrow(
      /Came pos:production, expected a github_repository_environment that exists/,
    );
  });

  test("a deployment policy of an environment that allows none", () => {
    const bench = new Workbench();
    bench.repository();
    bench.environment("pos", "production", { deployment_branch_policy: [] });
    expect(() => bench.make("github_repository_environment_deployment_policy", POLICY)).toThrow(
      /set custom_branch_policies = true/,
    );
  });

  test("a reviewer that is no team", () => {
    const bench = new Workbench();
    bench.repository();
    expect(() => bench.environment("pos", "production", { reviewers: [{ teams: [42] }] })).toThrow(
      /Came team 42, expected the id/,
    );
  });

  test("a bypass by a team that doesn't exist", () => {
    const bench = new Workbench();
    bench.repository();
    const bypass_actors = [{ actor_type: "Team", actor_id: 42, bypass_mode: "always" }];
    expect(() => bench.make("github_repository_ruleset", { ...RULESET, bypass_actors })).toThrow(/Came team 42/);
  });

  test("a second repository of the same name, whatever its case", () => {
    const bench = new Workbench();
    bench.repository("pos");
    expect(() => bench.repository("POS")).toThrow(
      /422 Repository creation failed: name already exists on this account/,
    );
  });

  test("a second ruleset of the same name in one repository, but not in another", () => {
    const bench = new Workbench();
    bench.repository("pos");
    bench.repository("hot");
    bench.make("github_repository_ruleset", RULESET);
    bench.make("github_repository_ruleset", { ...RULESET, repository: "hot" });
    expect(() => bench.make("github_repository_ruleset", RULESET)).toThrow(/a ruleset of that name already exists/);
  });

  test("a second team whose slug is taken", () => {
    const bench = new Workbench();
    bench.make("github_team", { name: "POS maintainers" });
    expect(() => bench.make("github_team", { name: "pos-maintainers" })).toThrow(/Name must be unique for this org/);
  });

  test("another object's name for a renamed one", () => {
    const bench = new Workbench();
    bench.make("github_team", { name: "POS" });
    const other = bench.make("github_team", { name: "HOT" });
    expect(() => bench.make("github_team", { name: "POS" }, other)).toThrow(/Name must be unique for this org/);
    expect(bench.world.get("github_team", other.id)?.attributes.name).toBe("HOT");
  });

  test("a change of what somebody removed since the plan", () => {
    const bench = new Workbench();
    const team = bench.make("github_team", { name: "POS" });
    bench.world.remove("github_team", team.id);
    expect(() => bench.make("github_team", { name: "HOT" }, team)).toThrow(
      /404: it doesn't exist any more.*plan again/,
    );
  });

  test("Dependabot's updates where vulnerability alerts are off", () => {
    const bench = new Workbench();
    bench.make("github_repository", { name: "pos" });
    const config = { repository: "pos", enabled: true };
    expect(() => bench.make("github_repository_dependabot_security_updates", config)).toThrow(
      /set vulnerability_alerts = true/,
    );
  });

  test("a change of which one part is refused, as a whole", () => {
    const bench = new Workbench();
    expect(() => bench.make("github_issue_label", LABEL)).toThrow();
    expect(bench.world.list()).toEqual([]);
    expect(bench.world.nextNumber()).toBe(new Workbench().world.nextNumber());
  });
});

describe("github fills in", () => {
  test("what only it knows of a repository, under the configured owner", () => {
    const bench = new Workbench();
    const { state } = bench.repository();
    expect(state).toMatchObject({
      id: "pos",
      full_name: "sandbox/pos",
      html_url: "https://github.com/sandbox/pos",
      default_branch: "main",
      visibility: "public",
      allow_merge_commit: true,
      repo_id: expect.any(Number),
      node_id: expect.stringMatching(/^R_/),
    });
  });

  test("ids as the provider writes them", () => {
    const bench = new Workbench();
    bench.repository();
    expect(bench.environment().state.id).toBe("pos:production");
    expect(bench.make("github_actions_environment_variable", VARIABLE).state.id).toBe("pos:production:APP_ENV");
    expect(bench.make("github_repository_environment_deployment_policy", POLICY).state.id).toMatch(
      /^pos:production:\d+$/,
    );
    const ruleset = bench.make("github_repository_ruleset", RULESET).state;
    expect(ruleset.id).toBe(String(ruleset.ruleset_id));
    expect(bench.make("github_team", { name: "POS Maintainers!" }).state.slug).toBe("pos-maintainers");
  });
});

describe("github replaces", () => {
  test.each([
    ["a label for another repository", "github_issue_label", LABEL, { repository: "hot" }, ["repository"]],
    ["no label for another colour", "github_issue_label", LABEL, { color: "000000" }, []],
    [
      "an environment for another name",
      "github_repository_environment",
      ENVIRONMENT,
      { environment: "live" },
      ["environment"],
    ],
    [
      "a policy that turns from branches to tags",
      "github_repository_environment_deployment_policy",
      POLICY,
      { branch_pattern: null, tag_pattern: "v*" },
      ["branch_pattern", "tag_pattern"],
    ],
    [
      "no policy for another branch",
      "github_repository_environment_deployment_policy",
      POLICY,
      { branch_pattern: "release" },
      [],
    ],
    [
      "a secret for another value",
      "github_actions_environment_secret",
      SECRET,
      { encrypted_value: Buffer.alloc(50, 1).toString("base64") },
      ["encrypted_value"],
    ],
    ["no ruleset at all", "github_repository_ruleset", RULESET, { name: "trunk", enforcement: "disabled" }, []],
  ])("%s", (_, type, config, change, expected) => {
    const bench = new Workbench();
    bench.repository("pos");
    bench.environment("pos");
    expect(bench.replaces(bench.make(type, config), { ...config, ...change })).toEqual(expected);
  });
});

describe("what belongs to a repository", () => {
  test("goes with it", () => {
    const bench = new Workbench();
    const repository = bench.repository();
    bench.environment();
    bench.make("github_actions_environment_variable", VARIABLE);
    bench.make("github_issue_label", LABEL);
    bench.destroy(repository);
    expect(bench.world.list()).toEqual([]);
  });

  test("stays when the repository is archived instead of deleted", () => {
    const bench = new Workbench();
    const repository = bench.make("github_repository", { name: "pos", archive_on_destroy: true });
    bench.make("github_issue_label", LABEL);
    bench.destroy(repository);
    expect(bench.world.get("github_repository", "pos")?.attributes.archived).toBe(true);
    expect(bench.world.list("github_issue_label")).toHaveLength(1);
  });
});

describe("creating again what can be written twice", () => {
  test.each([
    ["github_issue_label", LABEL, { color: "000000" }],
    ["github_actions_environment_variable", VARIABLE, { value: "other" }],
    ["github_repository_environment", ENVIRONMENT, { wait_timer: 5 }],
  ])("changes the %s that is there", (type, config, change) => {
    const bench = new Workbench();
    bench.repository();
    bench.environment();
    bench.make(type, config);
    const { id } = bench.make(type, { ...config, ...change });
    expect(bench.world.list(type)).toHaveLength(1);
    expect(bench.world.get(type, id)?.attributes).toMatchObject(change);
  });
});
