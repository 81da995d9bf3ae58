import type { IResolvable } from "cdktf";
import type { Construct } from "constructs";
import { GrafanaResource, type GrafanaResourceConfig } from "./grafana-resource";

/** https://github.com/grafana/terraform-provider-grafana/blob/v4.21.0/docs/resources/dashboard.md */
export interface DashboardConfig extends GrafanaResourceConfig {
  /** JSON of the dashboard. `id`, `version` and the panels' `id` are not compared. Another `uid` replaces the dashboard. */
  readonly configJson: string;
  /** Uid of the folder. @default - at the top */
  readonly folder?: string | undefined;
  /** What the version history says of the change. @default - nothing */
  readonly message?: string | undefined;
  /** Whether creating it may overwrite a dashboard of the same uid. Changing it always overwrites. @default false */
  readonly overwrite?: boolean | IResolvable | undefined;
}

/** `grafana_dashboard` */
export class Dashboard extends GrafanaResource {
  static readonly tfResourceType = "grafana_dashboard";

  constructor(scope: Construct, id: string, config: DashboardConfig) {
    super(scope, id, Dashboard.tfResourceType, config);
  }

  get uid(): string {
    return this.getStringAttribute("uid");
  }

  get url(): string {
    return this.getStringAttribute("url");
  }

  get version(): number {
    return this.getNumberAttribute("version");
  }

  get dashboardId(): number {
    return this.getNumberAttribute("dashboard_id");
  }
}
