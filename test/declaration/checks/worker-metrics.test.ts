import { REMOVED } from "../change";
import { posRefusals } from "../fixture";

const COUNTERS =
  'one of the counters that there are: "worker_requests_calls_total", "worker_versions_calls_total", "worker_d1_calls_total"';

describe("signals ask for series that the Worker's spans become", () => {
  test("openclaw-pos' do", () => {
    expect(posRefusals({})).toEqual([]);
  });

  test("a metric that nobody makes is refused, with the one that was meant", () => {
    expect(posRefusals({ "telemetry.signals.d1-queries.bad.metric": "worker_d1_call_total" })).toEqual([
      {
        path: "telemetry.signals.d1-queries.bad.metric",
        came: "\"worker_d1_call_total\", which the Worker's spans don't become",
        expected: COUNTERS,
        remedy: 'name one of them, or add it to edge.metrics.otherMetrics; did you mean "worker_d1_calls_total"?',
      },
    ]);
  });

  test("a histogram is no counter, and the other way round", () => {
    expect(posRefusals({ "telemetry.deployments.series.metric": "worker_d1_duration_seconds" })).toMatchObject([
      { path: "telemetry.deployments.series.metric", expected: COUNTERS },
    ]);
    expect(posRefusals({ "telemetry.signals.d1.metric": "worker_d1_calls_total" })).toMatchObject([
      {
        path: "telemetry.signals.d1.metric",
        expected:
          'one of the histograms that there are: "worker_requests_duration_seconds", "worker_d1_duration_seconds"',
      },
    ]);
  });

  test("a metric from elsewhere is named as such", () => {
    const signal = "telemetry.signals.health.source";
    expect(posRefusals({ [signal]: "synthetic" })).toMatchObject([
      { path: signal, came: "\"probe_all_success_sum\", which the Worker's spans don't become" },
    ]);
    expect(posRefusals({ [signal]: "synthetic", "edge.metrics.otherMetrics": ["probe_all_success_sum"] })).toEqual([]);
  });

  test("a metric from elsewhere that no signal needs is refused", () => {
    expect(posRefusals({ "edge.metrics.otherMetrics": ["redis_up"] })).toEqual([
      {
        path: "edge.metrics.otherMetrics[0]",
        came: '"redis_up", which no signal needs here',
        expected: "metrics from elsewhere that signals ask for, each once",
        remedy: "remove it",
      },
    ]);
    expect(posRefusals({ "edge.metrics.otherMetrics": ["worker_d1_calls_total"] })).toMatchObject([
      { came: '"worker_d1_calls_total", which the Worker\'s own series include' },
    ]);
  });

  test("a label that the metric lacks is refused wherever it is written", () => {
    const labels =
      'one of the labels of worker_requests_calls_total: "http_request_method", "http_response_status_code", "faas_version", "service", "env"';
    expect(
      posRefusals({
        "telemetry.signals.requests.status": "code",
        "telemetry.signals.requests.bad.where": { status_code: { matches: "5.." } },
        "dashboard.panels.requests.by": "http_request_methods",
        "telemetry.deployments.sha": "revision",
      }),
    ).toMatchObject([
      {
        path: "telemetry.signals.requests.status",
        came: '"code", which worker_requests_calls_total doesn\'t have',
        expected: labels,
      },
      {
        path: "dashboard.panels.requests.by",
        remedy: 'name one of them; did you mean "http_request_method"?',
      },
      { path: "telemetry.signals.requests.bad.where.status_code", expected: labels },
      {
        path: "telemetry.deployments.sha",
        expected: 'one of the labels of worker_versions_calls_total: "faas_version", "service", "env"',
      },
    ]);
  });

  test("queries of a Worker without a database can't be asked for", () => {
    expect(
      posRefusals({ "edge.d1": REMOVED }, { stateful: {} }).filter(({ path }) => path.startsWith("telemetry")),
    ).toMatchObject([
      { path: "telemetry.signals.d1.metric" },
      { path: "telemetry.signals.d1-queries.total.metric" },
      { path: "telemetry.signals.d1-queries.bad.metric" },
    ]);
  });
});

