import { ProtectedTags } from "../../../constructs/github/protected-tags";
import { resourceOf } from "../synthesized";

describe("ProtectedTags", () => {
  it("lets tags of the pattern be made, but not moved or deleted", () => {
    const ruleset = resourceOf(
      (stack) => void new ProtectedTags(stack, "release-tags", { repository: "pos", pattern: "prod-*" }),
      "github_repository_ruleset",
    );
    expect(ruleset).toEqual({
      repository: "pos",
      name: "protected-tags prod-*",
      target: "tag",
      enforcement: "active",
      conditions: { ref_name: { include: ["refs/tags/prod-*"], exclude: [] } },
      bypass_actors: [],
      rules: { update: true, deletion: true, non_fast_forward: true },
    });
  });
});
