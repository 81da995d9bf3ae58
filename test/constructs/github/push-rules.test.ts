import { PushRules, type PushRulesProps } from "../../../constructs/github/push-rules";
import { resourceOf } from "../synthesized";

function rulesetWith(props: Omit<PushRulesProps, "repository">) {
  return resourceOf(
    (stack) => void new PushRules(stack, "push-rules", { repository: "pos", ...props }),
    "github_repository_ruleset",
  );
}

describe("PushRules", () => {
  it("refuse large files and extensions on every branch", () => {
    expect(rulesetWith({ maxFileMegabytes: 5, refusedExtensions: ["*.jar", "*.exe"] })).toEqual({
      repository: "pos",
      name: "push-rules",
      target: "push",
      enforcement: "active",
      rules: {
        max_file_size: { max_file_size: 5 },
        file_extension_restriction: { restricted_file_extensions: ["*.exe", "*.jar"] },
      },
    });
  });

  it("have only the rules that are declared", () => {
    expect(rulesetWith({ maxFileMegabytes: 5, refusedExtensions: [] }).rules).toEqual({
      max_file_size: { max_file_size: 5 },
    });
    expect(rulesetWith({ refusedExtensions: ["*.jar"] }).rules).toEqual({
      file_extension_restriction: { restricted_file_extensions: ["*.jar"] },
    });
  });

  it("can't refuse nothing", () => {
    expect(() => rulesetWith({ refusedExtensions: [] })).toThrow(
      'push rules of repository "pos" refuse nothing; give maxFileMegabytes or refusedExtensions, or leave the push rules out',
    );
  });
});
