import type { Organization } from "./organization";
import type { Previews } from "./previews";
import type { Service } from "./service";

/** Labels and annotations by which Gatehouse finds again in a cluster what it made. */
export const KUBERNETES = {
  /** Label: the service. */
  service: "gatehouse.dev/service",
  /** Label: the stage, or `preview`. */
  stage: "gatehouse.dev/stage",
  /** Label of namespaces: what they are for, see `NAMESPACE_KIND`. */
  kind: "gatehouse.dev/kind",
  /** Label of a preview's namespace: the number of its pull request. */
  pullRequest: "gatehouse.dev/pull-request",
  /** Annotation: team that answers for it. */
  owner: "gatehouse.dev/owner",
  /** Annotations of a preview's namespace: times, ISO 8601 in UTC. */
  createdAt: "gatehouse.dev/created-at",
  expiresAt: "gatehouse.dev/expires-at",
  /** When it was last deployed or woken. */
  usedAt: "gatehouse.dev/used-at",
  /** Seconds from the beginning of its first deployment until it was healthy. */
  readySeconds: "gatehouse.dev/ready-seconds",
  /** Where it answers. */
  url: "gatehouse.dev/url",
  /** Annotation of a Rollout: the digest that was last promoted to the end. */
  knownGood: "gatehouse.dev/known-good",
  /** Annotation of a Rollout's pods: the commit that the image was built from. */
  commit: "gatehouse.dev/commit",
  /** Annotation of pods: resource attributes of the release that brought their version, as `OTEL_RESOURCE_ATTRIBUTES` has them. */
  release: "gatehouse.dev/release",
  /** Beginning of an annotation of a SealedSecret; the name of a key follows, and it says how that was sealed. */
  sealedKey: "sealed.gatehouse.dev/",
} as const;

/** The label that says which tool keeps an object. https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export const MANAGED_BY = { label: "app.kubernetes.io/managed-by", value: "gatehouse" } as const;

export const NAMESPACE_KIND = { stage: "stage", preview: "preview", controller: "controller" } as const;

/** Service account in a namespace that the release train deploys as. */
export const DEPLOYER = "deployer";

/** The stage that a preview is, in labels and resource attributes. */
export const PREVIEW_STAGE = "preview";

/** A service's one release of the chart in a namespace, its Rollout or Deployment, its container and its stable Service are all named so. */
export function workloadName({ name }: Pick<Service, "name">): string {
  return name;
}

/** The AnalysisTemplate that judges a whole stage before anything is deployed to it. */
export function gateTemplate({ name }: Pick<Service, "name">): string {
  return `${name}-gate`;
}

/** The AnalysisTemplate that watches a canary all the time: it only ever stops it. */
export function watchTemplate({ name }: Pick<Service, "name">): string {
  return `${name}-watch`;
}

/** The AnalysisTemplate that each step of a canary must pass. */
export function stepTemplate({ name }: Pick<Service, "name">): string {
  return `${name}-step`;
}

/** The image without tag and digest. */
export function imageRepository(
  { name, cluster }: Pick<Service, "name" | "cluster">,
  { github }: Pick<Organization, "github">,
): string {
  return cluster?.image.repository ?? `ghcr.io/${github.login}/${name}`.toLowerCase();
}

export function previewNamespace({ namespacePrefix }: Pick<Previews, "namespacePrefix">, pullRequest: number): string {
  return `${namespacePrefix}${pullRequest}`;
}

export function previewHost(previews: Pick<Previews, "namespacePrefix" | "domain">, pullRequest: number): string {
  return `${previewNamespace(previews, pullRequest)}.${previews.domain}`;
}

/** The stack of a cluster: its controllers. */
export function clusterStackName(cluster: string): string {
  return `cluster-${cluster}`;
}

/** The stack of one preview. It is synthesized when the preview is made or removed, never with the fleet. */
export function previewStackName(service: string, pullRequest: number): string {
  return `${service}-preview-${pullRequest}`;
}
