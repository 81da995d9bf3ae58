import { imageRepository, KUBERNETES, PREVIEW_STAGE, previewHost, workloadName } from "../../declaration/cluster-names";
import { DELIVERY, deliveryTraceId, repositoryName } from "../../declaration/delivery-trace";
import { knownCluster } from "../../declaration/known-cluster";
import type { Organization } from "../../declaration/organization";
import { ownerTeam } from "../../declaration/owner-team";
import type { Service } from "../../declaration/service";
import { containerValues, resourceAttributes } from "./container-values";
import { entranceValues } from "./entrance-values";
import type { ServiceValues } from "./service-values";

export interface PreviewValuesProps {
  readonly service: Service;
  readonly organization: Organization;
  /** Its number. */
  readonly pullRequest: number;
  /** Digest of what it runs: `sha256:…` @default - what stages are installed with */
  readonly image?: string | undefined;
  /** It has no pods. @default false */
  readonly asleep?: boolean | undefined;
}

/**
 * Values of the chart for a preview of a pull request: one pod of exactly this image, without a canary; nobody judges it. No signature is asked for:
 * the release train signs what is on `main`, and a pull request is not. For the same reason it gets no Secret of a stage.
 *
 * @throws Error if the service declares no previews, or their cluster is not declared
 */
export function previewValues(props: PreviewValuesProps): Omit<ServiceValues, "chartHash"> {
  const { service, organization, pullRequest, asleep = false } = props;
  const previews = service.cluster?.previews;
  if (service.cluster === undefined || previews === undefined)
    throw new Error(`service "${service.name}" has no previews\nexpected cluster.previews\ndeclare them`);
  const cluster = knownCluster(organization, previews.cluster);
  const { container, image } = service.cluster;
  const { secret: _secret, ...withoutSecret } = container;
  return {
    name: workloadName(service),
    stage: PREVIEW_STAGE,
    labels: { [KUBERNETES.pullRequest]: String(pullRequest) },
    annotations: { [KUBERNETES.owner]: ownerTeam(service) },
    workload: "deployment",
    image: { repository: imageRepository(service, organization), digest: props.image ?? image.digest, pinned: true },
    container: containerValues({
      service,
      container: withoutSecret,
      variables: previews.variables,
      resourceAttributes: {
        ...resourceAttributes(service, PREVIEW_STAGE, organization),
        [DELIVERY.change]: String(pullRequest),
        [DELIVERY.traceId]: deliveryTraceId(repositoryName(service, organization), { pullRequest }),
      },
    }),
    serviceAccount: workloadName(service),
    replicas: { least: asleep ? 0 : 1, most: 1, cpuPercent: 100 },
    entrance: entranceValues(cluster.entrance, previewHost(previews, pullRequest)),
    ...(previews.seed && {
      seed: { command: previews.seed.command, deadlineSeconds: previews.seed.withinMinutes * 60 },
    }),
  };
}
