import { minimalRefusals, relayRefusals } from "../fixture";

const SIGNALS =
  'one of the signals of telemetry: "requests", "rate-limited", "light", "webhook", "health", "database", "redis"';

describe("telemetry says where metrics are, and each signal is there for something", () => {
  test("relay's is right", () => {
    expect(relayRefusals({})).toEqual([]);
  });

  test("objectives, alerts and dashboards need it", () => {
    expect(minimalRefusals({ dashboard: { refreshSeconds: 30, hours: 24, panels: {} } })).toEqual([
      {
        path: "dashboard",
        came: "dashboard without telemetry",
        expected: "telemetry: where the metrics are, and what they say",
        remedy: "declare telemetry, or drop dashboard",
      },
    ]);
  });

  test("an unknown data source is refused, with the one that was meant", () => {
    expect(relayRefusals({ "telemetry.dataSource": "metrcs" })).toEqual([
      {
        path: "telemetry.dataSource",
        came: '"metrcs"',
        expected: 'one of the organization\'s grafana.dataSources: "metrics"',
        remedy: 'add it to services/organization.ts, or name one of them; did you mean "metrics"?',
      },
    ]);
  });

  test("a data source is unknown where the organization has no Grafana", () => {
    expect(relayRefusals({}, { organization: { grafana: undefined } })).toContainEqual(
      expect.objectContaining({
        path: "telemetry.dataSource",
        expected: "one of the organization's grafana.dataSources, of which there are none",
      }),
    );
  });

  test("without a stage there is nothing to look at", () => {
    expect(relayRefusals({ "telemetry.stages": {} })).toContainEqual({
      path: "telemetry.stages",
      came: "no stage",
      expected: "at least one stage",
      remedy: "say by which labels a stage's series are known",
    });
  });

  test("a stage that the service has not is refused", () => {
    expect(relayRefusals({ "telemetry.stages.prod": { where: { env: "prod" }, notify: true } })).toEqual([
      {
        path: "telemetry.stages.prod",
        came: '"prod"',
        expected: 'one of the stages: "staging", "production"',
        remedy: "declare it, or name one of them",
      },
    ]);
  });

  test("two stages whose series can't be told apart are refused", () => {
    expect(relayRefusals({ "telemetry.stages.production.where": { service: "relay" } })).toEqual([
      {
        path: "telemetry.stages.production.where",
        came: '{"service":"relay"}, beside {"service":"relay","env":"staging"} of "staging"',
        expected:
          'a label whose value differs from that of "staging": one stage would be judged by the other\'s traffic',
        remedy: "name the label that tells the stages apart, with a value in each",
      },
    ]);
  });

  test("expressions don't tell stages apart: who knows what they match", () => {
    expect(relayRefusals({ "telemetry.stages.production.where": { env: { matches: "prod.*" } } })).toHaveLength(1);
  });

  test("a signal that nothing asks for is refused", () => {
    const extra = { kind: "probe", description: "Nobody's", source: "up" };
    expect(relayRefusals({ "telemetry.signals.idle": extra })).toEqual([
      {
        path: "telemetry.signals.idle",
        came: 'the signal "idle", which nothing asks for',
        expected: "an objective, an alert or a panel on it",
        remedy: "use it, or drop it",
      },
    ]);
  });

  test("a signal can't fix a label to another value than the stage does", () => {
    expect(relayRefusals({ "telemetry.signals.rate-limited.total.where": { env: "test" } })).toEqual([
      {
        path: "telemetry.signals.rate-limited.total.where.env",
        came: '"test", though the stage "staging" has "staging"',
        expected: "a label that the stages don't fix, or their value: no series has two values of one label",
        remedy: "drop it here, or in telemetry.stages",
      },
    ]);
  });

  test("what is bad and what is good can't both be said", () => {
    expect(relayRefusals({ "telemetry.signals.requests.good": { metric: "http_ok_total" } })).toEqual([
      {
        path: "telemetry.signals.requests.good",
        came: "both bad and good",
        expected: "one of them: the others are what is left of the total",
        remedy: "drop the one that is counted less exactly",
      },
    ]);
  });

  test("a classic histogram names its buckets", () => {
    expect(relayRefusals({ "telemetry.signals.light.buckets": undefined })).toEqual([
      expect.objectContaining({
        path: "telemetry.signals.light.buckets",
        came: "nothing",
        remedy: "copy them from where the histogram is made, in seconds, without infinity",
      }),
    ]);
  });

  test("a native histogram has none", () => {
    expect(relayRefusals({ "telemetry.signals.light.histogram": "native" })).toEqual([
      {
        path: "telemetry.signals.light.buckets",
        came: "buckets of a native histogram",
        expected: "none: a native histogram has its own",
        remedy: 'drop them, or write histogram: "classic"',
      },
    ]);
  });

  test("buckets rise", () => {
    expect(relayRefusals({ "telemetry.signals.webhook.buckets": [0.1, 1.2, 1.2] })).toEqual([
      {
        path: "telemetry.signals.webhook.buckets[2]",
        came: "1.2 after 1.2",
        expected: "rising bounds",
        remedy: "sort them and write each once",
      },
    ]);
  });

  test.each([
    ["http requests", "metric"],
    ["5xx_total", "metric"],
    ['{job="x"}', "metric"],
  ])("%j is no metric", (metric) => {
    expect(relayRefusals({ "telemetry.signals.requests.total.metric": metric })).toEqual([
      expect.objectContaining({
        path: "telemetry.signals.requests.total.metric",
        came: JSON.stringify(metric),
        expected: "the name of a metric: letters, digits, _ and :, not beginning with a digit",
      }),
    ]);
  });

  test.each(["(", "a(?=b)", "(a)\\1", "[z-a]"])("%j is no expression of RE2", (matches) => {
    const refusals = relayRefusals({ "telemetry.signals.requests.bad.where.code": { matches } });
    expect(refusals.map(({ path }) => path)).toEqual(["telemetry.signals.requests.bad.where.code.matches"]);
    expect(refusals[0]?.expected).toMatch(/^(an RE2 expression|a regular expression)/);
  });

  test.each(["5..", "2.*|3.*", "(?i)get", "(?:a|b)", "日本"])("%j is an expression", (matches) => {
    expect(relayRefusals({ "telemetry.signals.requests.bad.where.code": { matches } })).toEqual([]);
  });

  test("a label that Prometheus keeps for itself can't be asked for", () => {
    expect(relayRefusals({ "telemetry.signals.requests.status": "__name__" })).toEqual([
      expect.objectContaining({
        path: "telemetry.signals.requests.status",
        expected: "the name of a label: letters, digits and _, not beginning with a digit or __",
      }),
    ]);
  });

  test("an objective on a signal that isn't there is refused", () => {
    expect(relayRefusals({ "objectives.errors.signal": "request" })).toEqual([
      {
        path: "objectives.errors.signal",
        came: '"request"',
        expected: SIGNALS,
        remedy: 'declare it, or name one of them; did you mean "requests"?',
      },
    ]);
  });
});
