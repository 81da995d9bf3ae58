import { Worker } from "@cdktf/provider-cloudflare/lib/worker";
import { Construct } from "constructs";

export interface EdgeWorkerProps {
  /** Id of the Cloudflare account, 32 hexadecimal digits. */
  readonly accountId: string;
  /** Name of the Worker, unique in the account. */
  readonly name: string;
  /** Reachable at `<name>.<account>.workers.dev`, beside its domains and routes. */
  readonly workersDev: boolean;
  /**
   * Every version has an address of its own under `workers.dev`.
   * @default false
   */
  readonly previewUrls?: boolean | undefined;
  /**
   * Keep logs and metrics of invocations.
   * @default true
   */
  readonly observability?: boolean | undefined;
  /**
   * Share of requests whose logs are kept, 0 to 1.
   * @default 1
   */
  readonly logSampleRatio?: number | undefined;
  /** @default - no tags */
  readonly tags?: readonly string[] | undefined;
  /**
   * Id of a Worker that exists already and is to be taken over.
   * @default - a new Worker is created
   */
  readonly adopt?: string | undefined;
}

/**
 * What lasts of a Worker: its name and how it is watched. Versions, their code and bindings, and which share of the
 * traffic they get belong to releases.
 */
export class EdgeWorker extends Construct {
  /** Name of the Worker, as a reference: whoever uses it is created after the Worker. */
  readonly workerName: string;

  constructor(scope: Construct, id: string, props: EdgeWorkerProps) {
    super(scope, id);
    const observed = props.observability ?? true;
    const ratio = props.logSampleRatio ?? 1;
    const worker = new Worker(this, "Default", {
      accountId: props.accountId,
      name: props.name,
      tags: [...(props.tags ?? [])].sort(),
      // All of both objects: what isn't configured isn't compared.
      observability: {
        enabled: observed,
        headSamplingRate: ratio,
        logs: { enabled: observed, headSamplingRate: ratio, invocationLogs: true },
      },
      subdomain: { enabled: props.workersDev, previewsEnabled: props.previewUrls ?? false },
    });
    if (props.adopt !== undefined) worker.importFrom(`${props.accountId}/${props.adopt}`);
    this.workerName = worker.name;
  }
}
