/** What the pods of a namespace may be. https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurityLevel = "restricted" | "baseline";

const MODES = ["enforce", "audit", "warn"] as const;

/**
 * The labels by which the API server refuses pods that break a standard.
 *
 * All six, always: Terraform doesn't see labels of `*.kubernetes.io` that nobody configured (hashicorp/terraform-provider-kubernetes
 * v2.38.0, `kubernetes/structures.go`, isInternalKey), so whoever set one of them to something weaker would never be noticed. The version is
 * pinned: an upgrade of the cluster doesn't change what is refused; a change here does.
 *
 * @param version minor version of Kubernetes, such as "1.33"
 */
export function podSecurityLabels(level: PodSecurityLevel, version: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    MODES.flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, level],
      [`pod-security.kubernetes.io/${mode}-version`, `v${version}`],
    ]),
  );
}
