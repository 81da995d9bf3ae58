import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { openMetrics } from "./open-metrics";
import { describeWith } from "./programs";
import { startPrometheus } from "./prometheus";

const NOW = 1_750_000_000;

describeWith(["prometheus", "promtool"], "a Prometheus of the tests' own", () => {
  test("answers from generated samples of any age", async () => {
    const samples = openMetrics({ from: NOW - 3600, to: NOW, stepSeconds: 60 }, [
      { metric: "seen_total", series: [{ labels: { path: 'a"\\b' }, at: (seconds) => seconds * 2 }] },
    ]);
    const prometheus = await startPrometheus({ openMetrics: samples });
    try {
      expect(await prometheus.query("sum(rate(seen_total[10m]))", NOW)).toEqual([{ labels: {}, value: 2 }]);
      expect(await prometheus.query("seen_total", NOW)).toEqual([
        { labels: { __name__: "seen_total", path: 'a"\\b' }, value: 7200 },
      ]);
      expect(await prometheus.query("scalar(vector(3))", NOW)).toEqual([{ labels: {}, value: 3 }]);
      const [line] = await prometheus.queryRange("seen_total", { from: NOW - 120, to: NOW, stepSeconds: 60 });
      expect(line?.points).toEqual([
        [NOW - 120, 6960],
        [NOW - 60, 7080],
        [NOW, 7200],
      ]);
      await expect(prometheus.query("sum(", NOW)).rejects.toThrow("Prometheus refused sum(");
    } finally {
      await prometheus.stop();
    }
    await expect(fetch(prometheus.url)).rejects.toThrow();
  });

  test("scrapes and evaluates rules", async () => {
    const target = createServer((_, answer) => answer.end("load 7\n")).listen(0, "127.0.0.1");
    await once(target, "listening");
    const rules = JSON.stringify({ groups: [{ name: "g", rules: [{ record: "twice", expr: "2 * load" }] }] });
    const scrape = [{ job: "app", target: `127.0.0.1:${(target.address() as AddressInfo).port}` }];
    const prometheus = await startPrometheus({ rules, scrape });
    try {
      let twice = await prometheus.query("twice");
      while (twice.length === 0) {
        await setTimeout(100);
        twice = await prometheus.query("twice");
      }
      expect(twice.map(({ value }) => value)).toEqual([14]);
    } finally {
      await prometheus.kill();
      target.close();
    }
  });

  test("says why it did not start", async () => {
    await expect(startPrometheus({ openMetrics: "seen 1 1\n" })).rejects.toThrow("promtool refused the samples");
    await expect(startPrometheus({ rules: "groups: 5" })).rejects.toThrow("prometheus ended before it was ready");
  });
});
