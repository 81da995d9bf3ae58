import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { askedOf } from "../../../declaration/checks/worker-signals";
import { counterOf, SPAN_SERIES } from "../../../declaration/worker-series";
import { openclawPos } from "../../../services/openclaw-pos";
import { organization } from "../../../services/organization";
import { COLLECTOR_FILE, COLLECTOR_TOKEN } from "../../../workflows/telemetry/collector-file";
import { telemetryFiles } from "../../../workflows/telemetry/telemetry-files";
import { describeWith } from "../../support/programs";
import { type Export, otlp, query, request } from "./worker-spans";

const OTELCOL = "otelcol-contrib";
const TOKEN = "a-token-of-this-test";
const config = telemetryFiles(openclawPos, organization).find(({ path }) => path === COLLECTOR_FILE)?.content ?? "";

const EXPORTS: readonly Export[] = [
  {
    worker: "openclaw-pos",
    version: "abc1234",
    colo: "LHR",
    spans: [
      request({ method: "GET", status: 200, milliseconds: 480 }),
      request({ method: "GET", status: 200, milliseconds: 3, path: "/health" }),
      request({ method: "GET", status: 500, milliseconds: 19, outcome: "exception" }),
      request({ method: "GET", milliseconds: 30, outcome: "exceededCpu" }),
      request({ method: "POST", milliseconds: 30, outcome: "canceled" }),
      request({ method: "POST", status: 201, milliseconds: 1150 }),
      request({ method: "BREW", status: 418, milliseconds: 1 }),
      query("all", 7),
      query("run", 30, "no such table: orders"),
      { ...query("first", 30), failed: true },
    ],
  },
  {
    worker: "openclaw-pos",
    version: "abc1234",
    colo: "FRA",
    spans: [request({ method: "GET", status: 200, milliseconds: 520 })],
  },
  {
    worker: "openclaw-pos",
    version: "def5678",
    colo: "FRA",
    spans: [
      request({ method: "GET", status: 200, milliseconds: 3, path: "/health?deep" }),
      request({ method: "POST", status: 503, milliseconds: 9 }),
    ],
  },
  {
    worker: "openclaw-pos-staging",
    version: "def5678",
    colo: "FRA",
    spans: [request({ method: "GET", status: 404, milliseconds: 9 })],
  },
  {
    worker: "somebody-elses",
    version: "1",
    colo: "FRA",
    spans: [request({ method: "GET", status: 200, milliseconds: 9 })],
  },
];

const METRICS = Object.values(SPAN_SERIES).map(counterOf);

/** Series with their labels sorted, so that they can be named. */
type Series = ReadonlyMap<string, number>;

