import { clusterStackName } from "../cluster-names";
import type { Organization } from "../organization";
import type { Problem } from "../problem";
import { show } from "../problem";
import type { Service } from "../service";
import { ORGANIZATION_STACK, stackNames } from "../stack-names";

/**
 * What two services of a fleet may not both have: a name, a stack, a Worker, a database, a bucket, an address, a namespace. Without a readable
 * organization nothing is known of its clusters' stacks.
 */
export function uniqueProblems(
  services: readonly Service[],
  organization: Pick<Organization, "clusters"> | undefined,
): readonly Problem[] {
  const problems: Problem[] = [];
  const shared = [ORGANIZATION_STACK, ...Object.keys(organization?.clusters ?? {}).map(clusterStackName)];
  const previews = new Map<string, string>();
  for (const { name, cluster } of services) {
    if (cluster?.previews !== undefined)
      previews.set(previewsOf(cluster.previews.namespacePrefix, cluster.previews.cluster), `service ${show(name)}`);
  }
  const taken = new Map(shared.map((stack) => [`the stack ${stack}`, "the organization"]));
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
    for (const [stage, { cluster, namespace }] of Object.entries(service.cluster?.stages ?? {})) {
      const [, prefix] = /^(.+-)[1-9]\d*$/.exec(namespace) ?? [];
      const other = prefix && previews.get(previewsOf(prefix, cluster));
      if (!other) continue;
      problems.push({
        subject,
        path: `cluster.stages.${stage}.namespace`,
        came: `${show(namespace)}, where a preview of ${other} would be put`,
        expected: "a namespace that no preview can have",
        remedy: "rename the namespace, or the prefix of the previews",
      });
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
  for (const [stage, { app, url }] of Object.entries(service.fly?.stages ?? {})) {
    const path = `fly.stages.${stage}`;
    yield { path: `${path}.app`, thing: `the app ${app} of Fly` };
    if (url !== undefined) yield { path: `${path}.url`, thing: `the host name ${url.slice("https://".length)}` };
  }
  const { previews: onFly } = service.fly ?? {};
  if (onFly !== undefined)
    yield { path: "fly.previews.appPrefix", thing: `the apps ${onFly.appPrefix}<number> of Fly` };
  for (const [stage, { cluster, host, namespace }] of Object.entries(service.cluster?.stages ?? {})) {
    const path = `cluster.stages.${stage}`;
    yield { path: `${path}.namespace`, thing: `the namespace ${namespace} of the cluster ${cluster}` };
    yield { path: `${path}.host`, thing: `the host name ${host}` };
  }
  const previews = service.cluster?.previews;
  if (previews !== undefined) {
    yield {
      path: "cluster.previews.namespacePrefix",
      thing: previewsOf(previews.namespacePrefix, previews.cluster),
    };
  }
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

function previewsOf(prefix: string, cluster: string): string {
  return `the namespaces ${prefix}<number> of the cluster ${cluster}`;
}
