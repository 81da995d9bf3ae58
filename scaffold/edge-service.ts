import type { Organization } from "../declaration/organization";
import type { Service } from "../declaration/service";
import { byStage, type Draft, hostIn, type NewEdgeService, nameIn, releaseStages } from "./asked";
import { PIPELINE_COMMENTS, pipeline } from "./pipeline";
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

/** Buckets that the collector makes of spans in seconds. */
const BUCKETS = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 1.2, 2.5, 5, 10];
const QUERY_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

const ROLLBACK = "A release within the hour: run the release workflow again with the last commit that was well.";

/** A Worker with a D1 database, its backup, and releases in steps. */
export function edgeService(asked: NewEdgeService, organization: Organization): Draft {
  const { name } = asked;
  const { stage } = releaseStages(asked.stages);
  const [backups, drills] = [`${stage}-backup`, `${stage}-restore`];
  const service: Service = {
    name,
    description: asked.description,
    owners: owners(asked),
    responsibilities: responsibilities(
      {
        data: {
          description: "The database schema, its backup and its restore",
          paths: ["/migrations/", "/scripts/backup-d1.sh", "/scripts/restore-d1.sh"],
          responsible: ["maintainers"],
          accountable: "platform",
          consulted: ["security"],
          informed: ["platform"],
        },
      },
      { role: "platform", accountable: "maintainers", paths: ["/wrangler.template.jsonc"] },
    ),
    repository: repository(organization, asked, ["cloudflare-workers", "d1"]),
    ...pipeline(organization, asked, {}),
    stages: stages(organization, asked, {
      reviewer: "maintainers",
      unattended: {
        [stage]: {
          [backups]: { description: "The daily export of the database", branches: ["main"] },
          [drills]: { description: "The quarterly restore drill", branches: ["main"] },
        },
      },
    }),
    settings: settings(asked, { backups, drills }),
    edge: {
      worker: {
        entry: "src/index.ts",
        compatibilityDate: "2026-04-01",
        compatibilityFlags: ["nodejs_compat"],
        observability: true,
        healthPath: "/health",
      },
      workers: byStage(asked.stages, (each) => nameIn(asked, each)),
      addresses: byStage(asked.stages, (each) => ({ hostname: hostIn(asked, each), zone: asked.domain })),
      d1: {
        main: {
          names: byStage(asked.stages, (each) => nameIn(asked, each)),
          binding: "DB",
          migrations: "migrations",
          readReplication: "disabled",
          backup: {
            stage,
            bucket: `${name}-d1-backups`,
            schedule: "17 2 * * *",
            keep: { daily: 14, weekly: 8, monthly: 6 },
            environment: backups,
            token: "CLOUDFLARE_BACKUP_TOKEN",
            accessKeyId: "BACKUP_R2_ACCESS_KEY_ID",
            secretAccessKey: "BACKUP_R2_SECRET_ACCESS_KEY",
            recipient: "BACKUP_AGE_RECIPIENT",
            criticalTables: ["d1_migrations"],
            smokeScript: "smoke",
            drill: {
              schedule: "23 4 1 1,4,7,10 *",
              environment: drills,
              identity: "BACKUP_AGE_IDENTITY",
              withinMinutes: 60,
              reportDays: 90,
            },
          },
        },
      },
      metrics: { destination: `${name}-traces`, keepTraces: true, collector: asked.collector, prober: asked.prober },
    },
    release: {
      ...releaseStages(asked.stages),
      steps: [10, 50, 100],
      observeSeconds: 60,
      smokeAttempts: 10,
      token: "CLOUDFLARE_API_TOKEN",
      accountId: "CLOUDFLARE_ACCOUNT_ID",
      healthcheckUrl: "HEALTHCHECK_URL",
      tags: "prod-*",
      migrationNotes: "Files under migrations/ that changed since the last release are listed; expand before contract",
    },
    telemetry: {
      dataSource: asked.dataSource,
      stages: scopes(asked.stages, (each) => ({ service: name, env: each })),
      signals: {
        health: { kind: "probe", description: "The health check, asked from outside", source: "blackbox" },
        requests: {
          kind: "events",
          description: "Requests that the Worker answered",
          total: { metric: "worker_requests_calls_total" },
          bad: { metric: "worker_requests_calls_total", where: { http_response_status_code: { matches: "5.." } } },
          status: "http_response_status_code",
        },
        latency: {
          kind: "latency",
          description: "How long requests take",
          metric: "worker_requests_duration_seconds",
          histogram: "classic",
          unit: "seconds",
          buckets: BUCKETS,
        },
        d1: {
          kind: "latency",
          description: "Queries of the database, as the Worker waits for them",
          metric: "worker_d1_duration_seconds",
          histogram: "classic",
          unit: "seconds",
          buckets: QUERY_BUCKETS,
        },
      },
      deployments: { series: { metric: "worker_versions_calls_total" }, sha: "faas_version" },
    },
    objectives: { ...AVAILABILITY, ...OBJECTIVES },
    alerts: { ...alertOnHealth(ROLLBACK), ...alertsOnRequests(ROLLBACK) },
    dashboard: dashboard(
      panelsOfRequests({
        d1: { kind: "latency", title: "D1 latency", signal: "d1", quantiles: [0.5, 0.95] },
        availability: { kind: "attainment", title: "Availability (30 d)", objective: "availability" },
        deployment: { kind: "last-deployment", title: "Last deployment" },
      }),
    ),
    ...people(asked, "platform"),
    runbooks: ["on-call", "incident-template", "d1-backup-and-restore", "secret-leak", "error-budget"],
  };
  return {
    service,
    comments: {
      ...PIPELINE_COMMENTS,
      "edge.d1.main.backup.criticalTables": "Add the tables that must never come back empty, once there are some.",
    },
  };
}

