import type { Dataquery } from "@grafana/grafana-foundation-sdk/prometheus";
import { relay } from "../../services/relay";
import { describeWith } from "../support/programs";
import { type Line, type RunningPrometheus, type Sample, startPrometheus } from "../support/prometheus";
import { type BuiltBoard, builtBoard, EVERY_KIND, panelTitled, relayWith } from "./support/dashboard-boards";
import { DEPLOYED, NOW, relaySeries, TRAFFIC } from "./support/dashboard-series";

const REQUESTS = TRAFFIC.list + TRAFFIC.webhook + TRAFFIC.failing + TRAFFIC.limited;
const HOURS_OF_DATA = 12;

describeWith(["prometheus", "promtool"], "on a real Prometheus", () => {
  let prometheus: RunningPrometheus;
  const own = builtBoard();
  const everyKind = builtBoard(relayWith(EVERY_KIND));

  beforeAll(async () => {
    prometheus = await startPrometheus({ openMetrics: relaySeries() });
  });
  afterAll(() => prometheus.stop());

  describe("relay's board shows", () => {
    test("requests per minute, a line for each endpoint", async () => {
      const [lines = []] = await linesOf(own, "Requests per minute by endpoint");
      expect(lines.map(({ labels }) => labels)).toEqual([{ route: "/list" }, { route: '/web"hook' }]);
      expect(newest(lines[0])).toBeCloseTo(60 * (TRAFFIC.list + TRAFFIC.limited), 3);
      expect(newest(lines[1])).toBeCloseTo(60 * (TRAFFIC.webhook + TRAFFIC.failing), 3);
    });

    test("one line of the error rate, between 0 and 1", async () => {
      const [lines = []] = await linesOf(own, "Error rate");
      expect(lines.map(({ labels }) => labels)).toEqual([{}]);
      expect(newest(lines[0])).toBeCloseTo(TRAFFIC.failing / REQUESTS, 6);
      for (const [, value] of lines[0]?.points ?? []) expect(value).toBeGreaterThanOrEqual(0);
    });

    test("a line for each quantile, in seconds, within the buckets of its observations", async () => {
      const light = await linesOf(own, "Light endpoints");
      expect(light.map((lines) => lines.map(({ labels }) => labels))).toEqual([[{}], [{}], [{}]]);
      const [p50 = Number.NaN, p95 = Number.NaN, p99 = Number.NaN] = light.map(([line]) => newest(line));
      expect([p50 > 0.01, p50 < p95, p95 < p99, p99 <= 0.0251]).toEqual([true, true, true, true]);

      const webhook = await linesOf(own, "Webhook execution");
      for (const [line] of webhook) expect(newest(line)).toBeGreaterThan(0.5);
      for (const [line] of webhook) expect(newest(line)).toBeLessThanOrEqual(1);
    });

    test("how many requests there were, and how many were refused, as one number each", async () => {
      const seconds = HOURS_OF_DATA * 3600;
      expect(await numberOf(own, "Requests (24 h)")).toBeCloseTo(seconds * REQUESTS, -3);
      expect(await numberOf(own, "Rate-limited requests (24 h)")).toBeCloseTo(seconds * TRAFFIC.limited, -1);
    });

    test("the budget that is left: 1 less the share of failures in what is allowed", async () => {
      expect(await numberOf(own, "Error budget left")).toBeCloseTo(1 - TRAFFIC.failing / REQUESTS / 0.01, 3);
    });

    test("the availability of 30 days", async () => {
      expect(await numberOf(own, "Availability (30 d)")).toBeCloseTo(0.99, 3);
    });
  });

  describe("a panel of each kind shows", () => {
    test("a rate as one line when it is not told apart", async () => {
      const [lines = []] = await linesOf(everyKind, "Requests per second");
      expect(lines.map(({ labels }) => labels)).toEqual([{}]);
      expect(newest(lines[0])).toBeCloseTo(REQUESTS, 5);
    });

    test("four classes of status, those without requests at 0", async () => {
      const lines = await linesOf(everyKind, "Requests by status");
      expect(lines.map((each) => each.length)).toEqual([1, 1, 1, 1]);
      const [ok, moved, refused, failed] = lines.map(([line]) => newest(line));
      expect(ok).toBeCloseTo(TRAFFIC.list + TRAFFIC.webhook, 5);
      expect(moved).toBe(0);
      expect(refused).toBeCloseTo(TRAFFIC.limited, 5);
      expect(failed).toBeCloseTo(TRAFFIC.failing, 5);
    });

    test("the share that is in use", async () => {
      const [lines = []] = await linesOf(everyKind, "Postgres connections");
      expect(lines.map(newest)).toEqual([0.75]);
    });

    test("the commit that runs and since when: after a rollback, since the rollback", async () => {
      const [query] = panelTitled(everyKind, "What runs").targets;
      const rows = await instant(query);
      expect(rows.map(({ labels }) => labels)).toEqual([{ revision: DEPLOYED.first }]);
      const rolledBack = NOW - DEPLOYED.rollbackAgo;
      const since = (rows[0]?.value ?? Number.NaN) / 1000;
      expect(since).toBeGreaterThanOrEqual(rolledBack);
      expect(since).toBeLessThanOrEqual(rolledBack + 600);
    });

    test("an objective's budget when a bucket is its threshold: one in a hundred slow of one in a hundred allowed", async () => {
      expect(await numberOf(everyKind, "Budget of light requests")).toBeCloseTo(0, 2);
    });
  });

  test("a deployment and a rollback are marked with their commits, where they began", async () => {
    const query = own.annotations.list?.[1]?.target as Dataquery;
    const marks = await prometheus.queryRange(query.expr, { from: NOW - 4 * 3600, to: NOW, stepSeconds: 60 });
    const began = marks.map(({ labels, points }) => [labels.revision, points[0]?.[0], points.length <= 10]);
    expect(began).toEqual([
      [DEPLOYED.first, NOW - DEPLOYED.rollbackAgo, true],
      [DEPLOYED.second, NOW - DEPLOYED.secondAgo, true],
    ]);
    expect(marks.every(({ points }) => points.every(([, value]) => value > 0))).toBe(true);
  });

  describe("a stage without traffic", () => {
    const quiet = builtBoard(relayWith(EVERY_KIND), "staging");

    test("has its whole budget and keeps its promise", async () => {
      expect(await numberOf(quiet, "Budget of light requests")).toBe(1);
      expect(await numberOf(builtBoard(relay, "staging"), "Error budget left")).toBe(1);
      expect(await numberOf(quiet, "Availability")).toBe(1);
    });

    test("has no NaN in any panel, and no quantiles", async () => {
      expect((await linesOf(quiet, "Light endpoints")).flat()).toEqual([]);
      for (const { title = "" } of quiet.panels) {
        for (const lines of await linesOf(quiet, title)) {
          for (const { points } of lines) expect(points.filter(([, value]) => Number.isNaN(value))).toEqual([]);
        }
      }
    });
  });

  test("a stage without series has no values at all: nothing is green that is not known", async () => {
    const stages = { production: { where: { env: "nowhere" }, notify: false } };
    const unknown = builtBoard(relayWith(EVERY_KIND, { "telemetry.stages": stages }));
    for (const { targets } of unknown.panels) for (const query of targets) expect(await instant(query)).toEqual([]);
  });

  /** Values by query, then by line, as Grafana would ask for them over two hours. */
  async function linesOf(board: BuiltBoard, title: string): Promise<readonly (readonly Line[])[]> {
    const range = { from: NOW - 2 * 3600, to: NOW, stepSeconds: 300 };
    return Promise.all(panelTitled(board, title).targets.map(({ expr }) => prometheus.queryRange(asked(expr), range)));
  }

  function instant(query: Dataquery | undefined): Promise<readonly Sample[]> {
    return prometheus.query(asked(query?.expr ?? ""), NOW);
  }

  /** The one value of a panel with one number. */
  async function numberOf(board: BuiltBoard, title: string): Promise<number> {
    const { targets } = panelTitled(board, title);
    const samples = await instant(targets[0]);
    expect([targets.length, targets[0]?.instant, samples.map(({ labels }) => labels)]).toEqual([1, true, [{}]]);
    return samples[0]?.value ?? Number.NaN;
  }
});

/** What Grafana puts in the place of its variable: here for steps of five minutes and scrapes each minute. */
function asked(promql: string): string {
  return promql.replaceAll("$__rate_interval", "6m");
}

function newest(line: Line | undefined): number {
  return line?.points.at(-1)?.[1] ?? Number.NaN;
}
