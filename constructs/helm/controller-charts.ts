import type { Controller, Entrance } from "../../declaration/clusters";

/** A chart in somebody's chart repository, at one version. */
export interface ControllerChart {
  readonly repository: string;
  readonly chart: string;
  readonly version: string;
  readonly values: object;
}

/** What pod security "restricted" asks of a container. https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted */
const RESTRICTED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
} as const;

/**
 * The Gateway API plugin of Argo Rollouts, which each controller pod downloads when it starts; another file than that with the checksum, and the
 * controller doesn't start (`checkShaOfPlugin` in utils/plugin/downloader.go of Argo Rollouts). The project publishes no list of checksums: this one is
 * what others pin and print for the file of the release, and was not compared with the file itself. Compare it before you trust it:
 * `curl -sL <location> | sha256sum`.
 */
const GATEWAY_PLUGIN = {
  name: "argoproj-labs/gatewayAPI",
  location:
    "https://github.com/argoproj-labs/rollouts-plugin-trafficrouter-gatewayapi/releases/download/v0.17.0/gatewayapi-plugin-linux-amd64",
  sha256: "1904ca787d33107c140521899d61fff030ee75d99908bd175fca5a4647759061",
} as const;

/** The chart of a controller, with values that suit a namespace with pod security "restricted". */
export function controllerChart(controller: Controller, entrance: Entrance["kind"]): ControllerChart {
  return controller === "argo-rollouts" ? argoRollouts(entrance) : sealedSecrets();
}

/** Chart 2.41.0 installs Argo Rollouts 1.9.0. Its values: https://github.com/argoproj/argo-helm/tree/main/charts/argo-rollouts */
function argoRollouts(entrance: Entrance["kind"]): ControllerChart {
  const gateway = entrance === "gateway-api";
  return {
    repository: "https://argoproj.github.io/argo-helm",
    chart: "argo-rollouts",
    version: "2.41.0",
    values: {
      // Rollouts outlive the controller: with their definition gone, all of them would be deleted.
      installCRDs: true,
      keepCRDs: true,
      clusterInstall: true,
      controller: {
        // One leads, the other takes over: a rollback must not wait for a pod to be scheduled.
        replicas: 2,
        pdb: { enabled: true, minAvailable: 1 },
        resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "512Mi" } },
        topologySpreadConstraints: [
          { maxSkew: 1, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway" },
        ],
        metrics: { enabled: true },
        ...(gateway && {
          trafficRouterPlugins: [GATEWAY_PLUGIN],
          nodeSelector: { "kubernetes.io/arch": "amd64", "kubernetes.io/os": "linux" },
        }),
      },
      podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      containerSecurityContext: RESTRICTED,
      // Whom it may give orders to: what isn't here can't have its routes changed.
      providerRBAC: {
        enabled: true,
        providers: {
          ambassador: false,
          apisix: false,
          awsAppMesh: false,
          awsLoadBalancerController: false,
          contour: false,
          gatewayAPI: gateway,
          glooPlatform: false,
          istio: false,
          smi: false,
          traefik: false,
        },
      },
      // It has no login.
      dashboard: { enabled: false },
    },
  };
}

/** Chart 2.18.5 installs Sealed Secrets 0.36.6. Its values: https://github.com/bitnami-labs/sealed-secrets/tree/main/helm/sealed-secrets */
function sealedSecrets(): ControllerChart {
  return {
    repository: "https://bitnami-labs.github.io/sealed-secrets",
    chart: "sealed-secrets",
    version: "2.18.5",
    values: {
      // The name that kubeseal looks for without being told.
      fullnameOverride: "sealed-secrets-controller",
      // A new sealing key every 30 days; older ones still open what they sealed. Renewal is no rotation of the secrets themselves:
      // https://github.com/bitnami-labs/sealed-secrets#secret-rotation
      keyrenewperiod: "720h",
      updateStatus: true,
      skipRecreate: false,
      resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } },
      podSecurityContext: { enabled: true, fsGroup: 65534, seccompProfile: { type: "RuntimeDefault" } },
      containerSecurityContext: { enabled: true, runAsUser: 1001, ...RESTRICTED },
    },
  };
}
