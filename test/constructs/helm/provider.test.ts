import { helmProvider } from "../../../constructs/helm/provider";
import { synthesized } from "../synthesized";

describe("the Helm provider", () => {
  const stack = synthesized((scope) => {
    helmProvider(scope, "eu-1");
    helmProvider(scope, "eu-1");
  });

  it("is in a stack once, however often it is asked for", () => {
    expect(stack.provider.helm).toHaveLength(1);
  });

  it("is told its context and nothing else, so no credential can be in the synthesized stack", () => {
    expect(stack.provider.helm?.[0]).toEqual({ kubernetes: { config_context: "eu-1" } });
  });

  it("is required in exactly the version that the binding was generated from", () => {
    expect(stack.terraform.required_providers.helm).toEqual({ source: "helm", version: "3.1.1" });
  });

  it("is of one cluster", () => {
    expect(() =>
      synthesized((scope) => {
        helmProvider(scope, "eu-1");
        helmProvider(scope, "us-1");
      }),
    ).toThrow('stack "stack" is of the context "eu-1", came "us-1"; give each cluster a stack of its own');
  });
});
