import { parse } from "yaml";
import { ControllerRelease } from "../../../constructs/helm/controller-release";
import { CONTROLLERS, type Controller, type Entrance } from "../../../declaration/clusters";
import { resourceOf } from "../synthesized";

const release = (controller: Controller, entrance: Entrance["kind"] = "gateway-api") =>
  resourceOf((stack) => {
    new ControllerRelease(stack, controller, { controller, namespace: controller, entrance });
  }, "helm_release");

const values = (controller: Controller, entrance?: Entrance["kind"]) =>
  parse((release(controller, entrance).values as string[])[0] ?? "");

describe("a controller of a cluster", () => {
  it.each(CONTROLLERS)("%s comes from its own repository, at one version", (controller) => {
    const { repository, chart, version, name, namespace } = release(controller);
    expect(repository).toMatch(/^https:\/\//);
    expect({ chart, name, namespace }).toEqual({ chart: controller, name: controller, namespace: controller });
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it.each(CONTROLLERS)("%s is taken back when its release fails", (controller) => {
    expect(release(controller)).toMatchObject({ atomic: true, wait: true, cleanup_on_fail: true, max_history: 10 });
  });

  it.each(CONTROLLERS)(
    "%s has a container that pod security restricted takes, and bounds on its memory",
    (controller) => {
      const { containerSecurityContext, podSecurityContext, resources, controller: own } = values(controller);
      expect(containerSecurityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" },
      });
      expect(podSecurityContext.seccompProfile).toEqual({ type: "RuntimeDefault" });
      expect((resources ?? own.resources).limits.memory).toMatch(/^\d+Mi$/);
    },
  );

  it("Argo Rollouts has two pods, one of which is always there, and no dashboard", () => {
    const { controller, dashboard, keepCRDs } = values("argo-rollouts");
    expect(controller.replicas).toBe(2);
    expect(controller.pdb).toEqual({ enabled: true, minAvailable: 1 });
    expect(dashboard).toEqual({ enabled: false });
    expect(keepCRDs).toBe(true);
  });

  it("Argo Rollouts gets the plugin of the Gateway API, by its checksum, and the right to change routes", () => {
    const { controller, providerRBAC } = values("argo-rollouts", "gateway-api");
    expect(controller.trafficRouterPlugins).toEqual([
      {
        name: "argoproj-labs/gatewayAPI",
        location: expect.stringMatching(/\/releases\/download\/v\d+\.\d+\.\d+\/gatewayapi-plugin-linux-amd64$/),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
    expect(controller.nodeSelector).toEqual({ "kubernetes.io/arch": "amd64", "kubernetes.io/os": "linux" });
    expect(providerRBAC.providers.gatewayAPI).toBe(true);
  });

  it("Argo Rollouts downloads nothing for ingress-nginx, and may change no routes", () => {
    const { controller, providerRBAC } = values("argo-rollouts", "ingress-nginx");
    expect(controller).not.toHaveProperty("trafficRouterPlugins");
    expect(controller).not.toHaveProperty("nodeSelector");
    expect(Object.values(providerRBAC.providers)).not.toContain(true);
  });

  it("Sealed Secrets makes a new key each month, and is called what kubeseal looks for", () => {
    expect(values("sealed-secrets")).toMatchObject({
      keyrenewperiod: "720h",
      fullnameOverride: "sealed-secrets-controller",
    });
  });
});
