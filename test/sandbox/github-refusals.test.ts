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

function references(include: string, exclude: string[] = []) {
  return { conditions: [{ ref_name: [{ include: [include], exclude }] }] };
}

describe("github accepts", () => {
  test.each([
    ["github_repository", { name: "pos", visibility: "private" }],
    ["github_repository_ruleset", RULESET],
    ["github_repository_ruleset", { ...RULESET, target: "tag", ...references("refs/tags/prod-*") }],
    [
      "github_repository_environment",
      { ...ENVIRONMENT, wait_timer: 43_200, reviewers: [{ teams: [1, 2, 3], users: [4, 5, 6] }] },
    ],
    ["github_repository_environment_deployment_policy", POLICY],
    ["github_actions_environment_secret", SECRET],
    ["github_actions_environment_variable", VARIABLE],
    ["github_issue_label", LABEL],
    ["github_team", { name: "POS", privacy: "closed" }],
    ["github_team_repository", { team_id: "1", repository: "pos", permission: "maintain" }],
    ["github_team_membership", { team_id: "1", username: "octo-cat", role: "maintainer" }],
    ["github_repository_dependabot_security_updates", { repository: "pos", enabled: true }],
  ])("a %s that is in order", (type, config) => {
    expect(new Workbench().refusals(type, config)).toEqual([]);
  });
});

