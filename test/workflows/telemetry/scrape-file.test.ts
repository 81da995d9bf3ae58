import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import type { Service } from "../../../declaration/service";
import { openclawPos } from "../../../services/openclaw-pos";
import { organization } from "../../../services/organization";
import { SCRAPE_FILE } from "../../../workflows/telemetry/scrape-file";
import { telemetryFiles } from "../../../workflows/telemetry/telemetry-files";
import { changed } from "../../declaration/change";
import { describeWith } from "../../support/programs";

const service: Service = openclawPos;

function fileOf(of: Service, by = organization): string {
  const file = telemetryFiles(of, by).find(({ path }) => path === SCRAPE_FILE);
  if (file === undefined) throw new Error("no scrape file");
  return file.content;
}

const [health, collector] = parse(fileOf(service)).scrape_configs;

describe("what Prometheus scrapes", () => {
  it("is the health check of each stage, under the labels of the stage", () => {
    expect(health.static_configs).toEqual([
      { targets: ["https://pos-staging.example.com/health"], labels: { service: "openclaw-pos", env: "staging" } },
      { targets: ["https://pos.example.com/health"], labels: { service: "openclaw-pos", env: "production" } },
    ]);
    expect(health.relabel_configs.at(-1)).toEqual({
      target_label: "__address__",
      replacement: "blackbox-exporter.example.com:9115",
    });
  });

  it("is of the collector only what is the service's", () => {
    expect(collector.static_configs).toEqual([{ targets: ["otel-collector.example.com:8889"] }]);
    expect(collector.metric_relabel_configs).toEqual([
      { source_labels: ["service", "env"], regex: "openclaw-pos;staging|openclaw-pos;production", action: "keep" },
    ]);
  });

  it("matches labels as they stand, also where a stage lacks one of them", () => {
    const stages = {
      staging: { where: { env: "a.b|c" }, notify: false },
      production: { where: { env: "p", region: "(eu)" }, notify: true },
    };
    const [, of] = parse(fileOf(changed(service, { "telemetry.stages": stages }))).scrape_configs;
    expect(of.metric_relabel_configs).toMatchObject([
      { source_labels: ["env", "region"], regex: "a\\.b\\|c;|p;\\(eu\\)" },
    ]);
  });

  it("is asked as often as the data source says, and waited for no longer than that", () => {
    expect([health, collector]).toMatchObject(Array(2).fill({ scrape_interval: "15s", scrape_timeout: "10s" }));
    const quick = changed(organization, { "grafana.dataSources.metrics.scrapeSeconds": 5 });
    const [of] = parse(fileOf(service, quick)).scrape_configs;
    expect(of).toMatchObject({ scrape_interval: "5s", scrape_timeout: "5s" });
  });
});

describeWith(["promtool"], "promtool", () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "scrape-"));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it.each([
    ["openclaw-pos'", service],
    ["hostile", changed(service, { "telemetry.stages.staging.where.env": "a\"'$1: {#} (" })],
  ])("takes %s configuration", (_whose, of) => {
    const file = join(directory, "prometheus.yml");
    writeFileSync(file, fileOf(of));
    const run = spawnSync("promtool", ["check", "config", file], { encoding: "utf8" });
    expect(run.stderr + run.stdout).toContain("SUCCESS");
    expect(run.status).toBe(0);
  });
});
