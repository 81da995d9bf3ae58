import { clusterStackName, KUBERNETES, MANAGED_BY } from "../declaration/cluster-names";
import type { KubernetesCluster } from "../declaration/clusters";
import type { Organization } from "../declaration/organization";
import type { Service } from "../declaration/service";
import { type Finding, failed, ok, unseen } from "./preflight-finding";
import type { ClusterReader } from "./preflight-kubectl";
import { recordOf } from "./record-of";

export type ReaderOf = (cluster: KubernetesCluster) => ClusterReader;

const LOG_IN = "set KUBE_CONFIG_PATH, log in, and see that kubectl reaches the context";

/** Every cluster that the service is declared in is reached, is as declared, and has room for it. */
export async function clusterFindings(
  { clusters = {} }: Pick<Organization, "clusters">,
  service: Service,
  readerOf: ReaderOf,
): Promise<readonly Finding[]> {
  const { stages = {}, previews } = service.cluster ?? {};
  const names = new Set(
    [...Object.values(stages), ...(previews === undefined ? [] : [previews])].map(({ cluster }) => cluster),
  );
  const findings: Finding[] = [];
  for (const name of names) {
    const cluster = clusters[name];
    if (cluster === undefined) continue;
    const reader = readerOf(cluster);
    findings.push(await versionFinding(name, cluster, reader));
    for (const [definition, use] of definitionsFor(name, cluster, service))
      findings.push(await definitionFinding(name, cluster, definition, use, reader));
    for (const { cluster: home, namespace } of Object.values(stages))
      if (home === name) findings.push(await namespaceFinding(namespace, service, reader));
  }
  return findings;
}

async function versionFinding(name: string, { version }: KubernetesCluster, reader: ClusterReader): Promise<Finding> {
  const what = `cluster: ${name}`;
  const answer = await reader.version();
  if (answer.kind !== "found")
    return unseen(what, answer.kind === "unseen" ? answer.why : "kubectl said nothing", LOG_IN);
  const { major, minor } = recordOf(recordOf(answer.value).serverVersion);
  if (typeof major !== "string" || typeof minor !== "string") return unseen(what, "the server says no version", LOG_IN);
  // Distributions put a + behind the minor version.
  const found = `${major}.${minor.replace(/\D.*$/, "")}`;
  if (found === version) return ok(what, `reached; version ${found}, as declared`);
  return failed(
    what,
    `version ${found}; ${version} is declared`,
    `write clusters.${name}.version: "${found}", or upgrade the cluster`,
  );
}

/** Custom resources that the service's objects are of, with what they are for. */
function definitionsFor(
  name: string,
  cluster: KubernetesCluster,
  service: Service,
): readonly (readonly [string, string])[] {
  const here = Object.values(service.cluster?.stages ?? {}).filter((stage) => stage.cluster === name);
  const previews = service.cluster?.previews?.cluster === name;
  return [
    ...(here.some(({ workload }) => workload === "rollout")
      ? ([
          ["rollouts.argoproj.io", "Argo Rollouts"],
          ["analysistemplates.argoproj.io", "Argo Rollouts"],
        ] as const)
      : []),
    ...(cluster.entrance.kind === "gateway-api" && (here.length > 0 || previews)
      ? ([["httproutes.gateway.networking.k8s.io", "the Gateway API"]] as const)
      : []),
    ...(cluster.admission === "kyverno" && here.length > 0 ? ([["policies.kyverno.io", "Kyverno"]] as const) : []),
  ];
}

async function definitionFinding(
  name: string,
  { controllers }: KubernetesCluster,
  definition: string,
  use: string,
  reader: ClusterReader,
): Promise<Finding> {
  const what = `cluster ${name}: ${definition}`;
  const answer = await reader.get("customresourcedefinitions.apiextensions.k8s.io", definition);
  if (answer.kind === "found") return ok(what, `${use} is installed`);
  if (answer.kind === "unseen") return unseen(what, answer.why, LOG_IN);
  const ours = use === "Argo Rollouts" && controllers.includes("argo-rollouts");
  return failed(
    what,
    `${use} is not installed`,
    ours ? `deploy the stack ${clusterStackName(name)}` : `install ${use}`,
  );
}

/** A namespace is free, or is this service's own. */
async function namespaceFinding(namespace: string, { name }: Service, reader: ClusterReader): Promise<Finding> {
  const what = `namespace: ${namespace}`;
  const answer = await reader.get("namespaces", namespace);
  if (answer.kind === "unseen") return unseen(what, answer.why, LOG_IN);
  if (answer.kind === "absent") return ok(what, "free");
  const labels = recordOf(recordOf(recordOf(answer.value).metadata).labels);
  if (labels[MANAGED_BY.label] === MANAGED_BY.value && labels[KUBERNETES.service] === name) return ok(what, "ours");
  const owner = labels[KUBERNETES.service];
  return failed(
    what,
    typeof owner === "string" ? `belongs to the service ${owner}` : "is there, and Gatehouse did not make it",
    "choose another name, or remove the namespace if nobody needs it",
  );
}
