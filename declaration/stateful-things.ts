import type { Service } from "./service";
import type { StatefulRecord } from "./stateful";

/** The names under which a service's data exists, by `<stage>/<kind>/<key>`, as its declaration says them today. */
export function statefulThings(service: Pick<Service, "edge">): StatefulRecord {
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
  return things;
}
