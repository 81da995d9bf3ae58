import { z } from "zod";
import { ClusterSecrets } from "./cluster-secrets";
import { Container } from "./container";
import { Previews } from "./previews";
import { Signing, Train } from "./release-train";
import { dnsLabel, entryKey, hostname, literals, matching, repositoryPath, wanted, wholeNumber } from "./values";
import { Variables } from "./variables";

/** `sha256:` and 64 hexadecimal digits: the same bytes for ever, as no tag promises. */
export const digest = matching(
  /^sha256:[0-9a-f]{64}$/,
  "a digest: sha256: and 64 hexadecimal digits",
  "write the digest in place of a tag, which anyone may move: docker buildx imagetools inspect <image>:<tag>",
  "https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests",
);

const cpu = (what: string) =>
  wholeNumber({
    what: `thousandths of a CPU (${what})`,
    from: 1,
    to: 1_000_000,
    remedy: "write e.g. 500 for half a CPU",
  });
const memory = (what: string) =>
  wholeNumber({ what: `mebibytes (${what})`, from: 1, to: 10_000_000, remedy: "write e.g. 512" });

/** What all pods of a namespace may ask for together. */
export const Quota = z.strictObject({
  /** Sum of the requests. Thousandths of a CPU. */
  cpuMillis: cpu("all pods of the namespace together"),
  /** Sum of the requests, and of the limits. Mebibytes. */
  memoryMebibytes: memory("all pods of the namespace together"),
  pods: wholeNumber({ what: "pods", from: 1, to: 10_000, remedy: "write how many pods may run at once" }),
});
export type Quota = z.infer<typeof Quota>;

/** How a new version gets its share of the traffic. */
export const Canary = z.strictObject({
  /** Percentages of the traffic that the new version gets, one after another; the last is 100. */
  steps: z
    .array(wholeNumber({ what: "percent", from: 1, to: 100, remedy: "write percentages such as [5, 25, 50, 100]" }))
    .min(1, { error: wanted("at least one step", "write [5, 25, 50, 100]") })
    .readonly(),
  /** How long each step but the last is watched before its verdict. Seconds. */
  observeSeconds: wholeNumber({
    what: "seconds",
    from: 30,
    to: 21_600,
    remedy: "write how long it takes until a bad version shows; 300 is usual",
  }),
  /**
   * Label of the service's series that holds the hash of the pod's template (`rollouts-pod-template-hash`), by which versions are told apart;
   * the scrape configuration makes it of the pod's label.
   */
  versionLabel: matching(/^[A-Za-z_]\w{0,99}$/, "the name of a label", "write the label as Prometheus has it"),
});
export type Canary = z.infer<typeof Canary>;

/** Where pods may connect to, besides the cluster's DNS. */
export const Egress = z.strictObject({
  /** Block of addresses. */
  cidr: matching(
    /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\/(?:[12]?\d|3[0-2])$|^[0-9a-f:]{2,39}\/(?:\d{1,2}|1[01]\d|12[0-8])$/,
    'a block of addresses such as "10.0.0.0/8" or "fd00::/8"',
    "write address and length of the prefix",
  ),
  /** TCP. */
  ports: z
    .array(wholeNumber({ what: "ports", from: 1, to: 65_535, remedy: "write the number of the port" }))
    .min(1, { error: wanted("at least one port", "name the ports, such as [443]") })
    .readonly(),
});
export type Egress = z.infer<typeof Egress>;

/** A stage of the service in a cluster: a namespace of its own, and one release of the chart in it. */
export const ClusterStage = z.strictObject({
  /** Key of the organization's `clusters`. */
  cluster: entryKey,
  /** Its namespace. It holds what the service keeps in the cluster: never renamed. */
  namespace: dnsLabel("the namespace"),
  /** Where the stage answers. */
  host: hostname,
  /** `rollout` is stepped and watched by Argo Rollouts; `deployment` needs no controller, and has no canary. */
  workload: literals(["rollout", "deployment"], "the kind of the workload"),
  /** Pods: as many as `least`, and up to `most` while they use more than `cpuPercent` of the CPU that they ask for. */
  replicas: z.strictObject({
    least: wholeNumber({ what: "pods", from: 1, to: 1000, remedy: "write 2 or more for what must not go down" }),
    most: wholeNumber({ what: "pods", from: 1, to: 1000, remedy: "write at least as many as least" }),
    /** Percent. */
    cpuPercent: wholeNumber({ what: "percent", from: 10, to: 100, remedy: "70 is usual" }),
  }),
  quota: Quota,
  /** @default - a new version gets all the traffic at once */
  canary: Canary.optional(),
  /** @default - none */
  variables: Variables.optional(),
  /** @default - pods reach the cluster's DNS, and nothing else */
  egress: z.array(Egress).min(1).readonly().optional(),
});
export type ClusterStage = z.infer<typeof ClusterStage>;

/** How the service runs in Kubernetes. */
export const Cluster = z.strictObject({
  image: z.strictObject({
    /** @default - `ghcr.io/<organization>/<service>`, in lower case */
    repository: matching(
      /^(?=.{3,200}$)(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?)(?:\/[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*)+$/,
      'an image without tag and digest, such as "ghcr.io/openclaw/summit"',
      "write registry and path in lower case; the digest has a property of its own",
      "https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests",
    ).optional(),
    /** What a stage is installed with when nothing of the service runs there yet, and previews without an image of their own. */
    digest,
    /**
     * Secret of type `kubernetes.io/dockerconfigjson` in each stage's namespace, by which nodes pull the image. It must be there; Gatehouse doesn't make
     * it. Previews have none. @default - nodes may pull the image by themselves
     */
    pullSecret: dnsLabel("the Secret's name").optional(),
    /** Dockerfile in the repository. */
    dockerfile: repositoryPath("the Dockerfile"),
  }),
  signing: Signing,
  container: Container,
  /** What is sealed for the cluster of each stage, as keys of the Secret of `container.secret`. @default - nothing: that Secret is made by others */
  secrets: ClusterSecrets.optional(),
  stages: z.record(entryKey, ClusterStage),
  /** A preview for each pull request. @default - none */
  previews: Previews.optional(),
  /** How a commit of `main` gets into the stages. @default - Gatehouse writes no release workflow */
  train: Train.optional(),
});
export type Cluster = z.infer<typeof Cluster>;
