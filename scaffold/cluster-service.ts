import type { ClusterStage } from "../declaration/cluster";
import type { Organization } from "../declaration/organization";
import type { Service } from "../declaration/service";
import { byStage, type Draft, hostIn, type NewClusterService, releaseStages } from "./asked";
import { MIGRATION_DOCUMENTS, PIPELINE_COMMENTS, pipeline } from "./pipeline";
import { alertsOnRequests, dashboard, OBJECTIVES, panelsOfRequests, scopes } from "./service-levels";
import { owners, people, repository, responsibilities, stages } from "./shared-sections";

const ROLLBACK = "A canary runs: abort it. Promoted within the hour: roll back, as the runbook says.";

/** Buckets that OpenTelemetry's conventions advise for requests of HTTP. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** An HTTP service in a Kubernetes cluster: previews, a canary where the cluster can judge one, and the release train. */
export function clusterService(asked: NewClusterService, organization: Organization): Draft {
  const { name } = asked;
  const [first = ""] = asked.stages;
  const canary = hasCanary(asked, organization);
  const service: Service = {
    name,
    description: asked.description,
    owners: owners(asked),
    responsibilities: responsibilities(
      {
        data: {
          description: "The database schema and its migrations",
          paths: ["/db/", ...Object.values(MIGRATION_DOCUMENTS).map((path) => `/${path}`)],
          responsible: ["data"],
          accountable: "maintainers",
          consulted: ["platform"],
          informed: ["release-captain"],
        },
      },
      { role: "delivery", accountable: "release-captain", paths: ["/Dockerfile"] },
    ),
    repository: repository(organization, asked, ["helm", "kubernetes"]),
    ...pipeline(organization, asked, { migrations: "db/migrations", build: "dist" }),
    stages: stages(organization, asked, {
      reviewer: "release-captain",
      unattended: {
        [first]: {
          previews: { description: "Asks the platform for previews of pull requests", branches: ["main"] },
        },
      },
    }),
    settings: settings(asked),
    cluster: {
      image: { digest: `sha256:${"0".repeat(64)}`, dockerfile: "Dockerfile" },
      signing: { kind: "keyless" },
      container: {
        port: 8080,
        metrics: { port: 9464, path: "/metrics" },
        readiness: { path: "/readyz", everySeconds: 5, failures: 3 },
        liveness: { path: "/livez", everySeconds: 10, failures: 3 },
        startWithinSeconds: 60,
        stopWithinSeconds: 30,
        cpuMillis: 250,
        memoryMebibytes: 256,
        writable: ["/tmp"],
        user: 10_001,
      },
      stages: byStage(asked.stages, (stage) => clusterStage(asked, organization, stage)),
      previews: {
        cluster: asked.cluster,
        namespacePrefix: `${name}-pr-`,
        domain: asked.previewDomain,
        ttlHours: 72,
        idleMinutes: 60,
        quota: { cpuMillis: 1000, memoryMebibytes: 1024, pods: 4 },
        health: { attempts: 30, everySeconds: 5 },
        dispatch: { repository: asked.platformRepository, token: "PREVIEWS_TOKEN", environment: "previews" },
        variables: { LOG_LEVEL: "debug" },
      },
      train: {
        ...releaseStages(asked.stages),
        unfreeze: "release-captain",
        withinMinutes: 90,
        tags: "prod-*",
        migrationNotes:
          "Files under db/migrations/ that changed since the last release are listed; expand before contract",
        evidenceDays: 90,
      },
    },
    flags: { registry: {} },
    telemetry: {
      dataSource: asked.dataSource,
      stages: scopes(asked.stages, (stage) => ({ namespace: `${name}-${stage}` })),
      signals: {
        requests: {
          kind: "events",
          description: "Requests that the service answered",
          total: { metric: "http_server_request_duration_seconds_count" },
          bad: {
            metric: "http_server_request_duration_seconds_count",
            where: { http_response_status_code: { matches: "5.." } },
          },
          status: "http_response_status_code",
        },
        latency: {
          kind: "latency",
          description: "How long requests take",
          metric: "http_server_request_duration_seconds",
          histogram: "classic",
          unit: "seconds",
          buckets: BUCKETS,
        },
        memory: {
          kind: "saturation",
          description: "Memory of the containers",
          used: { metric: "container_memory_working_set_bytes", where: { container: name } },
          capacity: {
            metric: "kube_pod_container_resource_limits",
            where: { container: name, resource: "memory" },
          },
        },
      },
    },
    objectives: OBJECTIVES,
    alerts: {
      ...alertsOnRequests(ROLLBACK),
      MemoryFull: {
        kind: "saturation-above",
        summary: "More than 90 % of the containers' memory is in use",
        action: "Find what grows; raise the limit only when the growth is wanted",
        owner: "maintainers",
        severity: "warning",
        signal: "memory",
        above: 0.9,
        forMinutes: 15,
        response: [
          "See on the dashboard whether all pods grow, or one.",
          "All of them since a release: roll it back; a leak only gets worse.",
        ],
      },
    },
    dashboard: dashboard(panelsOfRequests({ memory: { kind: "saturation", title: "Memory", signal: "memory" } })),
    ...people(asked, "release-captain"),
    runbooks: [
      "on-call",
      "incident-template",
      "incident-classes",
      "secret-leak",
      "error-budget",
      ...(canary ? (["canary"] as const) : []),
      "rollback",
      "migration",
    ],
  };
  return {
    service,
    comments: {
      ...PIPELINE_COMMENTS,
      "flags.registry": "None yet: docs/how-to/feature-flags.md says how one is declared.",
      "cluster.image.digest":
        "No image yet. Put the digest of the first one here before the first deployment; afterwards releases own it.",
    },
  };
}

