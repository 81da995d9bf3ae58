import { Construct } from "constructs";
import { literal } from "../literal";
import { DataSource } from "./resources/data-source";

export interface PrometheusDataSourceProps {
  /** At most 40 of A–Z, a–z, 0–9, - and _. Rules and dashboards name it: another uid is another data source. */
  readonly uid: string;
  /** As Grafana shows it, unique in the organization. */
  readonly name: string;
  /** Where Grafana itself reaches it, without credentials. */
  readonly url: string;
  /** How often targets are scraped: the least that `$__rate_interval` follows. Seconds. */
  readonly scrapeSeconds: number;
}

/**
 * A Prometheus-compatible store of metrics that Grafana asks.
 *
 * Its user and password are put into Grafana by hand, so that no state holds them; whether basic authentication is on is
 * left to Grafana with them. Grafana keeps a password through changes of other settings. Headers that were added by hand
 * are lost with any change made here (`UpdateDataSource` in internal/resources/grafana/resource_data_source.go of
 * github.com/grafana/terraform-provider-grafana sends the settings without them). Because of what only Grafana holds, it
 * can't be destroyed while it is declared.
 */
export class PrometheusDataSource extends Construct {
  constructor(scope: Construct, id: string, props: PrometheusDataSourceProps) {
    super(scope, id);
    new DataSource(this, "Default", {
      type: "prometheus",
      uid: props.uid,
      name: literal(props.name),
      url: props.url,
      accessMode: "proxy",
      // POST: long queries don't fit into a URL (https://grafana.com/docs/grafana/latest/datasources/prometheus/configure/).
      jsonDataEncoded: JSON.stringify({ httpMethod: "POST", timeInterval: `${props.scrapeSeconds}s` }),
      lifecycle: { preventDestroy: true, ignoreChanges: ["basic_auth_enabled", "basic_auth_username"] },
    });
  }
}
