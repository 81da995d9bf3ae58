import { ProtectedBranch, type ProtectedBranchProps } from "../../../constructs/github/protected-branch";
import { resourceOf, synthesized } from "../synthesized";

const PROPS: ProtectedBranchProps = {
  repository: "openclaw-pos",
  branch: "main",
  approvals: 1,
  dismissStale: true,
  codeOwners: true,
  resolveConversations: true,
  upToDate: true,
  requiredChecks: [{ context: "shellcheck" }, { context: "codeql (python)" }],
  linearHistory: true,
  bypass: [],
};

function rulesetWith(changes: Partial<ProtectedBranchProps> = {}) {
  return resourceOf(
    (stack) => void new ProtectedBranch(stack, "main", { ...PROPS, ...changes }),
    "github_repository_ruleset",
  ) as { readonly rules: Readonly<Record<string, unknown>>; readonly bypass_actors: unknown };
}

describe("ProtectedBranch", () => {
  it("is one active ruleset on that branch alone", () => {
    expect(rulesetWith()).toMatchObject({
      repository: "openclaw-pos",
      name: "protected-main",
      target: "branch",
      enforcement: "active",
      conditions: { ref_name: { include: ["refs/heads/main"], exclude: [] } },
      bypass_actors: [],
    });
  });

  it("refuses force pushes, deletion and merge commits", () => {
    expect(rulesetWith().rules).toMatchObject({
      non_fast_forward: true,
      deletion: true,
      required_linear_history: true,
    });
  });

  it("lets merge commits in where history needn't be linear", () => {
    expect(rulesetWith({ linearHistory: false }).rules.required_linear_history).toBe(false);
  });

  it("takes changes by pull request with the declared review", () => {
    expect(rulesetWith().rules.pull_request).toEqual({
      required_approving_review_count: 1,
      dismiss_stale_reviews_on_push: true,
      require_code_owner_review: true,
      require_last_push_approval: false,
      required_review_thread_resolution: true,
    });
  });

  it.each([
    ["approvals", { approvals: 2 }, { required_approving_review_count: 2 }],
    ["dismissStale", { dismissStale: false }, { dismiss_stale_reviews_on_push: false }],
    ["codeOwners", { codeOwners: false }, { require_code_owner_review: false }],
    ["lastPushApproval", { lastPushApproval: true }, { require_last_push_approval: true }],
    ["resolveConversations", { resolveConversations: false }, { required_review_thread_resolution: false }],
  ] as const)("carries %s into the rule of its own", (_prop, changes, expected) => {
    expect(rulesetWith(changes).rules.pull_request).toMatchObject(expected);
  });

  it("binds every required check to the GitHub Actions app, so that no token can report it", () => {
    expect(rulesetWith().rules.required_status_checks).toEqual({
      strict_required_status_checks_policy: true,
      required_check: [
        { context: "codeql (python)", integration_id: 15368 },
        { context: "shellcheck", integration_id: 15368 },
      ],
    });
  });

  it("holds commit messages to a pattern only where one is declared, because the rule is for GitHub Enterprise", () => {
    expect(rulesetWith().rules).not.toHaveProperty("commit_message_pattern");
    expect(rulesetWith({ commitMessagePattern: "^(feat|fix): .+" }).rules.commit_message_pattern).toEqual({
      operator: "regex",
      pattern: "^(feat|fix): .+",
    });
  });

  it("has no rule of required checks when none is required", () => {
    expect(rulesetWith({ requiredChecks: [], upToDate: false }).rules).not.toHaveProperty("required_status_checks");
  });

  it("can't be up to date without required checks", () => {
    expect(() => rulesetWith({ requiredChecks: [] })).toThrow(
      'branch "main" must be up to date but requires no checks; GitHub knows "up to date" only as a part of required checks: require a job, or set upToDate to false',
    );
  });

  it("lists those who may pass it by in an order that depends on who they are, not on how they were written", () => {
    const bypass = [
      { type: "RepositoryRole", id: 5, mode: "pull_request" },
      { type: "Team", team: "platform", mode: "pull_request" },
      { type: "OrganizationAdmin", mode: "always" },
      { type: "DeployKey", mode: "always" },
      { type: "Integration", id: 29110, mode: "always" },
    ] as const;
    const expected = [
      { actor_type: "DeployKey", bypass_mode: "always" },
      { actor_id: 29110, actor_type: "Integration", bypass_mode: "always" },
      { actor_id: 1, actor_type: "OrganizationAdmin", bypass_mode: "always" },
      { actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "pull_request" },
      { actor_id: "${data.github_team.team-platform.id}", actor_type: "Team", bypass_mode: "pull_request" },
    ];
    expect(rulesetWith({ bypass }).bypass_actors).toEqual(expected);
    expect(rulesetWith({ bypass: [...bypass].reverse() }).bypass_actors).toEqual(expected);
  });

  it("has the address that its construct is named by", () => {
    const stack = synthesized((scope) => void new ProtectedBranch(scope, "main", PROPS));
    expect(Object.keys(stack.resource.github_repository_ruleset ?? {})).toEqual(["main"]);
  });
});