describeWith([OTELCOL], "a real collector with openclaw-pos' configuration", () => {
  let directory: string;
  let collector: ChildProcess;
  let receiver: string;
  let series: Series;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "collector-"));
    const [receive, expose] = [await freePort(), await freePort()];
    receiver = `http://127.0.0.1:${receive}/v1/traces`;
    const file = join(directory, "collector.yaml");
    writeFileSync(
      file,
      config
        .replace("0.0.0.0:4318", `127.0.0.1:${receive}`)
        .replace("0.0.0.0:8889", `127.0.0.1:${expose}`)
        .replaceAll('metrics_flush_interval: "15s"', 'metrics_flush_interval: "200ms"')
        // Its own metrics would want a port of their own.
        .concat("  telemetry:\n    metrics:\n      level: none\n"),
    );
    collector = spawn(OTELCOL, ["--config", file], {
      stdio: "ignore",
      env: { ...process.env, [COLLECTOR_TOKEN]: TOKEN },
    });
    await until(async () => (await send(receiver, TOKEN, otlp(EXPORTS))) === 200);
    await until(async () => {
      series = read(await (await fetch(`http://127.0.0.1:${expose}/metrics`)).text());
      // A new series is 0 first, so that its beginning is an increase too.
      return METRICS.every((metric) => [...series].some(([key, value]) => key.startsWith(`${metric}{`) && value > 0));
    });
  }, 60_000);

  afterAll(async () => {
    if (collector.exitCode === null) {
      collector.kill();
      await once(collector, "exit");
    }
    rmSync(directory, { recursive: true, force: true });
  });

  const requests = (env: string, method: string, status: number, version = "abc1234") =>
    series.get(
      `worker_requests_calls_total{env="${env}",faas_version="${version}",http_request_method="${method}",http_response_status_code="${status}",service="openclaw-pos"}`,
    );

  it("takes nothing without the token", async () => {
    expect(await send(receiver, "another", otlp(EXPORTS))).toBe(401);
  });

  it("has every metric and label that the declared signals ask for", () => {
    const asked = askedOf(openclawPos.telemetry, openclawPos.dashboard).filter(({ as }) => as !== "probe");
    expect(asked.length).toBeGreaterThan(8);
    for (const { metric, as, labels } of asked) {
      const name = as === "histogram" ? `${metric}_bucket` : metric;
      const lines = [...series.keys()].filter((key) => key.startsWith(`${name}{`));
      expect(lines).not.toEqual([]);
      for (const { label } of labels) expect(lines.join("\n")).toContain(`${label}="`);
    }
  });

  it("counts requests of all places together, health checks and others' Workers not at all", () => {
    expect(requests("production", "GET", 200)).toBe(2);
    expect(requests("staging", "GET", 404, "def5678")).toBe(1);
    expect([...series.keys()].filter((key) => /somebody|colo|invocation/.test(key))).toEqual([]);
  });

  it("counts a crash, and an invocation that was killed, as a 500; a client that left as a 499", () => {
    expect(requests("production", "GET", 500)).toBe(2);
    expect(requests("production", "POST", 499)).toBe(1);
  });

  it("has one series for all methods that nobody knows", () => {
    expect(requests("production", "_OTHER", 418)).toBe(1);
  });

  it("puts durations into the buckets that the thresholds are at", () => {
    const within = (method: string, status: number, le: string) =>
      series.get(
        `worker_requests_duration_seconds_bucket{env="production",faas_version="abc1234",http_request_method="${method}",http_response_status_code="${status}",le="${le}",service="openclaw-pos"}`,
      );
    expect([within("GET", 200, "0.25"), within("GET", 200, "0.5"), within("GET", 200, "0.75")]).toEqual([0, 1, 2]);
    expect([within("POST", 201, "0.9"), within("POST", 201, "1.2"), within("POST", 201, "+Inf")]).toEqual([0, 1, 1]);
  });

  it("counts queries, and failed ones whatever the database said", () => {
    const queries = (labels: string) =>
      series.get(`worker_d1_calls_total{db_operation_name=${labels},service="openclaw-pos"}`);
    expect(queries('"all",env="production"')).toBe(1);
    expect(queries('"run",env="production",error_type="_OTHER"')).toBe(1);
    expect(queries('"first",env="production",error_type="_OTHER"')).toBe(1);
  });

  it("tells a new version from the stable one, for the gate", () => {
    expect(requests("production", "POST", 503, "def5678")).toBe(1);
  });

  it("knows which versions serve, though only health checks come", () => {
    const versions = (version: string, env: string) =>
      series.get(`worker_versions_calls_total{env="${env}",faas_version="${version}",service="openclaw-pos"}`);
    expect([versions("abc1234", "production"), versions("def5678", "production")]).toEqual([8, 2]);
    expect(versions("def5678", "staging")).toBe(1);
  });

  it("doesn't start without a token", () => {
    const file = join(directory, "unset.yaml");
    writeFileSync(file, config);
    const { [COLLECTOR_TOKEN]: _token, ...env } = process.env;
    const run = spawnSync(OTELCOL, ["validate", "--config", file], { encoding: "utf8", env });
    expect(run.stderr).toContain("no bearer token provided");
    expect(run.status).not.toBe(0);
  });
});

/** Waits for what becomes true soon; Jest's own limit ends what doesn't. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition().catch(() => false))) await wait(100);
}

async function send(url: string, token: string, body: string): Promise<number> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  return (await fetch(url, { method: "POST", headers, body })).status;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("a socket without a port");
  return address.port;
}

/** Prometheus' text format; `job` is the collector's, and Prometheus puts its own in its place. */
function read(text: string): Series {
  return new Map(
    [...text.matchAll(/^(\w+)\{(.*)\} (\S+)$/gm)].map(([, name, labels = "", value]) => {
      const sorted = labels
        .split(/,(?=\w+=)/)
        .filter((label) => !label.startsWith("job="))
        .sort();
      return [`${name}{${sorted.join(",")}}`, Number(value)] as const;
    }),
  );
}
