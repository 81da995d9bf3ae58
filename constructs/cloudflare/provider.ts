import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";

const PROVIDER_ID = "cloudflare";

/**
 * The Cloudflare provider of the stack that `scope` is in; the first call adds it.
 *
 * Nothing is configured here: the plugin takes `CLOUDFLARE_API_TOKEN` and `CLOUDFLARE_BASE_URL` from the environment of
 * whoever runs Terraform, so no credential is ever an input of synthesis. The version that is required is the one the
 * binding was generated from, exactly: a stack's directory is made anew at every synthesis and no lock file outlives it.
 */
export function cloudflareProvider(scope: Construct): CloudflareProvider {
  const stack = TerraformStack.of(scope);
  const existing = stack.node.tryFindChild(PROVIDER_ID);
  return existing instanceof CloudflareProvider ? existing : new CloudflareProvider(stack, PROVIDER_ID);
}