/** Argo Rollouts steps a canary and judges it by the cluster's metrics: both must be there. */
function hasCanary({ cluster }: NewClusterService, { clusters }: Organization): boolean {
  const home = clusters?.[cluster];
  return home?.controllers.includes("argo-rollouts") === true && home.metrics !== undefined;
}

function clusterStage(asked: NewClusterService, organization: Organization, stage: string): ClusterStage {
  const last = stage === asked.stages.at(-1);
  const rollout = organization.clusters?.[asked.cluster]?.controllers.includes("argo-rollouts") === true;
  return {
    cluster: asked.cluster,
    namespace: `${asked.name}-${stage}`,
    host: hostIn(asked, stage),
    workload: rollout ? "rollout" : "deployment",
    replicas: last ? { least: 4, most: 12, cpuPercent: 70 } : { least: 2, most: 4, cpuPercent: 70 },
    quota: last
      ? { cpuMillis: 12_000, memoryMebibytes: 12_288, pods: 60 }
      : { cpuMillis: 4000, memoryMebibytes: 4096, pods: 20 },
    ...(last &&
      hasCanary(asked, organization) && {
        canary: { steps: [5, 25, 50, 100], observeSeconds: 600, versionLabel: "rollouts_pod_template_hash" },
      }),
    variables: { LOG_LEVEL: last ? "info" : "debug" },
  };
}

function settings({ stages }: NewClusterService): Service["settings"] {
  return {
    REGISTRY_USER: {
      kind: "secret",
      description: "User that pushes images to the registry",
      owner: "delivery",
      local: "absent",
      environments: stages,
      rotateEveryDays: 365,
    },
    REGISTRY_TOKEN: {
      kind: "secret",
      description: "Token of that user; it may push this service's image and nothing else",
      owner: "delivery",
      local: "absent",
      environments: stages,
      rotateEveryDays: 90,
    },
    PREVIEWS_TOKEN: {
      kind: "secret",
      description:
        "Token of an app that may start the workflow of previews in the platform's repository, and nothing else",
      owner: "platform",
      local: "absent",
      environments: ["previews"],
      rotateEveryDays: 90,
    },
    KUBE_CONFIG: {
      kind: "secret",
      description: "kubeconfig of the deployer of the stage's namespace",
      owner: "platform",
      local: "absent",
      environments: stages,
      rotateEveryDays: 90,
    },
  };
}
