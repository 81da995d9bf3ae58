import type { Construct } from "constructs";
import { CanaryRelease } from "../constructs/helm/canary-release";
import { previewValues } from "../constructs/helm/preview-values";
import { helmProvider } from "../constructs/helm/provider";
import { FlagsConfigMap } from "../constructs/kubernetes/flags-config-map";
import { PreviewNamespace } from "../constructs/kubernetes/preview-namespace";
import { kubernetesProvider } from "../constructs/kubernetes/provider";
import { previewHost, previewNamespace, previewStackName, workloadName } from "../declaration/cluster-names";
import { flagsConfigMap, previewFlags } from "../declaration/flag-document";
import { knownCluster } from "../declaration/known-cluster";
import type { Organization } from "../declaration/organization";
import { ownerTeam } from "../declaration/owner-team";
import type { Service } from "../declaration/service";
import { chartOf, GatehouseStack, type RunProps } from "./gatehouse-stack";
import { openings } from "./openings";

export interface PreviewStackProps {
  readonly service: Service;
  readonly organization: Organization;
  /** Number of the pull request. */
  readonly pullRequest: number;
  /** Digest of what it runs: `sha256:…` */
  readonly digest: string;
  /** ISO 8601 in UTC. Counts at creation only. */
  readonly createdAt: string;
  /** ISO 8601 in UTC. */
  readonly expiresAt: string;
}

/** The preview of one pull request: its namespace, and a release of the chart in it. It is synthesized alone, never with the fleet. */
export class PreviewStack extends GatehouseStack {
  /** @throws Error when the service declares no previews, the organization not their cluster, or the run has no chart */
  constructor(scope: Construct, props: PreviewStackProps, run: RunProps) {
    const { service, organization, pullRequest, digest } = props;
    super(scope, previewStackName(service.name, pullRequest), organization.state, run);
    const { cluster } = service;
    if (cluster?.previews === undefined)
      throw new Error(`service "${service.name}" has no previews; declare cluster.previews`);
    const chart = chartOf(run, "a preview");
    const { previews, container } = cluster;
    const home = knownCluster(organization, previews.cluster);
    kubernetesProvider(this, home.context);
    helmProvider(this, home.context);
    const namespace = new PreviewNamespace(this, "namespace", {
      name: previewNamespace(previews, pullRequest),
      service: service.name,
      pullRequest,
      ownerTeam: ownerTeam(service),
      createdAt: props.createdAt,
      expiresAt: props.expiresAt,
      url: `https://${previewHost(previews, pullRequest)}/`,
      kubernetesVersion: home.version,
      quota: previews.quota,
      ...openings(home, container),
    });
    const document = previewFlags(service);
    const flags =
      document === undefined
        ? []
        : [new FlagsConfigMap(this, "flags", { ...namespace.within, name: flagsConfigMap(service), document }).map];
    new CanaryRelease(this, "release", {
      name: workloadName(service),
      namespace: namespace.namespaceName,
      chart,
      values: previewValues({ service, organization, pullRequest, image: digest }),
      dependsOn: [...namespace.beforePods, ...flags],
    });
  }
}
