import type { IResolvable } from "cdktf";
import type { Construct } from "constructs";
import { GrafanaResource, type GrafanaResourceConfig } from "./grafana-resource";

/** https://github.com/grafana/terraform-provider-grafana/blob/v4.21.0/docs/resources/data_source.md */
export interface DataSourceConfig extends GrafanaResourceConfig {
  /** Unique in the organization. */
  readonly name: string;
  /** Id of the plugin: `prometheus`. */
  readonly type: string;
  /** A change replaces the data source. @default - Grafana makes one */
  readonly uid?: string | undefined;
  readonly url?: string | undefined;
  /** @default "proxy" - Grafana asks, not the browser */
  readonly accessMode?: "proxy" | "direct" | undefined;
  /** @default false */
  readonly isDefault?: boolean | IResolvable | undefined;
  /** @default false */
  readonly basicAuthEnabled?: boolean | IResolvable | undefined;
  readonly basicAuthUsername?: string | undefined;
  readonly databaseName?: string | undefined;
  readonly username?: string | undefined;
  /** JSON of the plugin's settings. */
  readonly jsonDataEncoded?: string | undefined;
  /** JSON of the plugin's secrets. Kept in the state; never compared with what Grafana has. */
  readonly secureJsonDataEncoded?: string | undefined;
  /** Kept in the state; values are never compared with what Grafana has. */
  readonly httpHeaders?: Readonly<Record<string, string>> | undefined;
  /** Of Grafana Cloud only. */
  readonly privateDataSourceConnectNetworkId?: string | undefined;
}

/** `grafana_data_source` */
export class DataSource extends GrafanaResource {
  static readonly tfResourceType = "grafana_data_source";

  constructor(scope: Construct, id: string, config: DataSourceConfig) {
    super(scope, id, DataSource.tfResourceType, config);
  }

  get uid(): string {
    return this.getStringAttribute("uid");
  }
}
