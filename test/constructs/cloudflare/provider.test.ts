import { cloudflareProvider } from "../../../constructs/cloudflare/provider";
import { synthesized } from "../synthesized";

describe("the Cloudflare provider", () => {
  const stack = synthesized((scope) => {
    cloudflareProvider(scope);
    cloudflareProvider(scope);
  });

  it("is in a stack once, however often it is asked for", () => {
    expect(stack.provider.cloudflare).toHaveLength(1);
  });

  it("has nothing configured, so no credential can be in the synthesized stack", () => {
    expect(stack.provider.cloudflare?.[0]).toEqual({});
  });

  it("is required in exactly the version its binding was generated from", () => {
    expect(stack.terraform.required_providers.cloudflare).toEqual({
      source: "cloudflare/cloudflare",
      version: "5.14.0",
    });
  });
});
