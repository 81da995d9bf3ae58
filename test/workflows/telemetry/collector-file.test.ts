import { parse } from "yaml";
import type { Service } from "../../../declaration/service";
import { openclawPos } from "../../../services/openclaw-pos";
import { organization } from "../../../services/organization";
import { COLLECTOR_FILE } from "../../../workflows/telemetry/collector-file";
import { telemetryFiles } from "../../../workflows/telemetry/telemetry-files";
import { changed } from "../../declaration/change";

const service: Service = openclawPos;

function fileOf(of: Service): string {
  const file = telemetryFiles(of, organization).find(({ path }) => path === COLLECTOR_FILE);
  if (file === undefined) throw new Error("no collector file");
  return file.content;
}

const configOf = (of: Service) => parse(fileOf(of));
const config = configOf(service);

describe("the collector's configuration", () => {
  it("is the same for the same declaration, and says what made it", () => {
    expect(fileOf(structuredClone(service))).toBe(fileOf(service));
    expect(fileOf(service)).toMatch(/^# Made by Gatehouse from services\/openclaw-pos\.ts; do not edit\./);
  });

  it("has a bucket at every threshold of objectives and alerts", () => {
    const buckets: readonly string[] =
      config.connectors["spanmetrics/openclaw-pos-requests"].histogram.explicit.buckets;
    expect(buckets).toEqual(expect.arrayContaining(["500ms", "900ms", "1200ms"]));
    const wanted = [
      ...Object.values(service.objectives ?? {}).flatMap(({ thresholdSeconds }) => thresholdSeconds ?? []),
      ...Object.values(service.alerts ?? {}).flatMap((alert) =>
        alert.kind === "latency-above" ? alert.aboveSeconds : [],
      ),
    ];
    expect(wanted.length).toBe(3);
    for (const seconds of wanted) expect(buckets).toContain(`${seconds * 1000}ms`);
  });

  it("writes buckets without the noise of floating point", () => {
    const signal = { ...service.telemetry?.signals.d1, buckets: [0.001, 0.07, 0.29, 1.1] };
    const { connectors } = configOf(changed(service, { "telemetry.signals.d1": signal }));
    expect(connectors["spanmetrics/openclaw-pos-queries"].histogram).toEqual({
      unit: "s",
      explicit: { buckets: ["1ms", "70ms", "290ms", "1100ms"] },
    });
  });

  it("tells series apart by the stage and by few attributes, not by colo, path or invocation", () => {
    const dimensions = (kind: string) =>
      config.connectors[`spanmetrics/openclaw-pos-${kind}`].dimensions.map(({ name }: { name: string }) => name);
    expect(dimensions("requests")).toEqual([
      "service",
      "env",
      "http.request.method",
      "http.response.status_code",
      "faas.version",
    ]);
    expect(dimensions("queries")).toEqual(["service", "env", "db.operation.name", "error.type"]);
    expect(dimensions("versions")).toEqual(["service", "env", "faas.version"]);
    for (const { resource_metrics_key_attributes: source } of Object.values<Record<string, string[]>>(
      config.connectors,
    )) {
      expect(source?.[0]).toBe("service.name");
    }
  });

  it("counts no health checks as requests", () => {
    expect(config.processors["filter/openclaw-pos-requests"].traces.span).toEqual(
      expect.arrayContaining([
        'span.attributes["url.path"] == "/health"',
        // The collector reads $$ as $.
        'IsMatch(span.attributes["url.full"], "^https?://[^/?#]+/health(?:[?#].*)?$$")',
      ]),
    );
    const dotted = configOf(changed(service, { "edge.worker.healthPath": "/health.json" }));
    expect(dotted.processors["filter/openclaw-pos-requests"].traces.span.join("\n")).toContain("/health[.]json(?:");
  });

  it("connects every part that it declares, under names that another service's file doesn't have", () => {
    const { pipelines, extensions } = config.service;
    const used = (part: "receivers" | "processors" | "exporters") =>
      new Set(Object.values<Record<string, string[]>>(pipelines).flatMap((pipeline) => pipeline[part] ?? []));
    expect([...used("processors")].sort()).toEqual(Object.keys(config.processors).sort());
    for (const connector of Object.keys(config.connectors)) {
      expect(used("receivers")).toContain(connector);
      expect(used("exporters")).toContain(connector);
    }
    expect(extensions).toEqual(Object.keys(config.extensions));
    const other = configOf({ ...service, name: "other" });
    for (const part of ["processors", "connectors"]) {
      expect(Object.keys(other[part]).filter((name) => name in config[part])).toEqual([]);
    }
  });

  it("makes no histogram that no signal asks for, and no queries without a database", () => {
    const { d1: _d1, "d1-queries": _queries, ...signals } = service.telemetry?.signals ?? {};
    const { d1: _database, ...edge } = service.edge ?? {};
    expect(configOf(changed(service, { "telemetry.signals": signals })).connectors).toMatchObject({
      "spanmetrics/openclaw-pos-queries": { histogram: { disable: true } },
    });
    const without = configOf(changed(service, { "telemetry.signals": signals, edge }));
    expect(Object.keys(without.connectors)).toEqual([
      "spanmetrics/openclaw-pos-requests",
      "spanmetrics/openclaw-pos-versions",
    ]);
  });

  it("keeps hostile labels text: no variable of the collector, no end of a statement", () => {
    const label = '${env:OTLP_TOKEN}" or true #\\';
    const { processors } = configOf(changed(service, { "telemetry.stages.production.where.env": label }));
    expect(processors["transform/openclaw-pos-versions"].trace_statements[3]).toBe(
      'set(span.attributes["env"], "$${env:OTLP_TOKEN}\\" or true #\\\\") where resource.attributes["service.name"] == "openclaw-pos"',
    );
  });
});

describe("the files for collector and Prometheus", () => {
  it("are those of services that say how their Worker is measured", () => {
    const { metrics: _metrics, ...edge } = service.edge ?? {};
    expect(telemetryFiles(changed(service, { edge }), organization)).toEqual([]);
    expect(telemetryFiles(service, organization).map(({ path }) => path)).toEqual([
      "observability/collector.yaml",
      "observability/prometheus-scrape.yml",
    ]);
  });

  it("can't be made for a data source that the organization lacks", () => {
    expect(() => telemetryFiles(service, { ...organization, grafana: undefined })).toThrow(
      'service "openclaw-pos": telemetry.dataSource is "metrics", which the organization\'s grafana.dataSources doesn\'t have; declare it',
    );
  });

  it("can't be made for a stage without a Worker, a written label or an address", () => {
    const files = (changes: Record<string, unknown>) => () => telemetryFiles(changed(service, changes), organization);
    expect(files({ "telemetry.stages.qa": { where: { env: "qa" }, notify: false } })).toThrow(
      'service "openclaw-pos": telemetry has the stage "qa", which has no Worker; name it in edge.workers',
    );
    expect(files({ "telemetry.stages.staging.where.env": { not: "production" } })).toThrow(
      'service "openclaw-pos": telemetry.stages.staging.where.env is {"not":"production"}; the collector needs a value to write',
    );
    expect(files({ "edge.addresses": {} })).toThrow(
      'service "openclaw-pos": no address under which the health check of the stage "staging" answers; give edge.addresses.staging a hostname',
    );
  });
});
