import type { DataSource, Grafana } from "../../declaration/grafana";
import type { Problem } from "../../declaration/problem";
import type { Service } from "../../declaration/service";
import type { Telemetry } from "../../declaration/telemetry";

/** A service whose metrics are known. */
export interface Observed {
  readonly service: Service;
  readonly telemetry: Telemetry;
  readonly dataSource: DataSource;
  /** Who is told, by team and severity. */
  readonly routes: Grafana["routes"];
}

/** A problem of that service, with the keys that lead to it. */
export type Reported = Omit<Problem, "subject" | "path"> & { readonly path: readonly PropertyKey[] };
