import { type GeneratedMetric, type GeneratedSeries, openMetrics } from "../../support/open-metrics";

/** When the generated time ends: all tests ask as if it were now. Unix time, seconds. */
export const NOW = 1_750_000_800;
const HOURS = 12;
const MINUTE = 60;

/** Commits, and since when the newest of them runs: 1111111 again after a rollback of 2222222. Seconds before `NOW`. */
export const DEPLOYED = { first: "1111111", second: "2222222", secondAgo: 3 * 3600, rollbackAgo: 3600 } as const;

/** What `production` is made to show, a second. */
export const TRAFFIC = { list: 10, webhook: 2, failing: 0.05, limited: 0.01 } as const;

/** Series of relay: `production` has traffic, `staging` has the same series and none. */
export function relaySeries(): string {
  const time = { from: NOW - HOURS * 3600, to: NOW, stepSeconds: MINUTE };
  const metrics: GeneratedMetric[] = [
    { metric: "http_requests_total", series: stages(requests) },
    { metric: "http_request_duration_seconds_bucket", series: stages(buckets) },
    {
      metric: "http_request_duration_seconds_count",
      series: stages((at) => [counter({ class: "light" }, at(1)), counter({ class: "webhook" }, at(1))]),
    },
    // One probe in a thousand fails, in production.
    {
      metric: "probe_success",
      series: stages((at) => [
        { labels: { job: "blackbox" }, at: (seconds) => (at(1) > 0 && (seconds / MINUTE) % 100 === 50 ? 0 : 1) },
      ]),
    },
    { metric: "db_pool_connections_in_use", series: stages((at) => [constant(at(30))]) },
    { metric: "db_pool_connections_max", series: stages(() => [constant(40)]) },
    { metric: "relay_build_info", series: stages(versions) },
  ];
  return openMetrics(time, metrics);
}

type PerSecond = (rate: number) => number;

function stages(series: (at: PerSecond) => readonly GeneratedSeries[]): readonly GeneratedSeries[] {
  const of = (env: string, at: PerSecond) =>
    series(at).map((each) => ({ ...each, labels: { service: "relay", env, ...each.labels } }));
  return [...of("production", (rate) => rate), ...of("staging", () => 0)];
}

function requests(at: PerSecond): readonly GeneratedSeries[] {
  return [
    counter({ route: "/list", code: "200" }, at(TRAFFIC.list)),
    counter({ route: "/list", code: "429" }, at(TRAFFIC.limited)),
    counter({ route: '/web"hook', code: "200" }, at(TRAFFIC.webhook)),
    counter({ route: '/web"hook', code: "503" }, at(TRAFFIC.failing)),
  ];
}

/** Light: all within 25 ms, but one in a hundred within 100 ms. Webhook: all between 500 ms and 1 s. */
function buckets(at: PerSecond): readonly GeneratedSeries[] {
  const bounds = ["0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "1.2", "2.5", "5", "+Inf"];
  const light = (le: string) => (Number(le) < 0.025 ? 0 : Number(le) < 0.1 ? 0.99 : 1);
  const webhook = (le: string) => (Number(le) < 1 ? 0 : 1);
  const share = (of: (le: string) => number, le: string) => (le === "+Inf" ? 1 : of(le));
  return bounds.flatMap((le) => [
    counter({ class: "light", le }, at(share(light, le))),
    counter({ class: "webhook", le }, at(share(webhook, le))),
  ]);
}

function versions(): readonly GeneratedSeries[] {
  const second = (seconds: number) => {
    const ago = HOURS * 3600 - seconds;
    return ago <= DEPLOYED.secondAgo && ago > DEPLOYED.rollbackAgo;
  };
  return [
    { labels: { revision: DEPLOYED.first }, at: (seconds) => (second(seconds) ? undefined : 1) },
    { labels: { revision: DEPLOYED.second }, at: (seconds) => (second(seconds) ? 1 : undefined) },
  ];
}

function counter(labels: Readonly<Record<string, string>>, rate: number): GeneratedSeries {
  return { labels, at: (seconds) => Number((seconds * rate).toFixed(3)) };
}

function constant(value: number): GeneratedSeries {
  return { labels: {}, at: () => value };
}
