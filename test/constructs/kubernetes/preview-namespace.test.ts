import { PreviewNamespace, type PreviewNamespaceProps } from "../../../constructs/kubernetes/preview-namespace";
import { resourceOf, resourcesOf, synthesized } from "../synthesized";

function adding(changes: Partial<PreviewNamespaceProps> = {}): Parameters<typeof synthesized>[0] {
  return (stack) =>
    void new PreviewNamespace(stack, "namespace", {
      name: "pr-42",
      service: "summit",
      pullRequest: 42,
      ownerTeam: "summit-maintainers",
      createdAt: "2026-01-01T00:00:00Z",
      expiresAt: "2026-01-04T00:00:00Z",
      url: "https://pr-42.preview.example.com/",
      kubernetesVersion: "1.33",
      quota: { cpuMillis: 1000, memoryMebibytes: 1024, pods: 4 },
      entrance: { from: "gateway-system", port: 8080 },
      ...changes,
    });
}

describe("PreviewNamespace", () => {
  it("says that it is a preview, of which pull request, whose, since when and until when", () => {
    expect(resourceOf(adding(), "kubernetes_namespace_v1").metadata).toEqual({
      name: "pr-42",
      labels: expect.objectContaining({
        "app.kubernetes.io/managed-by": "gatehouse",
        "gatehouse.dev/kind": "preview",
        "gatehouse.dev/pull-request": "42",
        "gatehouse.dev/service": "summit",
        "gatehouse.dev/stage": "preview",
        "pod-security.kubernetes.io/enforce": "restricted",
      }),
      annotations: {
        "gatehouse.dev/created-at": "2026-01-01T00:00:00Z",
        "gatehouse.dev/expires-at": "2026-01-04T00:00:00Z",
        "gatehouse.dev/owner": "summit-maintainers",
        "gatehouse.dev/url": "https://pr-42.preview.example.com/",
      },
    });
  });

  it("can be destroyed, and leaves alone when it was made and used, and how soon it was ready", () => {
    expect(resourceOf(adding(), "kubernetes_namespace_v1").lifecycle).toEqual({
      ignore_changes: [
        'metadata[0].annotations["gatehouse.dev/created-at"]',
        'metadata[0].annotations["gatehouse.dev/used-at"]',
        'metadata[0].annotations["gatehouse.dev/ready-seconds"]',
      ],
    });
  });

  it("is bounded as a stage is, by a quota of its own", () => {
    const { resource } = synthesized(adding());
    expect(Object.values(resource.kubernetes_network_policy_v1 ?? {})).toHaveLength(3);
    expect(resourceOf(adding(), "kubernetes_resource_quota_v1").spec).toMatchObject({
      hard: { "requests.cpu": "1", "requests.memory": "1Gi", pods: "4", "services.loadbalancers": "0" },
    });
  });

  it("has no deployer: nobody but the operations on previews works in it", () => {
    const { resource } = synthesized(adding());
    expect(resource).not.toHaveProperty("kubernetes_role_v1");
    expect(resourcesOf(adding(), "kubernetes_service_account_v1")).toHaveLength(1);
  });

  it.each([0, -1, 1.5, Number.NaN])("is of no pull request %d", (pullRequest) => {
    expect(() => synthesized(adding({ pullRequest }))).toThrow(
      `pull request ${pullRequest} can't be; give its number, from 1 on`,
    );
  });
});
