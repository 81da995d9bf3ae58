import { show } from "../problem";
import type { Telemetry } from "../telemetry";
import type { WorkerMetrics } from "../worker-metrics";
import type { CheckContext } from "./context";

const SHORTEST_SECONDS = 0.001;

/** The first signal on a histogram says how the collector makes it; the others must not think otherwise. */
export function workerBucketsProblems(
  report: CheckContext["report"],
  telemetry: Telemetry,
  { otherMetrics = [] }: WorkerMetrics,
): void {
  const first = new Map<string, { readonly name: string; readonly bounds: string }>();
  for (const [name, signal] of Object.entries(telemetry.signals)) {
    if (signal.kind !== "latency" || otherMetrics.includes(signal.metric)) continue;
    const path = ["telemetry", "signals", name];
    if (signal.histogram !== "classic" || signal.unit !== "seconds") {
      report([...path, signal.histogram === "classic" ? "unit" : "histogram"], {
        came: show(signal.histogram === "classic" ? signal.unit : signal.histogram),
        expected: 'histogram: "classic" and unit: "seconds", as the collector makes it',
        remedy: 'write "classic" and "seconds"',
      });
      continue;
    }
    signal.buckets?.forEach((bound, index) => {
      if (bound >= SHORTEST_SECONDS) return;
      report([...path, "buckets", index], {
        came: show(bound),
        expected: `at least ${SHORTEST_SECONDS}: a Worker's clock shows milliseconds`,
        remedy: "drop the bound",
        source: "https://developers.cloudflare.com/workers/runtime-apis/performance/",
      });
    });
    const bounds = JSON.stringify(signal.buckets);
    const before = first.get(signal.metric);
    if (before === undefined) first.set(signal.metric, { name, bounds });
    else if (before.bounds !== bounds) {
      report([...path, "buckets"], {
        came: `${show(signal.buckets)}, beside ${before.bounds} of "${before.name}"`,
        expected: `the same bounds: both signals are on ${signal.metric}, and the collector makes it once`,
        remedy: "write all bounds that either needs, in both",
      });
    }
  }
}
