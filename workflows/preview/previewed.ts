import type { Cluster } from "../../declaration/cluster";
import type { Previews } from "../../declaration/previews";
import type { Service } from "../../declaration/service";

/** A service whose pull requests get previews by themselves. */
export interface Previewed extends Pick<Service, "name"> {
  readonly cluster: Cluster;
  readonly dispatch: NonNullable<Previews["dispatch"]>;
}

/** Undefined for a service without previews, or with previews that are made by hand only. */
export function previewed({ name, cluster }: Pick<Service, "name" | "cluster">): Previewed | undefined {
  const dispatch = cluster?.previews?.dispatch;
  return cluster === undefined || dispatch === undefined ? undefined : { name, cluster, dispatch };
}
