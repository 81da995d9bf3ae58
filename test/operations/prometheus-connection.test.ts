import { prometheusConnection } from "../../operations/prometheus-connection";

const URL_SET = { PROMETHEUS_URL: "https://prometheus.example.com" };
const SECRET = "hunter2-hunter2";

describe("the connection to Prometheus", () => {
  it.each([
    ["https://prometheus.example.com", "https://prometheus.example.com/"],
    ["https://grafana.example.com/api/prom/", "https://grafana.example.com/api/prom/"],
    ["http://prometheus:9090/prometheus", "http://prometheus:9090/prometheus/"],
    ["http://prometheus:9090/api/v1/query", "http://prometheus:9090/"],
    ["http://prometheus:9090/x/api/v1/", "http://prometheus:9090/x/"],
  ])("takes the address %s", (PROMETHEUS_URL, href) => {
    const { url, authorization } = prometheusConnection({ PROMETHEUS_URL });
    expect(url.href).toBe(href);
    expect(authorization).toBeUndefined();
  });

  it("logs in by a token, without the line break that secrets often end with", () => {
    expect(prometheusConnection({ ...URL_SET, PROMETHEUS_TOKEN: `${SECRET}\n` }).authorization).toBe(
      `Bearer ${SECRET}`,
    );
  });

  it("logs in by user and password", () => {
    const login = { PROMETHEUS_USER: "gate", PROMETHEUS_PASSWORD: SECRET };
    const basic = Buffer.from(`gate:${SECRET}`).toString("base64");
    expect(prometheusConnection({ ...URL_SET, ...login }).authorization).toBe(`Basic ${basic}`);
  });

  it("takes its credential out of texts, as it is and as it is sent", () => {
    const login = { PROMETHEUS_USER: "gate", PROMETHEUS_PASSWORD: SECRET };
    const basic = prometheusConnection({ ...URL_SET, ...login });
    expect(basic.redact(`no ${SECRET}, no ${basic.authorization}`)).toBe("no ***, no Basic ***");
    const bearer = prometheusConnection({ ...URL_SET, PROMETHEUS_TOKEN: SECRET });
    expect(bearer.redact(`no ${SECRET}, no ${bearer.authorization}`)).toBe("no ***, no Bearer ***");
  });

  it.each([
    [{}, "PROMETHEUS_URL is not set\nset it to the address of a Prometheus-compatible API"],
    [{ PROMETHEUS_URL: "" }, "PROMETHEUS_URL is not set"],
    [{ PROMETHEUS_URL: `prometheus:9090/${SECRET}` }, "PROMETHEUS_URL is no http or https address"],
    [{ PROMETHEUS_URL: `file:///${SECRET}` }, "PROMETHEUS_URL is no http or https address"],
    [{ PROMETHEUS_URL: `http://a b/${SECRET}` }, "PROMETHEUS_URL is no http or https address"],
    [
      { PROMETHEUS_URL: `https://gate:${SECRET}@prometheus.example.com` },
      "PROMETHEUS_URL holds a user or password\nexpected the address alone; set PROMETHEUS_USER and PROMETHEUS_PASSWORD",
    ],
    [{ PROMETHEUS_URL: `https://p.example.com/?token=${SECRET}` }, "PROMETHEUS_URL has a query or fragment"],
    [{ ...URL_SET, PROMETHEUS_TOKEN: `${SECRET}\nx` }, "PROMETHEUS_TOKEN has characters that a header can't carry"],
    [
      { ...URL_SET, PROMETHEUS_TOKEN: SECRET, PROMETHEUS_USER: "u", PROMETHEUS_PASSWORD: SECRET },
      "PROMETHEUS_TOKEN and PROMETHEUS_USER or PROMETHEUS_PASSWORD are set\nexpected one way to log in",
    ],
    [{ ...URL_SET, PROMETHEUS_PASSWORD: SECRET }, "one of PROMETHEUS_USER and PROMETHEUS_PASSWORD is set"],
    [{ ...URL_SET, PROMETHEUS_USER: "u" }, "one of PROMETHEUS_USER and PROMETHEUS_PASSWORD is set"],
  ])("refuses %j without quoting it", (environment: Record<string, string>, message) => {
    let said = "";
    try {
      prometheusConnection(environment);
    } catch (error) {
      said = String(error);
    }
    expect(said).toContain(message);
    expect(said).not.toContain(SECRET);
  });
});
