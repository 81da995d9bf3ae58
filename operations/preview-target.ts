import {
  imageRepository,
  previewHost,
  previewNamespace,
  previewStackName,
  workloadName,
} from "../declaration/cluster-names";
import type { KubernetesCluster } from "../declaration/clusters";
import type { Fleet } from "../declaration/fleet";
import { phaseNumber, reached } from "../declaration/phase";
import type { Previews } from "../declaration/previews";
import type { Service } from "../declaration/service";
import { declaredService } from "./declared-service";
import { Failure } from "./failure";

/** The previews that a service declares, and where they are. */
export interface DeclaredPreviews {
  readonly service: Service;
  readonly previews: Previews;
  /** Key of the organization's `clusters`. */
  readonly clusterName: string;
  readonly cluster: KubernetesCluster;
}

/** One preview, by its names: all of them follow from the declaration and the number. */
export interface PreviewTarget extends DeclaredPreviews {
  readonly pullRequest: number;
  readonly namespace: string;
  readonly host: string;
  readonly url: string;
  readonly stack: string;
  /** The Deployment. */
  readonly workload: string;
  /** Of its images. */
  readonly imageRepository: string;
}

/** The previews of all services that declare some, whatever phase they are in: one that is there must die on time. */
export function allDeclaredPreviews(fleet: Fleet): readonly DeclaredPreviews[] {
  return fleet.services.flatMap(({ service }) => {
    const previews = service.cluster?.previews;
    const cluster = previews && fleet.organization.clusters?.[previews.cluster];
    return previews && cluster ? [{ service, previews, clusterName: previews.cluster, cluster }] : [];
  });
}

/** @throws Failure when the service isn't declared, or has no previews */
export function declaredPreviews(fleet: Fleet, name: string): DeclaredPreviews {
  const service = declaredService(fleet, name);
  const declared = allDeclaredPreviews(fleet).find((one) => one.service === service);
  if (declared === undefined)
    throw new Failure(
      `service "${name}" declares no previews\nexpected cluster.previews in its declaration; see docs/how-to/previews.md`,
    );
  return declared;
}

/** @throws Failure when previews are off in the service's phase */
export function refuseTooEarly({ service }: DeclaredPreviews): void {
  if (reached(service, "previews")) return;
  throw new Failure(
    `service "${service.name}" is in phase ${service.phase}; previews are on from phase ${phaseNumber("previews")}\nset its phase to ${phaseNumber("previews")}, or see npx gatehouse phase ${service.name}`,
  );
}

export function previewTarget(fleet: Fleet, declared: DeclaredPreviews, pullRequest: number): PreviewTarget {
  const { service, previews } = declared;
  const host = previewHost(previews, pullRequest);
  return {
    ...declared,
    pullRequest,
    namespace: previewNamespace(previews, pullRequest),
    host,
    url: `https://${host}/`,
    stack: previewStackName(service.name, pullRequest),
    workload: workloadName(service),
    imageRepository: imageRepository(service, fleet.organization),
  };
}
