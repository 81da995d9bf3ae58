import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";

const PROVIDER_ID = "helm";

/**
 * The Helm provider of the stack that `scope` is in; the first call adds it.
 *
 * Only the context is configured. The kubeconfig file that has it, and with it all credentials, is the `KUBE_CONFIG_PATH` of whoever runs
 * Terraform, so no credential is ever an input of synthesis. The context is not left to the environment: one kubeconfig often has several, and a
 * release must never land in another cluster than its own. Nothing experimental is on: `experiments.manifest` renders at plan time, and is at odds
 * with what the Rollouts controller writes ("inconsistent result after apply").
 *
 * @param context of the kubeconfig, see `KubernetesCluster.context`
 * @throws Error when the stack is of another cluster already
 */
export function helmProvider(scope: Construct, context: string): HelmProvider {
  const stack = TerraformStack.of(scope);
  const existing = stack.node.tryFindChild(PROVIDER_ID);
  if (!(existing instanceof HelmProvider))
    return new HelmProvider(stack, PROVIDER_ID, { kubernetes: { configContext: context } });
  const own = existing.kubernetes?.configContext;
  if (own === context) return existing;
  throw new Error(
    `stack "${stack.node.id}" is of the context "${own}", came "${context}"; give each cluster a stack of its own`,
  );
}
