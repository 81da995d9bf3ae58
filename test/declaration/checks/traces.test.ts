import { summitRefusals } from "../fixture";

const traces = { environment: "traces", endpoint: "OTLP_TRACES_ENDPOINT", headers: "OTLP_HEADERS" };

describe("traces of the workflows", () => {
  test("are sent from an unattended environment with both settings", () => {
    expect(summitRefusals({ "telemetry.traces": traces })).toEqual([]);
  });

  test("are not sent from an environment with reviewers: they would approve every run's", () => {
    expect(summitRefusals({ "telemetry.traces": { ...traces, environment: "prod" } })).toEqual([
      expect.objectContaining({
        path: "telemetry.traces.environment",
        came: '"prod"',
        remedy:
          "declare it in stages.<stage>.unattended: one with reviewers would have them approve every run's traces",
      }),
    ]);
  });

  test("need endpoint and headers where they are sent", () => {
    expect(
      summitRefusals({ "telemetry.traces": { ...traces, endpoint: "OTLP_HEADERS", headers: "OTLP_KEY" } }).map(
        ({ path, came }) => [path, came],
      ),
    ).toEqual([
      ["telemetry.traces.endpoint", 'the secret "OTLP_HEADERS"'],
      ["telemetry.traces.headers", '"OTLP_KEY", which is not declared'],
    ]);
    const elsewhere = { "settings.OTLP_HEADERS.environments": ["migrations"] };
    expect(summitRefusals(elsewhere)).toEqual([
      expect.objectContaining({
        path: "telemetry.traces.headers",
        came: '"OTLP_HEADERS", which the environment "traces" doesn\'t define',
      }),
    ]);
  });

  test.each([
    "http://otlp.example.com/v1/traces",
    "otlp.example.com:4317",
    "https://otlp.example.com",
    "https://u:p@h/v1",
  ])("don't go to %s", (url) => {
    expect(summitRefusals({ "settings.OTLP_TRACES_ENDPOINT.environments": { traces: url } })).toEqual([
      {
        path: "settings.OTLP_TRACES_ENDPOINT.environments.traces",
        came: `"${url}"`,
        expected:
          "an https URL with its path, such as https://collector.example.com/v1/traces: headers with a key go there",
        remedy: "write the URL as the collector or its provider names it for OTLP over HTTP",
        source: "https://opentelemetry.io/docs/specs/otlp/#otlphttp-request",
      },
    ]);
  });
});
