import { githubProvider } from "../../../constructs/github/provider";
import { synthesized } from "../synthesized";

describe("the GitHub provider", () => {
  const stack = synthesized((scope) => {
    githubProvider(scope);
    githubProvider(scope);
  });

  it("is in a stack once, however often it is asked for", () => {
    expect(stack.provider.github).toHaveLength(1);
  });

  it("has nothing configured, so no credential can be in the synthesized stack", () => {
    expect(stack.provider.github?.[0]).toEqual({});
  });

  it("is required in exactly the version its binding was generated from", () => {
    expect(stack.terraform.required_providers.github).toEqual({ source: "integrations/github", version: "6.9.0" });
  });
});
