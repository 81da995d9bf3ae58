import { WorkersCronTrigger } from "@cdktf/provider-cloudflare/lib/workers-cron-trigger";
import { Construct } from "constructs";

export interface CronScheduleProps {
  readonly accountId: string;
  /** Name of the Worker. */
  readonly worker: string;
  /** Cron expressions in UTC, at least one. Order doesn't matter. */
  readonly schedules: readonly string[];
}

/**
 * When a Worker is started by the clock.
 *
 * Two things Terraform doesn't do for it (cloudflare/terraform-provider-cloudflare v5.14.0,
 * `internal/services/workers_cron_trigger/`): schedules changed elsewhere are not seen (`no_refresh`), and removing this
 * construct sends nothing, so the Worker keeps its last schedules.
 */
export class CronSchedule extends Construct {
  constructor(scope: Construct, id: string, props: CronScheduleProps) {
    super(scope, id);
    new WorkersCronTrigger(this, "Default", {
      accountId: props.accountId,
      scriptName: props.worker,
      schedules: [...props.schedules].sort().map((cron) => ({ cron })),
    });
  }
}
