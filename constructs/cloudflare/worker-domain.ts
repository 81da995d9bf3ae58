import { WorkersCustomDomain } from "@cdktf/provider-cloudflare/lib/workers-custom-domain";
import { Construct } from "constructs";

export interface WorkerDomainProps {
  readonly accountId: string;
  /** Id of the zone that the host name is in, 32 hexadecimal digits. */
  readonly zoneId: string;
  /** Host name whose every request goes to the Worker, such as `pos.example.com`. */
  readonly hostname: string;
  /** Name of the Worker. */
  readonly worker: string;
}

/** A host name of its own for a Worker; Cloudflare makes the DNS record and the certificate. */
export class WorkerDomain extends Construct {
  constructor(scope: Construct, id: string, props: WorkerDomainProps) {
    super(scope, id);
    new WorkersCustomDomain(this, "Default", {
      accountId: props.accountId,
      zoneId: props.zoneId,
      hostname: props.hostname,
      service: props.worker,
      // Deprecated, but Cloudflare answers with it, and the provider replaces the domain at every plan that lacks it
      // (cloudflare/terraform-provider-cloudflare v5.14.0, `internal/services/workers_custom_domain/schema.go`).
      environment: "production",
    });
  }
}
