import { imageRepository, KUBERNETES, workloadName } from "../../declaration/cluster-names";
import { knownCluster } from "../../declaration/known-cluster";
import type { Organization } from "../../declaration/organization";
import { ownerTeam } from "../../declaration/owner-team";
import type { Service } from "../../declaration/service";
import { analysisValues } from "./analysis-values";
import { containerValues, resourceAttributes } from "./container-values";
import { entranceValues } from "./entrance-values";
import type { ServiceValues } from "./service-values";
import { verificationValues } from "./verification-values";

export interface StageValuesProps {
  readonly service: Service;
  readonly stage: string;
  readonly organization: Organization;
}

/**
 * Values of the chart for a service in a stage: what the declaration says, and nothing else.
 *
 * @throws Error if the stage or its cluster is not declared, or a canary can't be judged
 */
export function stageValues({ service, stage, organization }: StageValuesProps): Omit<ServiceValues, "chartHash"> {
  const stages = service.cluster?.stages ?? {};
  const declared = Object.hasOwn(stages, stage) ? stages[stage] : undefined;
  if (service.cluster === undefined || declared === undefined)
    throw new Error(
      `service "${service.name}" has no stage "${stage}" in a cluster\nexpected one of: ${Object.keys(stages).join(", ") || "none"}\ndeclare cluster.stages.${stage}`,
    );
  const cluster = knownCluster(organization, declared.cluster);
  const { canary, replicas, workload, variables } = declared;
  const { pullSecret } = service.cluster.image;
  const analysis = analysisValues({ service, stage, organization, cluster, declared });
  const verification = verificationValues(service, organization, cluster);
  return {
    name: workloadName(service),
    stage,
    labels: {},
    annotations: { [KUBERNETES.owner]: ownerTeam(service) },
    workload,
    image: {
      repository: imageRepository(service, organization),
      digest: service.cluster.image.digest,
      ...(pullSecret !== undefined && { pullSecret }),
    },
    container: containerValues({
      service,
      container: service.cluster.container,
      variables,
      resourceAttributes: resourceAttributes(service, stage, organization),
    }),
    serviceAccount: workloadName(service),
    replicas,
    entrance: entranceValues(cluster.entrance, declared.host),
    ...(canary && { canary: { steps: canary.steps, observeSeconds: canary.observeSeconds } }),
    ...(analysis && { analysis }),
    ...(verification && { verification }),
  };
}
