import type { Organization } from "../declaration/organization";
import type { Service } from "../declaration/service";
import { byStage, type Draft, hostIn, type NewRailwayService, releaseStages } from "./asked";
import { MIGRATION_DOCUMENTS, PIPELINE_COMMENTS, POSTGRES_VERSION, pipeline } from "./pipeline";
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

const ROLLBACK = "A deployment within the hour: roll it back first, and understand it later.";

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** An API on Railway with a Postgres database, its dumps, and deployments with smoke tests and rollback. */
export function railwayService(asked: NewRailwayService, organization: Organization): Draft {
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
          paths: [
            "/migrations/",
            ...Object.values(MIGRATION_DOCUMENTS).map((path) => `/${path}`),
            "/scripts/backup-postgres.sh",
            "/scripts/restore-postgres.sh",
          ],
          responsible: ["maintainers"],
          accountable: "platform",
          consulted: ["security"],
          informed: ["platform"],
        },
      },
      { role: "platform", accountable: "maintainers", paths: [] },
    ),
    repository: repository(organization, asked, ["railway", "postgres"]),
    ...pipeline(organization, asked, { migrations: "migrations", testedAgain: true }),
    stages: stages(organization, asked, {
      reviewer: "maintainers",
      unattended: {
        [stage]: {
          [backups]: { description: "The daily dump of the database", branches: ["main"] },
          [drills]: { description: "The monthly restore drill", branches: ["main"] },
        },
      },
    }),
    settings: settings(asked, { backups, drills }),
    postgres: {
      stage,
      version: POSTGRES_VERSION,
      url: "DATABASE_PUBLIC_URL",
      schedule: "0 9 * * *",
      environment: backups,
      keepDays: 30,
      recipient: "BACKUP_AGE_RECIPIENT",
      keyTables: { schema_migrations: 1 },
      drill: {
        schedule: "30 11 1 * *",
        environment: drills,
        identity: "BACKUP_AGE_IDENTITY",
        newestWithinHours: 36,
        withinMinutes: 60,
        reportDays: 90,
      },
    },
    railway: {
      ...releaseStages(asked.stages),
      service: name,
      environments: byStage(asked.stages, (each) => each),
      urls: byStage(asked.stages, (each) => `https://${hostIn(asked, each)}`),
      healthPath: "/health",
      commitField: "commit",
      waitMinutes: 15,
      token: "RAILWAY_TOKEN",
      unitTests: "unit",
      migrations: {
        directory: "migrations",
        command: ["npm", "run", "migrate"],
        databaseUrl: "DATABASE_PUBLIC_URL",
        table: "schema_migrations",
        column: "version",
        withinMinutes: 20,
        notes: "Files under migrations/ that changed since the last release are listed; expand before contract",
      },
      smoke: {
        keyHeader: "Authorization",
        keyScheme: "Bearer",
        list: { path: "/v1/items?limit=1", key: "SMOKE_KEY" },
        preview: { path: "/v1/items/preview", key: "SMOKE_KEY", body: '{"dryRun":true}' },
        audit: { path: "/v1/audit-logs?limit=1", key: "ADMIN_KEY" },
        webhook: {
          path: "/v1/webhooks",
          body: '{"event":"smoke-test"}',
          secret: "WEBHOOK_SIGNING_SECRET",
          header: "X-Signature",
          prefix: "sha256=",
        },
        rateLimitHeaders: ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"],
        burst: { path: "/v1/items?limit=1", key: "SMOKE_KEY", requests: 65 },
      },
      tags: "prod-*",
      evidenceDays: 90,
    },
    telemetry: {
      dataSource: asked.dataSource,
      stages: scopes(asked.stages, (each) => ({ service: name, env: each })),
      signals: {
        health: {
          kind: "probe",
          description: "The health check, asked from outside",
          source: "blackbox",
          where: { job: "blackbox" },
        },
        requests: {
          kind: "events",
          description: "Requests that the API answered",
          total: { metric: "http_requests_total" },
          bad: { metric: "http_requests_total", where: { code: { matches: "5.." } } },
          status: "code",
        },
        latency: {
          kind: "latency",
          description: "How long requests take",
          metric: "http_request_duration_seconds",
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
      "postgres.keyTables": "Add the tables that must never be lost, once there are some.",
      "railway.smoke": "What the API must answer before a deployment counts; correct the paths to those that it has.",
    },
  };
}

function settings(
  { stages, backupRecipient }: NewRailwayService,
  { backups, drills }: { readonly backups: string; readonly drills: string },
): Service["settings"] {
  const key = (description: string, rotateEveryDays: number) =>
    ({
      kind: "secret",
      description,
      owner: "maintainers",
      local: "required",
      environments: stages,
      rotateEveryDays,
    }) as const;
  return {
    RAILWAY_TOKEN: {
      kind: "secret",
      description: "Railway project token of the stage's environment: deploys and rolls back",
      owner: "platform",
      local: "absent",
      environments: stages,
      rotateEveryDays: 90,
    },
    DATABASE_PUBLIC_URL: {
      kind: "secret",
      description: `URL of Postgres from outside Railway; in ${backups} that of a role that only reads`,
      owner: "platform",
      local: "optional",
      environments: [...stages, backups],
      rotateEveryDays: 90,
    },
    ADMIN_KEY: key("API key that may read audit logs; the smoke tests use it", 90),
    SMOKE_KEY: key("API key of the smoke tests, which use up its rate limit", 90),
    WEBHOOK_SIGNING_SECRET: key("Signs the bodies of webhooks with HMAC-SHA256", 180),
    BACKUP_AGE_RECIPIENT: {
      kind: "variable",
      description: "Public age recipient that dumps are encrypted for",
      owner: "security",
      environments: { [backups]: backupRecipient },
    },
    BACKUP_AGE_IDENTITY: {
      kind: "secret",
      description: "age identity that decrypts dumps",
      owner: "security",
      local: "absent",
      environments: [drills],
      rotateEveryDays: 365,
    },
  };
}
