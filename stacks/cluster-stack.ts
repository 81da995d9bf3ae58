import type { Construct } from "constructs";
import { ControllerRelease } from "../constructs/helm/controller-release";
import { helmProvider } from "../constructs/helm/provider";
import { ControllerNamespace } from "../constructs/kubernetes/controller-namespace";
import { kubernetesProvider } from "../constructs/kubernetes/provider";
import { clusterStackName } from "../declaration/cluster-names";
import { knownCluster } from "../declaration/known-cluster";
import type { Organization } from "../declaration/organization";
import { GatehouseStack, type RunProps } from "./gatehouse-stack";

/** What all services of a cluster share: its controllers, each in a namespace of its own. */
export class ClusterStack extends GatehouseStack {
  constructor(scope: Construct, name: string, organization: Organization, run: RunProps) {
    super(scope, clusterStackName(name), organization.state, run);
    const { context, controllers, entrance, team, version } = knownCluster(organization, name);
    kubernetesProvider(this, context);
    helmProvider(this, context);
    for (const controller of controllers) {
      const { namespaceName } = new ControllerNamespace(this, `namespace-${controller}`, {
        name: controller,
        ownerTeam: team,
        podSecurity: "restricted",
        kubernetesVersion: version,
      });
      new ControllerRelease(this, controller, { controller, namespace: namespaceName, entrance: entrance.kind });
    }
  }
}
