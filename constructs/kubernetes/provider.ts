import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";

const PROVIDER_ID = "kubernetes";

/**
 * The Kubernetes provider of the stack that `scope` is in; the first call adds it.
 *
 * Only the context is configured. The kubeconfig file that has it, and with it all credentials, is the `KUBE_CONFIG_PATH` of whoever runs
 * Terraform, so no credential is ever an input of synthesis. The context is not left to the environment: one kubeconfig often has
 * several, and a stack must never land in another cluster than its own.
 *
 * @param context of the kubeconfig, see `KubernetesCluster.context`
 * @throws Error when the stack is of another cluster already
 */
export function kubernetesProvider(scope: Construct, context: string): KubernetesProvider {
  const stack = TerraformStack.of(scope);
  const existing = stack.node.tryFindChild(PROVIDER_ID);
  if (!(existing instanceof KubernetesProvider))
    return new KubernetesProvider(stack, PROVIDER_ID, { configContext: context });
  if (existing.configContext === context) return existing;
  throw new Error(
    `stack "${stack.node.id}" is of the context "${existing.configContext}", came "${context}"; give each cluster a stack of its own`,
  );
}