describe("stages are told apart by labels that the collector can write", () => {
  test("an expression is no value to write", () => {
    expect(posRefusals({ "telemetry.stages.staging.where.service": { matches: "openclaw.*" } })).toEqual([
      {
        path: "telemetry.stages.staging.where.service",
        came: '{"matches":"openclaw.*"}',
        expected: "a value: the collector writes it on each series of the stage",
        remedy: 'write e.g. { env: "production" }',
      },
    ]);
  });

  test("a stage without any label would be everybody's", () => {
    expect(posRefusals({ "telemetry.stages": { production: { where: {}, notify: true } } })).toContainEqual({
      path: "telemetry.stages.production.where",
      came: "no label",
      expected: "a label at least: the collector writes it on each series of the stage",
      remedy: 'write e.g. { service: "…", env: "production" }',
    });
  });

  test("a label that the series have already would be overwritten", () => {
    expect(posRefusals({ "telemetry.stages.staging.where.job": "pos" })).toEqual([
      {
        path: "telemetry.stages.staging.where.job",
        came: '"job"',
        expected: "a label that the series don't have already",
        remedy: "choose another, e.g. service, env",
      },
    ]);
  });

  test("a stage without a Worker has no series", () => {
    const dev = { reviewers: [], preventSelfReview: false, waitMinutes: 0, branches: ["main"] };
    expect(
      posRefusals({ "stages.dev": dev, "telemetry.stages.dev": { where: { env: "dev" }, notify: false } }),
    ).toEqual([
      {
        path: "telemetry.stages.dev",
        came: '"dev", which has no Worker',
        expected: 'one of the stages with a Worker: the series come from it: "staging", "production"',
        remedy: "name its Worker in edge.workers, or drop the stage here",
      },
    ]);
  });

  test("a stage whose health check has no one address can't be probed", () => {
    expect(posRefusals({ "edge.addresses.staging": { route: "*.example.com/*", zone: "example.com" } })).toContainEqual(
      {
        path: "edge.addresses",
        came: 'no address of "staging" under which its health check answers',
        expected: "an address for each stage of telemetry: it is probed there",
        remedy: "give edge.addresses.staging a hostname, or a route that ends with /*",
      },
    );
  });
});

describe("the collector makes a histogram once", () => {
  test("two signals on it can't want different buckets", () => {
    expect(posRefusals({ "telemetry.signals.writes.buckets": [0.5, 0.9] })).toEqual([
      {
        path: "telemetry.signals.writes.buckets",
        came: '[0.5,0.9], beside [0.05,0.1,0.25,0.5,0.75,0.9,1.2,2.5,5,10] of "latency"',
        expected:
          "the same bounds: both signals are on worker_requests_duration_seconds, and the collector makes it once",
        remedy: "write all bounds that either needs, in both",
      },
    ]);
  });

  test("in seconds, with classic buckets", () => {
    const expected = 'histogram: "classic" and unit: "seconds", as the collector makes it';
    expect(posRefusals({ "telemetry.signals.d1.unit": "milliseconds" })).toEqual([
      { path: "telemetry.signals.d1.unit", came: '"milliseconds"', expected, remedy: 'write "classic" and "seconds"' },
    ]);
    expect(
      posRefusals({ "telemetry.signals.d1.histogram": "native", "telemetry.signals.d1.buckets": REMOVED }),
    ).toMatchObject([{ path: "telemetry.signals.d1.histogram", came: '"native"', expected }]);
  });

  test("and nothing is shorter than a tick of the Worker's clock", () => {
    expect(posRefusals({ "telemetry.signals.d1.buckets.0": 0.0005 })).toEqual([
      {
        path: "telemetry.signals.d1.buckets[0]",
        came: "0.0005",
        expected: "at least 0.001: a Worker's clock shows milliseconds",
        remedy: "drop the bound",
        source: "https://developers.cloudflare.com/workers/runtime-apis/performance/",
      },
    ]);
  });
});

describe("metrics of a Worker", () => {
  test("need telemetry that reads them", () => {
    expect(
      posRefusals({
        telemetry: REMOVED,
        objectives: REMOVED,
        alerts: REMOVED,
        dashboard: REMOVED,
        runbooks: ["on-call", "incident-template", "d1-backup-and-restore", "secret-leak"],
      }),
    ).toEqual([
      {
        path: "edge.metrics",
        came: "metrics of the Worker without telemetry",
        expected: "telemetry: by which labels its stages are known, and what the series say",
        remedy: "declare telemetry, or drop edge.metrics",
      },
    ]);
  });

  test("need a Worker that is observed", () => {
    expect(posRefusals({ "edge.worker.observability": false })).toEqual([
      {
        path: "edge.worker.observability",
        came: "false, with edge.metrics",
        expected: "true: the Worker's metrics are made of its spans",
        remedy: "write true, or drop edge.metrics",
      },
    ]);
  });

  test("are found under an address with a port", () => {
    expect(posRefusals({ "edge.metrics.collector": "https://otel.example.com" })).toMatchObject([
      {
        path: "edge.metrics.collector",
        expected: "the collector's address: host:port",
        remedy: 'write e.g. "otel-collector.monitoring:8889", as Prometheus reaches it',
      },
    ]);
    expect(posRefusals({ "edge.metrics.prober": "blackbox:65536" })).toMatchObject([{ path: "edge.metrics.prober" }]);
  });
});
