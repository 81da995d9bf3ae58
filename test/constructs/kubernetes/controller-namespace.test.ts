import { ControllerNamespace } from "../../../constructs/kubernetes/controller-namespace";
import { resourceOf, synthesized } from "../synthesized";

describe("ControllerNamespace", () => {
  const build: Parameters<typeof synthesized>[0] = (stack) =>
    void new ControllerNamespace(stack, "namespace", {
      name: "sealed-secrets",
      ownerTeam: "platform",
      podSecurity: "baseline",
      kubernetesVersion: "1.33",
    });

  it("enforces the standard that the controller meets, and can't be destroyed by a plan: keys go with it", () => {
    const { metadata, lifecycle } = resourceOf(build, "kubernetes_namespace_v1");
    expect(metadata).toEqual({
      name: "sealed-secrets",
      annotations: { "gatehouse.dev/owner": "platform" },
      labels: expect.objectContaining({
        "gatehouse.dev/kind": "controller",
        "pod-security.kubernetes.io/enforce": "baseline",
        "pod-security.kubernetes.io/warn-version": "v1.33",
      }),
    });
    expect(lifecycle).toEqual({ prevent_destroy: true });
  });

  it("is all there is: what is in it comes with the controller's chart", () => {
    expect(Object.keys(synthesized(build).resource)).toEqual(["kubernetes_namespace_v1"]);
  });
});
