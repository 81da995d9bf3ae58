import type { Clock } from "../../operations/clock";
import { PrometheusApi } from "../../operations/prometheus-api";
import { prometheusConnection } from "../../operations/prometheus-connection";
import { PrometheusProblem } from "../../operations/prometheus-problem";
import { type Answer, always, instant, PrometheusServer } from "./prometheus-server";

const TOKEN = "token-that-nobody-may-see";
const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const clock: Clock = { now: () => NOW, sleep: async () => {}, random: () => 0.5 };

describe("asking Prometheus", () => {
  const servers: PrometheusServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  async function serving(answer: Answer): Promise<PrometheusServer> {
    const server = await PrometheusServer.answering(answer);
    servers.push(server);
    return server;
  }

  const apiOf = (url: string, timeoutMilliseconds?: number) =>
    new PrometheusApi({
      connection: prometheusConnection({ PROMETHEUS_URL: url, PROMETHEUS_TOKEN: TOKEN }),
      clock,
      timeoutMilliseconds,
    });

  async function problemAt(url: string, timeoutMilliseconds?: number): Promise<PrometheusProblem> {
    const problem = await apiOf(url, timeoutMilliseconds)
      .value("up", 1)
      .then(
        (value) => {
          throw new Error(`answered ${value}`);
        },
        (error: unknown) => error,
      );
    if (!(problem instanceof PrometheusProblem)) throw problem;
    expect(problem.message).not.toContain(TOKEN);
    return problem;
  }

  async function problem(answer: Answer, timeoutMilliseconds?: number): Promise<PrometheusProblem["props"]> {
    const { url } = await serving(answer);
    const { props } = await problemAt(url, timeoutMilliseconds);
    return { ...props, came: props.came.replaceAll(url, "http://prometheus") };
  }

  it("sends the query, its time and the login, and reads the value", async () => {
    const server = await serving(always(200, instant("42.5")));
    await expect(apiOf(`${server.url}/prom/`).value('up{a="é+&"}', 1_750_000_000.25)).resolves.toBe(42.5);
    expect(server.received).toEqual([
      {
        method: "POST",
        path: "/prom/api/v1/query",
        query: 'up{a="é+&"}',
        time: "1750000000.250",
        authorization: `Bearer ${TOKEN}`,
      },
    ]);
  });

  it("has no value when nothing matches", async () => {
    const { url } = await serving(always(200, instant(undefined)));
    await expect(apiOf(url).value("up", 1)).resolves.toBeUndefined();
  });

  it("has a word for each status that is no success", async () => {
    const error = { status: "error", errorType: "x", error: "said by the server" };
    const asked = async (status: number) => {
      const { came, expected, remedy, concerns, passing } = await problem(always(status, error));
      expect({ came, expected }).toEqual({
        came: `Prometheus at http://prometheus answered ${status}: said by the server`,
        expected: "200",
      });
      return `${concerns}, ${passing ? "passing" : "lasting"}: ${remedy}`;
    };
    const login = "set PROMETHEUS_TOKEN, or PROMETHEUS_USER and PROMETHEUS_PASSWORD, to a login that may read metrics";
    expect(await asked(400)).toBe(
      "query, lasting: the server does not take the query: see what it says, and which version it is",
    );
    expect(await asked(401)).toBe(`server, lasting: ${login}`);
    expect(await asked(403)).toBe(`server, lasting: this login may not query: ${login}`);
    expect(await asked(404)).toBe(
      "server, lasting: set PROMETHEUS_URL to what comes before /api/v1/query: there is no such API below it",
    );
    expect(await asked(405)).toBe("server, lasting: the server, or a proxy before it, must take POST to /api/v1/query");
    expect(await asked(422)).toBe("query, passing: the server could not evaluate the query: see what it says");
    expect(await asked(429)).toBe(
      "server, passing: too many queries were asked: wait, or raise the limit of this login",
    );
    expect(await asked(500)).toBe("server, passing: see the log of the server, and of any proxy before it");
    expect(await asked(503)).toBe("server, passing: the server is busy or starts: wait, or see its log");
    expect(await asked(504)).toBe(
      "server, passing: a proxy waited too long for the server: see whether it is overloaded",
    );
  });

  it("never takes a success of another status for an answer", async () => {
    expect((await problem(always(202, instant("1")))).came).toBe("Prometheus at http://prometheus answered 202");
    expect((await problem(always(500, instant("1")))).came).toBe("Prometheus at http://prometheus answered 500");
  });

  it("says of an error page that it is one, without quoting it", async () => {
    expect((await problem(always(502, "<html><h1>Bad gateway</h1></html>"))).came).toBe(
      "Prometheus at http://prometheus answered 502: a page of HTML (a login page, or a proxy's error?)",
    );
  });

  it("says that a login page is no answer", async () => {
    expect(await problem(always(200, "<!doctype html><title>Sign in</title>"))).toMatchObject({
      came: "Prometheus at http://prometheus answered with a page of HTML (a login page, or a proxy's error?)",
      expected: "the JSON of an instant query with one value at most",
      remedy: "see that PROMETHEUS_URL is the address of a Prometheus-compatible API, and that the login is right",
    });
  });

  it("says where JSON has another shape", async () => {
    const matrix = { status: "success", data: { resultType: "matrix", result: [] } };
    expect((await problem(always(200, matrix))).came).toBe(
      "Prometheus at http://prometheus answered with JSON of another shape (at data.resultType)",
    );
  });

  it("does not take an error that comes with status 200 for an answer", async () => {
    expect(await problem(always(200, { status: "error", error: "query timed out" }))).toMatchObject({
      came: "Prometheus at http://prometheus answered with an error: query timed out",
      concerns: "query",
    });
  });

  it("does not take partial data for an answer, and says what is missing", async () => {
    const body = { ...instant("0"), warnings: ["store gateway 3\nis down"] };
    expect(await problem(always(200, body))).toMatchObject({
      came: "Prometheus at http://prometheus warned: store gateway 3 is down",
      expected: "an answer from all of the data",
      concerns: "query",
    });
  });

  it("follows no redirect, so that the login goes nowhere else, and tells only where it leads", async () => {
    const elsewhere = await serving(always(200, instant("0")));
    for (const status of [301, 302, 303, 307, 308]) {
      const location = `${elsewhere.url}/login?ticket=secret`;
      expect(await problem(always(status, "", { location }))).toMatchObject({
        came: `Prometheus at http://prometheus answered ${status}, a redirect to ${elsewhere.url}`,
        expected: "200 from the address itself, since a login is not carried elsewhere",
        passing: false,
      });
    }
    expect(elsewhere.received).toEqual([]);
    expect((await problem(always(302, "", { location: "/login?t=1" }))).came).toContain("a redirect to another path");
    expect((await problem(always(302, ""))).came).toContain("a redirect to nowhere");
  });

  it("waits only so long for an answer, or for its end", async () => {
    const silent: Answer = () => {};
    const endless: Answer = (_, response) => response.writeHead(200).write("{");
    for (const answer of [silent, endless])
      expect(await problem(answer, 50)).toMatchObject({
        came: "Prometheus at http://prometheus did not answer within 1 s",
        expected: "an answer",
        passing: true,
      });
  });

  it("says that nobody listens", async () => {
    const server = await PrometheusServer.answering(always(200, ""));
    const { url } = server;
    await server.close();
    expect((await problemAt(url)).props).toMatchObject({
      came: `Prometheus at ${url} could not be reached (ECONNREFUSED)`,
      expected: "a whole answer",
      remedy: "see that it runs, that PROMETHEUS_URL is right, and that this machine may reach it",
    });
  });

  it("says that the answer ended in the middle", async () => {
    const whole = JSON.stringify(instant("0"));
    const cutLength: Answer = (_, response) => {
      response.writeHead(200, { "content-length": whole.length }).write(whole.slice(0, 20), () => response.destroy());
    };
    const cutChunks: Answer = (_, response) => {
      response.writeHead(200).write(whole, () => response.destroy());
    };
    for (const answer of [cutLength, cutChunks])
      expect(await problem(answer)).toMatchObject({
        came: expect.stringMatching(/^the connection to Prometheus at \S+ ended in the middle of the answer \(\w+\)$/),
        remedy: "see whether it was stopped or restarted",
      });
    const cutSilently = always(200, whole.slice(0, 20));
    expect((await problem(cutSilently)).came).toContain("a body that is no JSON, or only its beginning");
    const noAnswer: Answer = (_, __, request) => request.socket.destroy();
    expect((await problem(noAnswer)).came).toMatch(/could not be reached \(\w+\)$/);
  });

  it("reads no more than it must", async () => {
    const body = `${JSON.stringify(instant("0"))}${" ".repeat(1024 * 1024)}`;
    expect((await problem(always(200, body))).came).toBe(
      "Prometheus at http://prometheus answered 200 with more than 1 MiB",
    );
  });

  it("quotes a server that quotes the login, without it", async () => {
    const echo: Answer = ({ authorization }, response) =>
      response.writeHead(401).end(JSON.stringify({ status: "error", error: `unknown: ${authorization}` }));
    expect((await problem(echo)).came).toBe("Prometheus at http://prometheus answered 401: unknown: Bearer ***");
  });

  it("quotes at most 300 characters", async () => {
    const { came } = await problem(always(500, { status: "error", error: "x".repeat(5000) }));
    expect(came).toBe(`Prometheus at http://prometheus answered 500: ${"x".repeat(300)}…`);
  });

  it("heeds how long it is asked to wait", async () => {
    const retry = async (after: string) => (await problem(always(429, "", { "retry-after": after }))).retryAfterSeconds;
    expect(await retry("120")).toBe(120);
    expect(await retry("Wed, 21 Oct 2026 07:28:00 GMT")).toBeUndefined();
    expect(await retry("-1")).toBeUndefined();
  });

  it("relies on no answer when the clocks are more than 60 seconds apart", async () => {
    const dated = (milliseconds: number) => always(200, instant("1"), { date: new Date(milliseconds).toUTCString() });
    for (const skew of [-60_000, 0, 60_000]) {
      const { url } = await serving(dated(NOW + skew));
      await expect(apiOf(url).value("up", 1)).resolves.toBe(1);
    }
    expect(await problem(dated(NOW - 61_000))).toMatchObject({
      came: "the clock here is 61 s ahead of that of Prometheus at http://prometheus",
      expected: "at most 60 s between them, or another window would be judged",
      remedy: "set both clocks by NTP",
    });
    expect((await problem(dated(NOW + 3_600_000))).came).toContain("the clock here is 3600 s behind that of");
    const { url } = await serving(always(200, instant("1"), { date: "yesterday" }));
    await expect(apiOf(url).value("up", 1)).resolves.toBe(1);
  });

  it("stops when it is told to, which is no problem of Prometheus", async () => {
    const controller = new AbortController();
    const { url } = await serving(() => controller.abort(new Error("Ctrl-C")));
    await expect(apiOf(url).value("up", 1, controller.signal)).rejects.toThrow("Ctrl-C");
  });
});
