import type { TerraformStack } from "cdktf";
import type { PreviewNamespaceProps } from "../../constructs/kubernetes/preview-namespace";
import { ServiceNamespace } from "../../constructs/kubernetes/service-namespace";

export const IMAGE = `registry.example/summit@sha256:${"0".repeat(64)}`;

const entrance = { from: "gateway-system", port: 8080 };

/** A preview of pull request 42, with room for two pods. */
export function preview(changes: Partial<PreviewNamespaceProps> = {}): PreviewNamespaceProps {
  return {
    name: "pr-42",
    service: "summit",
    pullRequest: 42,
    ownerTeam: "summit-maintainers",
    createdAt: "2026-01-01T00:00:00Z",
    expiresAt: "2026-01-04T00:00:00Z",
    url: "https://pr-42.preview.example.com",
    kubernetesVersion: "1.33",
    quota: { cpuMillis: 1000, memoryMebibytes: 1024, pods: 2 },
    entrance,
    ...changes,
  };
}

/** The stage `prod` of summit, with all that a stage can have. */
export function stage(stack: TerraformStack): void {
  new ServiceNamespace(stack, "namespace", {
    name: "summit-prod",
    service: "summit",
    stage: "prod",
    ownerTeam: "summit-maintainers",
    kubernetesVersion: "1.33",
    quota: { cpuMillis: 4000, memoryMebibytes: 4096, pods: 20 },
    entrance,
    scraping: { from: "monitoring", port: 9464 },
    egress: [{ cidr: "10.30.0.0/16", ports: [5432] }],
    workload: "rollout",
    deployer: true,
  });
}

/** A pod as the restricted standard wants it; it says nothing of what it needs. */
export function pod(name: string, namespace: string): object {
  const securityContext = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    runAsNonRoot: true,
    seccompProfile: { type: "RuntimeDefault" },
  };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace },
    spec: { containers: [{ name: "summit", image: IMAGE, securityContext }] },
  };
}

/** A Rollout that no controller looks at. */
export const rollout = {
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Rollout",
  metadata: { name: "summit", namespace: "summit-prod" },
  spec: {
    selector: { matchLabels: { app: "summit" } },
    template: { metadata: { labels: { app: "summit" } }, spec: { containers: [{ name: "summit", image: IMAGE }] } },
    strategy: { canary: {} },
  },
};
