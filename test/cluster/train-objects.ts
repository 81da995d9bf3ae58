import { deployerRules } from "../../constructs/kubernetes/deployer-role";

/** The service account that the train is, with its role. */
export function deployer(namespace: string, workload: "rollout" | "deployment"): readonly object[] {
  const metadata = { name: "deployer", namespace };
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "Role",
      metadata,
      rules: deployerRules(workload),
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "deployer" },
      subjects: [{ kind: "ServiceAccount", name: "deployer", namespace }],
    },
  ];
}

/** What the chart makes, as far as the train sees it. */
export function objects(
  namespace: string,
  metrics: string,
  workload: "rollout" | "deployment",
  first: string,
): readonly object[] {
  const metadata = (name: string) => ({ name, namespace });
  const labels = { app: "summit" };
  const service = (name: string) => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: metadata(name),
    spec: { selector: labels, ports: [{ port: 80 }] },
  });
  const template = {
    metadata: { labels, annotations: { "gatehouse.dev/commit": "unknown" } },
    spec: { containers: [{ name: "summit", image: first }] },
  };
  const spec = { replicas: 2, selector: { matchLabels: labels }, template };
  if (workload === "deployment") {
    const soon = { ...spec, progressDeadlineSeconds: 3 };
    return [{ apiVersion: "apps/v1", kind: "Deployment", metadata: metadata("summit"), spec: soon }];
  }
  const pause = { pause: { duration: "3s" } };
  const step = { analysis: { templates: [{ templateName: "summit-step" }] } };
  return [
    service("summit"),
    service("summit-canary"),
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: metadata("summit"),
      spec: {
        ingressClassName: "nginx",
        rules: [
          {
            host: "summit.example",
            http: {
              paths: [
                { path: "/", pathType: "Prefix", backend: { service: { name: "summit", port: { number: 80 } } } },
              ],
            },
          },
        ],
      },
    },
    analysis(namespace, "summit-gate", metrics),
    analysis(namespace, "summit-step", metrics),
    {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Rollout",
      metadata: metadata("summit"),
      spec: {
        ...spec,
        progressDeadlineSeconds: 600,
        strategy: {
          canary: {
            stableService: "summit",
            canaryService: "summit-canary",
            trafficRouting: { nginx: { stableIngress: "summit" } },
            steps: [{ setWeight: 25 }, pause, step, { setWeight: 50 }, pause, step],
          },
        },
      },
    },
  ];
}

/** Well below 0.05, bad from there on; NaN is neither. */
function analysis(namespace: string, name: string, address: string): object {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AnalysisTemplate",
    metadata: { name, namespace },
    spec: {
      metrics: [
        {
          name: "availability",
          successCondition: "len(result) > 0 && result[0] < 0.05",
          failureCondition: "len(result) > 0 && result[0] >= 0.05",
          failureLimit: 0,
          inconclusiveLimit: 0,
          consecutiveErrorLimit: 0,
          provider: { prometheus: { address, query: `${namespace}/${name}` } },
        },
      ],
    },
  };
}