describe("github refuses", () => {
  test.each([
    ["a repository's name with a space", "github_repository", { name: "open claw" }, "1 to 100 letters, digits"],
    ["a repository's name of 300 characters", "github_repository", { name: "x".repeat(300) }, "1 to 100 letters"],
    [
      "an unknown visibility",
      "github_repository",
      { name: "pos", visibility: "secret" },
      "one of public, private, internal",
    ],
    [
      "visibility and private together",
      "github_repository",
      { name: "pos", visibility: "public", private: false },
      "not both",
    ],
    [
      "an unknown way to title squashes",
      "github_repository",
      { name: "pos", squash_merge_commit_title: "X" },
      "COMMIT_OR_PR_TITLE",
    ],
    [
      "a repository without any way to merge",
      "github_repository",
      { name: "pos", allow_merge_commit: false, allow_squash_merge: false, allow_rebase_merge: false },
      "at least one way to merge",
    ],
    ["a topic in upper case", "github_repository", { name: "pos", topics: ["POS"] }, "lower-case letters"],
    ["an unknown target", "github_repository_ruleset", { ...RULESET, target: "branches" }, "one of branch, push, tag"],
    [
      "an unknown enforcement",
      "github_repository_ruleset",
      { ...RULESET, enforcement: "on" },
      "one of disabled, active, evaluate",
    ],
    [
      "a ruleset without a name",
      "github_repository_ruleset",
      { ...RULESET, name: "" },
      "1 to 100 characters (it has 0)",
    ],
    [
      "a short branch name in a ruleset",
      "github_repository_ruleset",
      { ...RULESET, ...references("main") },
      "refs/heads/<pattern> or",
    ],
    [
      "a branch in a ruleset for tags",
      "github_repository_ruleset",
      { ...RULESET, target: "tag", ...references("refs/heads/main") },
      "refs/tags/<pattern> or one of ~ALL",
    ],
    [
      "the default branch in an exclusion",
      "github_repository_ruleset",
      { ...RULESET, ...references("~ALL", ["main"]) },
      "refs/heads/",
    ],
    [
      "an unknown actor that bypasses",
      "github_repository_ruleset",
      { ...RULESET, bypass_actors: [{ actor_type: "User", bypass_mode: "always" }] },
      "one of RepositoryRole, Team",
    ],
    [
      "an unknown way to bypass",
      "github_repository_ruleset",
      { ...RULESET, bypass_actors: [{ actor_type: "Team", actor_id: 1, bypass_mode: "never" }] },
      "one of always, pull_request, exempt",
    ],
    [
      "eleven approvals",
      "github_repository_ruleset",
      { ...RULESET, rules: [{ pull_request: [{ required_approving_review_count: 11 }] }] },
      "a whole number of approvals from 0 to 10",
    ],
    [
      "an organization's ruleset that doesn't say for which repositories",
      "github_organization_ruleset",
      { name: "all", target: "branch", enforcement: "active", ...references("~ALL"), rules: [{ deletion: true }] },
      "exactly one of repository_name and repository_id",
    ],
    [
      "a wait of 50,000 minutes",
      "github_repository_environment",
      { ...ENVIRONMENT, wait_timer: 50_000 },
      "minutes from 0 to 43200",
    ],
    [
      "seven reviewers",
      "github_repository_environment",
      { ...ENVIRONMENT, reviewers: [{ teams: [1, 2, 3, 4], users: [5, 6, 7] }] },
      "at most 6 reviewers",
    ],
    [
      "a deployment policy that is both kinds",
      "github_repository_environment",
      { ...ENVIRONMENT, deployment_branch_policy: [{ protected_branches: true, custom_branch_policies: true }] },
      "either protected_branches or custom_branch_policies",
    ],
    [
      "a policy for branches and tags",
      "github_repository_environment_deployment_policy",
      { ...POLICY, tag_pattern: "v*" },
      "either branch_pattern or tag_pattern",
    ],
    [
      "a policy for nothing",
      "github_repository_environment_deployment_policy",
      ENVIRONMENT,
      "exactly one of branch_pattern",
    ],
    [
      "a policy that names a reference in full",
      "github_repository_environment_deployment_policy",
      { ...POLICY, branch_pattern: "refs/heads/main" },
      "Leave out refs/heads/",
    ],
    [
      "a secret that starts with GITHUB_",
      "github_actions_environment_secret",
      { ...SECRET, secret_name: "github_x" },
      "GITHUB_",
    ],
    [
      "a secret that starts with a digit",
      "github_actions_environment_secret",
      { ...SECRET, secret_name: "1X" },
      "not starting with",
    ],
    [
      "a value that isn't sealed",
      "github_actions_environment_secret",
      { ...SECRET, encrypted_value: "aGVsbG8=" },
      "at least 48 bytes",
    ],
    [
      "a value that isn't base64",
      "github_actions_environment_secret",
      { ...SECRET, encrypted_value: "%%%" },
      "base64 of a sealed box",
    ],
    [
      "a variable with a hyphen",
      "github_actions_environment_variable",
      { ...VARIABLE, variable_name: "APP-ENV" },
      "underscores",
    ],
    ["a colour with '#'", "github_issue_label", { ...LABEL, color: "#d93f0b" }, "six hexadecimal digits without '#'"],
    [
      "a label of 51 characters",
      "github_issue_label",
      { ...LABEL, name: "é".repeat(51) },
      "1 to 50 characters (it has 51)",
    ],
    ["an open team", "github_team", { name: "POS", privacy: "open" }, "one of secret, closed"],
    ["a secret team below another", "github_team", { name: "POS", parent_team_id: "1" }, "can't be secret"],
    [
      "an unknown permission",
      "github_team_repository",
      { team_id: "1", repository: "pos", permission: "write" },
      "one of pull, triage, push, maintain, admin",
    ],
    [
      "an unknown role",
      "github_team_membership",
      { team_id: "1", username: "octocat", role: "owner" },
      "one of member, maintainer",
    ],
    ["a login with a space", "github_team_membership", { team_id: "1", username: "octo cat" }, "a GitHub login"],
    [
      "a value that only GitHub computes",
      "github_repository",
      { name: "pos", node_id: "R_1" },
      "the provider computes node_id",
    ],
    ["an id of one's own", "github_issue_label", { ...LABEL, id: "pos:ci-flake" }, "the provider computes id"],
  ])("%s", (_, type, config, words) => {
    const refusals = new Workbench().refusals(type, config);
    expect(refusals).toEqual([expect.stringContaining(words)]);
    expect(refusals[0]).toMatch(new RegExp(`^sandbox: ${type} refuses .+ \\| Came .+, expected .+\\. .+`, "s"));
  });

  test("a sealed value without repeating it", () => {
    const [refusal] = new Workbench().refusals("github_actions_environment_secret", {
      ...SECRET,
      encrypted_value: "aGVsbG8=",
    });
    expect(refusal).not.toContain("aGVsbG8=");
  });
});
