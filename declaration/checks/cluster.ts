import type { Cluster, ClusterStage, Quota } from "../cluster";
import { DEPLOYER } from "../cluster-names";
import { reached } from "../phase";
import { PREVIEW_PODS, podsAtOnce } from "../pods-at-once";
import { show } from "../problem";
import { canaryProblems } from "./canary";
import type { CheckContext } from "./context";
import { refersTo } from "./refers-to";

/** Namespaces that belong to the cluster itself, or to its controllers. */
const RESERVED = /^(?:default|kube-.*|argo-rollouts|sealed-secrets|kyverno)$/;

/** What runs in Kubernetes has a cluster, a namespace of its own that is large enough, and what its kind of workload needs. */
export function clusterProblems(context: CheckContext): void {
  const { service, report } = context;
  const { cluster } = service;
  if (cluster === undefined) return;
  if (service.name === DEPLOYER) {
    report(["name"], {
      came: show(service.name),
      expected:
        "another name: it is that of the service account which deploys, and the service's pods would be allowed to",
      remedy: "rename the service",
    });
  }
  containerProblems(context, cluster);
  if (Object.keys(cluster.stages).length === 0 && reached(service, "canary")) {
    report(["cluster", "stages"], {
      came: "no stage",
      expected: "at least one stage that runs in a cluster",
      remedy: "declare one, or drop cluster",
    });
  }
  for (const [stage, declared] of Object.entries(cluster.stages)) stageProblems(context, cluster, stage, declared);
  previewProblems(context, cluster);
}

function containerProblems({ report }: CheckContext, { container }: Cluster): void {
  if (container.metrics?.port === container.port) {
    report(["cluster", "container", "metrics", "port"], {
      came: `${show(container.port)}, the port of HTTP`,
      expected: "a port of its own: who may scrape metrics is not who may send requests",
      remedy: "serve metrics on another port",
    });
  }
  if (container.cpuLimitMillis !== undefined && container.cpuLimitMillis < container.cpuMillis) {
    report(["cluster", "container", "cpuLimitMillis"], {
      came: `${container.cpuLimitMillis}, less than the ${container.cpuMillis} that are asked for`,
      expected: "a limit of at least cpuMillis",
      remedy: "raise it, or leave it out",
    });
  }
}

function stageProblems(context: CheckContext, cluster: Cluster, stage: string, declared: ClusterStage): void {
  const { organization, service, report } = context;
  const path = ["cluster", "stages", stage];
  refersTo(report, path, stage, Object.keys(service.stages), "stages");
  const clusters = organization.clusters ?? {};
  const known = refersTo(
    report,
    [...path, "cluster"],
    declared.cluster,
    Object.keys(clusters),
    "clusters of the organization",
    "declare it in organization.clusters, or name one of them",
  );
  if (RESERVED.test(declared.namespace)) {
    report([...path, "namespace"], {
      came: `${show(declared.namespace)}, which is the cluster's own`,
      expected: "a namespace of the service's own",
      remedy: `write e.g. "${service.name}-${stage}"`,
    });
  }
  if (declared.replicas.most < declared.replicas.least) {
    report([...path, "replicas", "most"], {
      came: `${declared.replicas.most}, less than the ${declared.replicas.least} of least`,
      expected: "at least as many pods as least",
      remedy: "raise most, or lower least",
    });
  }
  const { container } = cluster;
  quotaProblems(context, [...path, "quota"], declared.quota, {
    pods: podsAtOnce(declared),
    cpuMillis: podsAtOnce(declared) * container.cpuMillis,
    memoryMebibytes: podsAtOnce(declared) * container.memoryMebibytes,
  });
  const controllers = known ? (clusters[declared.cluster]?.controllers ?? []) : undefined;
  if (declared.workload === "rollout" && controllers !== undefined && !controllers.includes("argo-rollouts")) {
    report([...path, "workload"], {
      came: `"rollout", in the cluster ${show(declared.cluster)} without Argo Rollouts`,
      expected: 'the controller "argo-rollouts" in the cluster, or "deployment"',
      remedy: `add "argo-rollouts" to organization.clusters.${declared.cluster}.controllers, or write "deployment"`,
    });
  }
  canaryProblems(context, stage, declared);
}

/** The quota must hold what the chart asks for, or pods are never made and nothing says so but an event. */
function quotaProblems({ report }: CheckContext, path: readonly string[], quota: Quota, needed: Quota): void {
  for (const [key, unit] of [
    ["pods", "pods"],
    ["cpuMillis", "thousandths of a CPU"],
    ["memoryMebibytes", "mebibytes"],
  ] as const) {
    if (quota[key] >= needed[key]) continue;
    report([...path, key], {
      came: show(quota[key]),
      expected: `at least ${needed[key]} ${unit}: ${needed.pods} pods can run at once while a version replaces another`,
      remedy: "raise the quota, or lower replicas or what the container asks for",
      source: "https://kubernetes.io/docs/concepts/policy/resource-quotas/",
    });
  }
}

function previewProblems(context: CheckContext, { container, previews }: Cluster): void {
  const { organization, service, report } = context;
  if (previews === undefined) return;
  const path = ["cluster", "previews"];
  refersTo(
    report,
    [...path, "cluster"],
    previews.cluster,
    Object.keys(organization.clusters ?? {}),
    "clusters of the organization",
    "declare it in organization.clusters, or name one of them",
  );
  quotaProblems(context, [...path, "quota"], previews.quota, {
    pods: PREVIEW_PODS,
    cpuMillis: PREVIEW_PODS * container.cpuMillis,
    memoryMebibytes: PREVIEW_PODS * container.memoryMebibytes,
  });
  if (RESERVED.test(`${previews.namespacePrefix}1`)) {
    report([...path, "namespacePrefix"], {
      came: `${show(previews.namespacePrefix)}, with which the cluster's own namespaces begin`,
      expected: "a beginning that is the previews' own",
      remedy: `write e.g. "${service.name}-pr-"`,
    });
  }
  for (const stage of Object.keys(service.stages)) {
    if (!/^preview-\d+$/.test(stage) && stage !== "preview") continue;
    report(["stages", stage], {
      came: show(stage),
      expected: "another name: it is that of previews",
      remedy: "rename the stage, or drop cluster.previews",
    });
  }
}
