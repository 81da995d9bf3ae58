import { grafanaProvider } from "../../../constructs/grafana/provider";
import { synthesized } from "../synthesized";

describe("the Grafana provider", () => {
  const stack = synthesized((scope) => {
    grafanaProvider(scope);
    grafanaProvider(scope);
  });

  it("is in a stack once, however often it is asked for", () => {
    expect(stack.provider.grafana).toHaveLength(1);
  });

  it("has nothing configured, so no credential can be in the synthesized stack", () => {
    expect(stack.provider.grafana?.[0]).toEqual({});
  });

  it("is required in exactly the version its resources were typed from", () => {
    expect(stack.terraform.required_providers.grafana).toEqual({ source: "grafana/grafana", version: "4.21.0" });
  });
});
