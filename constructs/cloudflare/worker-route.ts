import { WorkersRoute } from "@cdktf/provider-cloudflare/lib/workers-route";
import { Construct } from "constructs";

export interface WorkerRouteProps {
  /** Id of the zone that the pattern is in, 32 hexadecimal digits. */
  readonly zoneId: string;
  /** Which requests go to the Worker, such as `example.com/pos/*`. The zone's DNS records stay somebody else's. */
  readonly pattern: string;
  /** Name of the Worker. */
  readonly worker: string;
}

/** A part of a zone's addresses that a Worker answers. */
export class WorkerRoute extends Construct {
  constructor(scope: Construct, id: string, props: WorkerRouteProps) {
    super(scope, id);
    new WorkersRoute(this, "Default", { zoneId: props.zoneId, pattern: props.pattern, script: props.worker });
  }
}
