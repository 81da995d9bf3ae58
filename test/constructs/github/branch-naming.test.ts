import { BranchNaming } from "../../../constructs/github/branch-naming";
import { resourceOf } from "../synthesized";

function rulesetFor(...allowed: string[]) {
  return resourceOf(
    (stack) => void new BranchNaming(stack, "branch-naming", { repository: "pos", defaultBranch: "main", allowed }),
    "github_repository_ruleset",
  );
}

describe("BranchNaming", () => {
  it("refuses to create any branch but the default one and those of the allowed patterns", () => {
    expect(rulesetFor("feat/*")).toMatchObject({
      repository: "pos",
      name: "branch-naming",
      target: "branch",
      enforcement: "active",
      bypass_actors: [],
      conditions: {
        ref_name: {
          include: ["~ALL"],
          exclude: ["refs/heads/main", "refs/heads/feat/*", "refs/heads/feat/**/*"],
        },
      },
    });
  });

  it("restricts creation only, which every plan with rulesets has, and no metadata, which needs Enterprise", () => {
    expect(rulesetFor("feat/*").rules).toEqual({ creation: true });
  });

  it("takes a pattern that isn't a whole folder as it is", () => {
    expect(rulesetFor("release-*", "hotfix/**/*").conditions).toEqual({
      ref_name: {
        include: ["~ALL"],
        exclude: ["refs/heads/main", "refs/heads/release-*", "refs/heads/hotfix/**/*"],
      },
    });
  });
});
