import { z } from "zod";
import { dnsLabel, entryKey, literals, matching, slug, text, wanted } from "./values";

/** How requests reach the services of a cluster, and what divides them between two versions. */
export const Entrance = z.discriminatedUnion(
  "kind",
  [
    /** A Gateway that the cluster has; each service gets an HTTPRoute. */
    z.strictObject({
      kind: z.literal("gateway-api"),
      gateway: dnsLabel("the Gateway's name"),
      namespace: dnsLabel("the Gateway's namespace"),
      /** Namespaces of the pods that pass requests on: only from them a service takes any. */
      podsIn: dnsLabel("the namespace of the Gateway's pods"),
    }),
    /** Its maintenance ended in March 2026: https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/ */
    z.strictObject({
      kind: z.literal("ingress-nginx"),
      className: dnsLabel("the ingress class"),
      podsIn: dnsLabel("the namespace of the controller's pods"),
    }),
  ],
  { error: wanted('an entrance of kind "gateway-api" or "ingress-nginx"', "say how requests come in") },
);
export type Entrance = z.infer<typeof Entrance>;

/** The Prometheus-compatible API that a cluster's controllers ask about canaries. */
export const ClusterMetrics = z.strictObject({
  /** As it is reached from inside the cluster; without a login in it. */
  url: matching(
    /^https?:\/\/[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?(?::\d{1,5})?(?:\/[\w./-]{0,100})?$/,
    'a URL such as "http://prometheus.monitoring:9090"',
    "write scheme, host and port; a login belongs into a Secret that `authorization` names",
  ),
  /** Key of a Secret in each service's namespace that holds the value of the Authorization header. @default - none is sent */
  authorization: z
    .strictObject({ secret: dnsLabel("the Secret's name"), key: matching(/^[\w.-]{1,100}$/, "a key", "rename it") })
    .optional(),
  /** Namespace whose pods may scrape the services. */
  scrapedFrom: dnsLabel("the namespace that scrapes"),
});

export const CONTROLLERS = ["argo-rollouts", "sealed-secrets"] as const;
export type Controller = (typeof CONTROLLERS)[number];

/** A Kubernetes cluster. It exists; Gatehouse installs controllers and what services need. */
export const KubernetesCluster = z.strictObject({
  description: text("what the cluster is for"),
  /** Slug of the team that answers for the cluster and its controllers. */
  team: slug("a team's slug"),
  /** Context of the kubeconfig in `KUBE_CONFIG_PATH` by which it is reached. */
  context: matching(
    /^[\w.@:/-]{1,200}$/,
    "the name of a context",
    "copy it from kubectl config get-contexts; rename it there when it has spaces",
  ),
  /** Minor version of the API server. Pod security is enforced as of this version. */
  version: matching(
    /^1\.(?:2[89]|[3-9]\d)$/,
    'a minor version from "1.28" on, such as "1.33"',
    "write 1 and the minor",
  ),
  entrance: Entrance,
  /** @default - there are no canaries in the cluster: nobody could judge them */
  metrics: ClusterMetrics.optional(),
  /** Controllers that Gatehouse installs, each from a pinned chart. */
  controllers: z.array(literals(CONTROLLERS, "a controller")).readonly(),
  /**
   * Admission controller of the cluster that refuses images without a signature; each release brings its policy.
   * @default - images are verified by the release train before a deployment, and by nobody else
   */
  admission: literals(["kyverno"], "an admission controller").optional(),
});
export type KubernetesCluster = z.infer<typeof KubernetesCluster>;

/** Clusters by name; services refer to these. */
export const KubernetesClusters = z.record(entryKey, KubernetesCluster);
export type KubernetesClusters = z.infer<typeof KubernetesClusters>;
