import { clusterInPhase, namespaceAddress } from "./cluster-in-phase";
import type { ServiceEntry } from "./fleet";
import type { Service } from "./service";
import type { StatefulRecord } from "./stateful";

/** The names under which a service's data exists, by `<stage>/<kind>/<key>`, as its declaration says them today. */
export function statefulThings(service: Pick<Service, "edge" | "cluster">): StatefulRecord {
  const things: Record<string, string> = {};
  const kinds = [
    ["d1", service.edge?.d1],
    ["kv", service.edge?.kv],
    ["bucket", service.edge?.buckets],
  ] as const;
  for (const [kind, declared] of kinds) {
    for (const [key, { names }] of Object.entries(declared ?? {})) {
      for (const [stage, name] of Object.entries(names)) things[`${stage}/${kind}/${key}`] = name;
    }
  }
  for (const [key, { backup }] of Object.entries(service.edge?.d1 ?? {})) {
    if (backup !== undefined) things[`${backup.stage}/backup-bucket/${key}`] = backup.bucket;
  }
  for (const [stage, declared] of Object.entries(service.cluster?.stages ?? {}))
    things[namespaceAddress(stage, declared)] = declared.namespace;
  return things;
}

/**
 * What must stand in the record: a namespace only once its phase brings it, for what stands there stays declared when the phase goes back.
 */
export function thingsInPhase({ service, stateful }: Pick<ServiceEntry, "service" | "stateful">): StatefulRecord {
  return statefulThings({ edge: service.edge, cluster: clusterInPhase(service, stateful) });
}
