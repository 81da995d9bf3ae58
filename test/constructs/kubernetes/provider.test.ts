import { kubernetesProvider } from "../../../constructs/kubernetes/provider";
import { synthesized } from "../synthesized";

describe("the Kubernetes provider", () => {
  const stack = synthesized((scope) => {
    kubernetesProvider(scope, "eu-1");
    kubernetesProvider(scope, "eu-1");
  });

  it("is in a stack once, however often it is asked for", () => {
    expect(stack.provider.kubernetes).toHaveLength(1);
  });

  it("has the context configured and nothing else, so no credential can be in the synthesized stack", () => {
    expect(stack.provider.kubernetes?.[0]).toEqual({ config_context: "eu-1" });
  });

  it("is required in exactly the version its binding was generated from", () => {
    expect(stack.terraform.required_providers.kubernetes).toEqual({
      source: "kubernetes",
      version: "2.38.0",
    });
  });

  it("is of one cluster: a second context in the same stack is refused", () => {
    const two = () =>
      synthesized((scope) => {
        kubernetesProvider(scope, "eu-1");
        kubernetesProvider(scope, "us-1");
      });
    expect(two).toThrow('stack "stack" is of the context "eu-1", came "us-1"; give each cluster a stack of its own');
  });
});
