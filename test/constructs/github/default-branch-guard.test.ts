import { DefaultBranchGuard } from "../../../constructs/github/default-branch-guard";
import { resourceOf } from "../synthesized";

describe("DefaultBranchGuard", () => {
  it("keeps the default branch of every repository from deletion and force pushes, declared or not", () => {
    const ruleset = resourceOf(
      (stack) => void new DefaultBranchGuard(stack, "default-branches"),
      "github_organization_ruleset",
    );
    expect(ruleset).toEqual({
      name: "default-branches",
      target: "branch",
      enforcement: "active",
      conditions: {
        ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] },
        repository_name: { include: ["~ALL"], exclude: [] },
      },
      rules: { deletion: true, non_fast_forward: true },
    });
  });
});
