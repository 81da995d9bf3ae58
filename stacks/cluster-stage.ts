import type { TerraformStack } from "cdktf";
import { CanaryRelease } from "../constructs/helm/canary-release";
import type { LocalChart } from "../constructs/helm/local-chart";
import { helmProvider } from "../constructs/helm/provider";
import { stageValues } from "../constructs/helm/stage-values";
import { FlagsConfigMap } from "../constructs/kubernetes/flags-config-map";
import { kubernetesProvider } from "../constructs/kubernetes/provider";
import { ServiceNamespace } from "../constructs/kubernetes/service-namespace";
import { workloadName } from "../declaration/cluster-names";
import { flagsConfigMap, stageFlags } from "../declaration/flag-document";
import { knownCluster } from "../declaration/known-cluster";
import type { Organization } from "../declaration/organization";
import { ownerTeam } from "../declaration/owner-team";
import type { Service } from "../declaration/service";
import { openings } from "./openings";

export interface ClusterStageProps {
  readonly service: Service;
  readonly stage: string;
  readonly organization: Organization;
  readonly chart: LocalChart;
}

/** What a service has of Kubernetes in one stage: its namespace, and the release of the chart in it. */
export class ClusterStage {
  /** @throws Error if the stage or its cluster is not declared */
  constructor(stack: TerraformStack, { service, stage, organization, chart }: ClusterStageProps) {
    const { cluster } = service;
    const declared = cluster?.stages[stage];
    if (cluster === undefined || declared === undefined)
      throw new Error(
        `service "${service.name}" has no stage "${stage}" in a cluster; declare cluster.stages.${stage}`,
      );
    const home = knownCluster(organization, declared.cluster);
    const { container, train } = cluster;
    kubernetesProvider(stack, home.context);
    helmProvider(stack, home.context);
    const namespace = new ServiceNamespace(stack, "namespace", {
      name: declared.namespace,
      service: service.name,
      stage,
      ownerTeam: ownerTeam(service),
      kubernetesVersion: home.version,
      quota: declared.quota,
      ...openings(home, container),
      egress: declared.egress,
      workload: declared.workload,
      deployer: train !== undefined && [train.rehearsal, train.stage].includes(stage),
    });
    const document = stageFlags(service, stage);
    const flags =
      document === undefined
        ? []
        : [new FlagsConfigMap(stack, "flags", { ...namespace.within, name: flagsConfigMap(service), document }).map];
    new CanaryRelease(stack, "release", {
      name: workloadName(service),
      namespace: namespace.namespaceName,
      chart,
      values: stageValues({ service, stage, organization }),
      dependsOn: [...namespace.beforePods, ...flags],
    });
  }
}
