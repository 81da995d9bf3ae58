import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Controller, Entrance } from "../../declaration/clusters";
import { controllerChart } from "./controller-charts";
import { RELEASE_SAFETY } from "./release-safety";
import { valuesDocument } from "./values-document";

/** Images are pulled from public registries, and the plugin of Argo Rollouts is downloaded. Seconds. */
const TIMEOUT_SECONDS = 600;

export interface ControllerReleaseProps {
  readonly controller: Controller;
  readonly namespace: string;
  /** What divides the traffic of the cluster: Argo Rollouts needs a plugin for the Gateway API. */
  readonly entrance: Entrance["kind"];
  /** What must be there before a pod is made. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[] | undefined;
}

/** A controller of the cluster, from its own chart at a pinned version. */
export class ControllerRelease extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { controller, namespace, entrance, dependsOn = [] }: ControllerReleaseProps,
  ) {
    super(scope, id);
    const { repository, chart, version, values } = controllerChart(controller, entrance);
    new Release(this, "Default", {
      ...RELEASE_SAFETY,
      name: controller,
      namespace,
      repository,
      chart,
      version,
      timeout: TIMEOUT_SECONDS,
      values: [valuesDocument(values)],
      dependsOn: [...dependsOn],
    });
  }
}