function settings(
  asked: NewEdgeService,
  { backups, drills }: { readonly backups: string; readonly drills: string },
): Service["settings"] {
  const { name } = asked;
  const derived = (from: "cloudflare.accountId" | "d1.main.id" | "d1.main.name" | "health.url", more: string[] = []) =>
    byStage([...asked.stages, ...more], () => ({ from }));
  return {
    CLOUDFLARE_API_TOKEN: {
      kind: "secret",
      description: "Deploys the Worker and migrates the database",
      owner: "platform",
      local: "optional",
      environments: asked.stages,
      rotateEveryDays: 90,
      token: { provider: "cloudflare", permissions: ["Workers Scripts Write", "D1 Write"] },
    },
    CLOUDFLARE_BACKUP_TOKEN: {
      kind: "secret",
      description: "Exports the database, and restores it into a clone in the drill",
      owner: "platform",
      local: "absent",
      environments: [backups, drills],
      rotateEveryDays: 90,
      token: { provider: "cloudflare", permissions: ["D1 Write"] },
    },
    CLOUDFLARE_ACCOUNT_ID: {
      kind: "variable",
      description: "The Cloudflare account",
      owner: "platform",
      local: "see the dashboard",
      environments: derived("cloudflare.accountId", [backups, drills]),
    },
    APP_ENV: {
      kind: "variable",
      description: "Which settings the application loads",
      owner: "maintainers",
      local: "dev",
      ci: "ci",
      environments: byStage(asked.stages, (stage) => stage),
    },
    D1_DATABASE_ID: {
      kind: "variable",
      description: "Id of the database",
      owner: "maintainers",
      local: "local",
      environments: derived("d1.main.id", [backups, drills]),
    },
    D1_DATABASE_NAME: {
      kind: "variable",
      description: "Name of the database",
      owner: "maintainers",
      local: `${name}-local`,
      environments: derived("d1.main.name", [backups, drills]),
    },
    HEALTHCHECK_URL: {
      kind: "variable",
      description: "What the smoke check asks after a deployment",
      owner: "maintainers",
      local: "http://localhost:8787/health",
      environments: derived("health.url"),
    },
    BACKUP_R2_ACCESS_KEY_ID: {
      kind: "secret",
      description: "Key id of the R2 token that writes backups to the bucket",
      owner: "platform",
      local: "absent",
      environments: [backups, drills],
      rotateEveryDays: 90,
    },
    BACKUP_R2_SECRET_ACCESS_KEY: {
      kind: "secret",
      description: "Key of the R2 token that writes backups to the bucket",
      owner: "platform",
      local: "absent",
      environments: [backups, drills],
      rotateEveryDays: 90,
    },
    BACKUP_AGE_RECIPIENT: {
      kind: "variable",
      description: "Public age recipient that backups are encrypted for",
      owner: "security",
      environments: { [backups]: asked.backupRecipient },
    },
    BACKUP_AGE_IDENTITY: {
      kind: "secret",
      description: "age identity that decrypts backups",
      owner: "security",
      local: "absent",
      environments: [drills],
      rotateEveryDays: 365,
    },
  };
}
