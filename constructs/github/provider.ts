import { GithubProvider } from "@cdktf/provider-github/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";

const PROVIDER_ID = "github";

/**
 * The GitHub provider of the stack that `scope` is in; the first call adds it.
 *
 * Nothing is configured here: the plugin takes `GITHUB_TOKEN` (or its App variables), `GITHUB_OWNER` and `GITHUB_BASE_URL`
 * from the environment of whoever runs Terraform, so no credential is ever an input of synthesis. The version that is
 * required is the one the binding was generated from, exactly: a stack's directory is made anew at every synthesis and
 * no lock file outlives it.
 */
export function githubProvider(scope: Construct): GithubProvider {
  const stack = TerraformStack.of(scope);
  const existing = stack.node.tryFindChild(PROVIDER_ID);
  return existing instanceof GithubProvider ? existing : new GithubProvider(stack, PROVIDER_ID);
}
