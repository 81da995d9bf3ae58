import type { Organization } from "../declaration/organization";
import type { Service } from "../declaration/service";
import { byStage, type Draft, hostIn, type NewFlyService, nameIn, releaseStages } from "./asked";
import { MIGRATION_DOCUMENTS, PIPELINE_COMMENTS, pipeline } from "./pipeline";
import {
  AVAILABILITY,
  alertOnHealth,
  alertsOnRequests,
  dashboard,
  OBJECTIVES,
  panelsOfRequests,
  scopes,
} from "./service-levels";
import { owners, people, repository, responsibilities, stages } from "./shared-sections";

const ROLLBACK = "A deployment within the hour: scripts/fly-rollback.sh first, and understand it later.";

/** Buckets of Fly's own metrics. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Environment of the previews. */
const PREVIEWS = "previews";

const SECRETS = ["DATABASE_URL", "SESSION_SECRET"] as const;

/** A web service on Fly.io with a Postgres database elsewhere: rolling deployments, previews, versions, rollback. */
export function flyService(asked: NewFlyService, organization: Organization): Draft {
  const { name } = asked;
  const [first = ""] = asked.stages;
  const service: Service = {
    name,
    description: asked.description,
    owners: owners(asked),
    responsibilities: responsibilities(
      {
        data: {
          description: "The database schema and its migrations",
          paths: ["/migrations/", ...Object.values(MIGRATION_DOCUMENTS).map((path) => `/${path}`)],
          responsible: ["maintainers"],
          accountable: "platform",
          consulted: ["security"],
          informed: ["platform"],
        },
      },
      { role: "platform", accountable: "maintainers", paths: ["/Dockerfile", "/fly.*"] },
    ),
    repository: repository(organization, asked, ["fly-io", "postgres"]),
    ...pipeline(organization, asked, { migrations: "migrations" }),
    stages: stages(organization, asked, {
      reviewer: "maintainers",
      unattended: {
        [first]: { [PREVIEWS]: { description: "Makes and destroys previews of pull requests", branches: ["main"] } },
      },
    }),
    settings: settings(asked),
    fly: {
      organization: asked.flyOrganization,
      ...releaseStages(asked.stages),
      region: asked.region,
      dockerfile: "Dockerfile",
      port: 8080,
      killSignal: "SIGTERM",
      killTimeoutSeconds: 30,
      checks: {
        tcp: { everySeconds: 15, timeoutSeconds: 2 },
        http: { path: "/health", everySeconds: 30, timeoutSeconds: 5 },
        graceSeconds: 20,
      },
      deploy: {
        maxUnavailablePercent: 30,
        waitMinutes: 5,
        automaticRollback: true,
        releaseCommand: ["npm", "run", "migrate"],
      },
      stages: byStage(asked.stages, (stage) => flyStage(asked, stage)),
      previews: {
        organization: `${asked.flyOrganization}-previews`,
        appPrefix: `${name}-pr-`,
        environment: PREVIEWS,
        token: "FLY_PREVIEWS_TOKEN",
        machine: { cpuKind: "shared", cpus: 1, memoryMebibytes: 512 },
        idleMinutes: 5,
        health: { attempts: 5, everySeconds: 10 },
        variables: { APP_ENV: "preview" },
      },
      token: "FLY_API_TOKEN",
      secrets: SECRETS,
      commitField: "commit",
      health: { attempts: 5, everySeconds: 10 },
      versions: { keep: 3, artifactDays: 90 },
      migrationNotes: "Files under migrations/ that changed since the last release; expand before contract",
      evidenceDays: 90,
    },
    telemetry: {
      dataSource: asked.dataSource,
      stages: scopes(asked.stages, (stage) => ({ app: nameIn(asked, stage) })),
      signals: {
        health: {
          kind: "probe",
          description: "The health check, asked from outside",
          source: "blackbox",
          where: { job: "blackbox" },
        },
        requests: {
          kind: "events",
          description: "Requests that Fly's edge answered for the app",
          total: { metric: "fly_edge_http_responses_count" },
          bad: { metric: "fly_edge_http_responses_count", where: { status: { matches: "5.." } } },
          status: "status",
        },
        latency: {
          kind: "latency",
          description: "How long the app takes to answer",
          metric: "fly_app_http_response_time_seconds",
          histogram: "classic",
          unit: "seconds",
          buckets: BUCKETS,
        },
      },
    },
    objectives: { ...AVAILABILITY, ...OBJECTIVES },
    alerts: { ...alertOnHealth(ROLLBACK), ...alertsOnRequests(ROLLBACK) },
    dashboard: dashboard(
      panelsOfRequests({
        availability: { kind: "attainment", title: "Availability (30 d)", objective: "availability" },
      }),
    ),
    ...people(asked, "platform"),
    runbooks: ["on-call", "incident-template", "secret-leak", "error-budget"],
  };
  return {
    service,
    comments: {
      ...PIPELINE_COMMENTS,
      "fly.stages":
        "Fly has one app of a name for all its customers: make them (flyctl apps create), or rename what is taken. A host name of your own wants a certificate (flyctl certs add).",
      "fly.secrets": "What the process needs, each with a value in every stage and in the environment of the previews.",
    },
  };
}

function flyStage(asked: NewFlyService, stage: string): NonNullable<Service["fly"]>["stages"][string] {
  const last = stage === asked.stages.at(-1);
  return {
    app: nameIn(asked, stage),
    url: `https://${hostIn(asked, stage)}`,
    machine: { cpuKind: "shared", cpus: last ? 2 : 1, memoryMebibytes: last ? 2048 : 1024 },
    machines: last ? 2 : 1,
    whenIdle: last ? "run" : "stop",
    concurrency: last ? { soft: 200, hard: 250 } : { soft: 80, hard: 100 },
    variables: { APP_ENV: stage },
  };
}

function settings({ stages }: NewFlyService): Service["settings"] {
  return {
    FLY_API_TOKEN: {
      kind: "secret",
      description: "Deploy token of the stage's app on Fly: deploys and rolls back",
      owner: "platform",
      local: "absent",
      environments: stages,
      rotateEveryDays: 90,
    },
    FLY_PREVIEWS_TOKEN: {
      kind: "secret",
      description: "Token of the organization of previews on Fly: makes and destroys its apps, and reaches no other",
      owner: "platform",
      local: "absent",
      environments: [PREVIEWS],
      rotateEveryDays: 90,
    },
    DATABASE_URL: {
      kind: "secret",
      description: "URL of the Postgres database",
      owner: "platform",
      local: "required",
      environments: [...stages, PREVIEWS],
      rotateEveryDays: 90,
    },
    SESSION_SECRET: {
      kind: "secret",
      description: "Signs the cookies of sessions",
      owner: "maintainers",
      local: "required",
      environments: [...stages, PREVIEWS],
      rotateEveryDays: 180,
    },
  };
}
