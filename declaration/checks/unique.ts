import type { Problem } from "../problem";
import { show } from "../problem";
import type { Service } from "../service";
import { stackNames } from "../stack-names";

/** What two services of a fleet may not both have: a name, a stack, a Worker, a database, a bucket, an address. */
export function uniqueProblems(services: readonly Service[]): readonly Problem[] {
  const problems: Problem[] = [];
  const taken = new Map<string, string>([["the stack organization", "the organization"]]);
  for (const service of services) {
    if (typeof service.name !== "string") continue;
    const subject = `service ${show(service.name)}`;
    const mine = new Set<string>();
    for (const { path, thing } of thingsOf(service)) {
      const other = taken.get(thing) ?? (mine.has(thing) ? "it itself" : undefined);
      mine.add(thing);
      if (other === undefined) continue;
      problems.push({
        subject,
        path,
        came: `${thing}, which ${other} has already`,
        expected: "a name that nothing else has",
        remedy: "rename one of the two",
      });
      // Two services of one name share all that follows from it: say it once.
      if (path === "name") break;
    }
    for (const thing of mine) if (!taken.has(thing)) taken.set(thing, subject);
  }
  return problems;
}

function* thingsOf(service: Service): Iterable<{ path: string; thing: string }> {
  yield { path: "name", thing: `the repository ${service.name.toLowerCase()}` };
  for (const [key, stack] of Object.entries(stackNames(service)))
    yield { path: key === "repository" ? "name" : `stages.${key}`, thing: `the stack ${stack}` };
  const { edge } = service;
  for (const [stage, name] of Object.entries(edge?.workers ?? {}))
    yield { path: `edge.workers.${stage}`, thing: `the Worker ${name}` };
  for (const [stage, address] of Object.entries(edge?.addresses ?? {})) {
    yield "hostname" in address
      ? { path: `edge.addresses.${stage}.hostname`, thing: `the host name ${address.hostname}` }
      : { path: `edge.addresses.${stage}.route`, thing: `the route ${address.route}` };
  }
  for (const [stage, url] of Object.entries(service.railway?.urls ?? {}))
    yield { path: `railway.urls.${stage}`, thing: `the host name ${url.slice("https://".length)}` };
  for (const [kind, what] of [
    ["d1", "D1 database"],
    ["kv", "KV namespace"],
    ["buckets", "bucket"],
  ] as const) {
    for (const [key, { names }] of Object.entries(edge?.[kind] ?? {})) {
      for (const [stage, name] of Object.entries(names))
        yield { path: `edge.${kind}.${key}.names.${stage}`, thing: `the ${what} ${name}` };
    }
  }
  for (const [key, { backup }] of Object.entries(edge?.d1 ?? {})) {
    if (backup !== undefined) yield { path: `edge.d1.${key}.backup.bucket`, thing: `the bucket ${backup.bucket}` };
  }
}
