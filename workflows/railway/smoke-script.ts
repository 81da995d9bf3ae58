import { railwayStages } from "../../declaration/railway-stages";
import { JOB_MESSAGES } from "../job-messages";
import { CONNECTION_FUNCTIONS } from "../postgres/connection-functions";
import type { RenderedFile } from "../rendered-file";
import { shellScript } from "../shell-script";
import type { Deployable } from "./deployable";
import { SMOKE_CHECKS } from "./smoke-checks";
import { SMOKE_FUNCTIONS } from "./smoke-functions";

export const SMOKE_SCRIPT = "scripts/smoke-test.sh";

/** The secrets that the smoke tests are made with, each once. */
export function smokeKeys({ smoke }: Deployable["railway"]): readonly string[] {
  return [...new Set([smoke.list.key, smoke.preview.key, smoke.audit.key, smoke.burst.key])];
}

/** `scripts/smoke-test.sh`: asks a deployment from outside what must be true of it before it counts as released. */
export function smokeScript({ name, railway }: Deployable): RenderedFile {
  const { migrations, smoke } = railway;
  return shellScript({
    service: name,
    path: SMOKE_SCRIPT,
    about: [
      "Smoke test of a stage: every check is a line, PASS or FAIL, with what came and what was expected. Exits 1 when any failed.",
      `Reads STAGE, ${smokeKeys(railway).join(", ")}, ${smoke.webhook.secret}, DATABASE_URL, and SOURCE (the working copy that was deployed).`,
      "RELEASE_SHA: the commit that must answer. MODE=rollback: the database may be ahead. SERVICE_URL: another place than the stage's.",
      "The report is EVIDENCE/smoke.json.",
    ],
    constants: {
      URLS: new Map(railwayStages(railway).map((stage) => [stage, railway.urls[stage] ?? ""])),
      HEALTH_PATH: railway.healthPath,
      COMMIT_FIELD: railway.commitField ?? "",
      KEYS: smokeKeys(railway),
      KEY_HEADER: smoke.keyHeader,
      KEY_SCHEME: smoke.keyScheme ?? "",
      LIST: endpoint(smoke.list),
      PREVIEW: endpoint(smoke.preview),
      AUDIT: endpoint(smoke.audit),
      RATE_LIMIT_HEADERS: smoke.rateLimitHeaders,
      WEBHOOK_PATH: smoke.webhook.path,
      WEBHOOK_BODY: smoke.webhook.body,
      WEBHOOK_SECRET: smoke.webhook.secret,
      SIGNATURE_HEADER: smoke.webhook.header,
      SIGNATURE_PREFIX: smoke.webhook.prefix ?? "",
      BURST_PATH: smoke.burst.path,
      BURST_KEY: smoke.burst.key,
      BURST_REQUESTS: smoke.burst.requests,
      MIGRATIONS: migrations.directory,
      MIGRATION_QUERY: `SELECT ${quoted(migrations.column)}::text FROM ${quoted(migrations.table)}`,
    },
    parts: [JOB_MESSAGES, SMOKE_FUNCTIONS, CONNECTION_FUNCTIONS, SMOKE_CHECKS],
  });
}

function endpoint({ path, key, body }: Deployable["railway"]["smoke"]["list"]): readonly string[] {
  return [path, key, body ?? ""];
}

/** An identifier of SQL, with its schema if it has one. */
function quoted(name: string): string {
  return name
    .split(".")
    .map((part) => `"${part}"`)
    .join(".");
}
