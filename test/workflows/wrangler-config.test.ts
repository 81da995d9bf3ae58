import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Edge } from "../../declaration/edge";
import type { Service } from "../../declaration/service";
import { openclawPos } from "../../services/openclaw-pos";
import { wranglerPlaceholders, wranglerTemplate } from "../../workflows/wrangler-config";

const service: Service & { readonly edge: Edge } = openclawPos;

function configOf(source: Parameters<typeof wranglerTemplate>[0]) {
  return JSON.parse(wranglerTemplate(source).content.replace(/^\/\/.*$/gm, ""));
}

describe("the template of wrangler's configuration", () => {
  const config = configOf(service);

  it("has a section for every stage, with the Worker's own name and bindings", () => {
    const { observability: _observability, ...production } = config.env.production;
    expect(production).toEqual({
      name: "openclaw-pos",
      vars: { APP_ENV: "production" },
      d1_databases: [
        {
          binding: "DB",
          database_name: "openclaw-pos",
          database_id: "${D1_DATABASE_ID}",
          migrations_dir: "migrations",
        },
      ],
    });
    expect(config.env.staging.name).toBe("openclaw-pos-staging");
  });

  it("is for local work without --env: no name or id of anything that exists", () => {
    expect(config.name).toBe("openclaw-pos-local");
    expect(config.vars).toEqual({ APP_ENV: "dev" });
    expect(config.d1_databases[0]).toMatchObject({ database_name: "openclaw-pos-local", database_id: "local" });
  });

  it("exports spans from the stages that telemetry is about, and from no other (POS-14)", () => {
    const { staging: _staging, ...stages } = service.telemetry?.stages ?? {};
    const only = configOf({ ...service, telemetry: service.telemetry && { ...service.telemetry, stages } });
    const traces = { enabled: true, head_sampling_rate: 1, persist: true, destinations: ["pos-traces"] };
    expect(only.env.production.observability.traces).toEqual(traces);
    expect(only.env.staging.observability).toBeUndefined();
    expect(only.observability).toEqual({
      enabled: true,
      head_sampling_rate: 1,
      logs: { enabled: true, head_sampling_rate: 1, invocation_logs: true },
    });
  });

  it("leaves addresses and schedules to Terraform", () => {
    expect(config).toMatchObject({ workers_dev: false, preview_urls: false });
    expect(wranglerTemplate(service).content).not.toMatch(/routes|triggers|crons/);
  });

  it("names the variables that fill it in", () => {
    expect(wranglerPlaceholders(service, "production")).toEqual(["D1_DATABASE_ID"]);
  });

  it("binds namespaces and buckets too", () => {
    const names = { staging: "s", production: "p" };
    const edge: Edge = {
      ...service.edge,
      kv: { cache: { names, binding: "CACHE" } },
      buckets: { files: { names, binding: "FILES" } },
    };
    const settings: Service["settings"] = {
      ...service.settings,
      CACHE_ID: {
        kind: "variable",
        description: "Cache",
        owner: "platform",
        environments: { staging: { from: "kv.cache.id" }, production: { from: "kv.cache.id" } },
      },
    };
    const both = configOf({ ...service, settings, edge });
    expect(both.env.staging.kv_namespaces).toEqual([{ binding: "CACHE", id: "${CACHE_ID}" }]);
    expect(both.env.production.r2_buckets).toEqual([{ binding: "FILES", bucket_name: "p" }]);
    expect(wranglerPlaceholders({ ...service, settings, edge }, "staging")).toEqual(["CACHE_ID", "D1_DATABASE_ID"]);
  });

  it("can't bind a database whose id no variable carries", () => {
    const { D1_DATABASE_ID: _id, ...settings } = service.settings;
    expect(() => wranglerTemplate({ ...service, settings })).toThrow(
      'service "openclaw-pos", stage "staging": the Worker binds d1.main.id, and no variable of the environment carries it; add a setting',
    );
  });
});

const WRANGLER = resolve(__dirname, "../../node_modules/.bin/wrangler");
const present = spawnSync(WRANGLER, ["--version"]).status === 0;

(present ? describe : describe.skip)(`wrangler${present ? "" : " (skipped: it does not start here)"}`, () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "wrangler-"));
    mkdirSync(join(root, "src"));
    writeFileSync(join(root, "src/index.ts"), 'export default { fetch: () => new Response("ok") };\n');
    const id = "11111111-2222-3333-4444-555555555555";
    writeFileSync(join(root, "wrangler.jsonc"), wranglerTemplate(service).content.replaceAll("${D1_DATABASE_ID}", id));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it("takes the filled-in template for a version of production", () => {
    const run = spawnSync(WRANGLER, ["versions", "upload", "--dry-run", "--env", "production"], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "true" },
    });
    expect(run.stdout).toContain("env.DB (openclaw-pos)");
    expect(run.stdout).toContain('env.APP_ENV ("production")');
    expect(run.stdout + run.stderr).not.toMatch(/warning|unexpected/i);
    expect(run.status).toBe(0);
  });
});
