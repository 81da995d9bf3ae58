import type { Edge } from "../../declaration/edge";

/** Every request is observed: of a sample nobody could count, and Cloudflare doesn't say on a span how many others it stands for. */
const ALL = 1;

/**
 * `observability` of wrangler's configuration, for a stage whose spans are exported or (without destination) for the others. Each deployment
 * of a version writes it whole (`wrangler versions deploy`, "non-versioned settings"), so what Terraform manages of it stands here with the
 * same values; the provider knows no traces up to 5.14, so these are the release's alone.
 * https://developers.cloudflare.com/workers/wrangler/configuration/#observability
 */
export function workerObservability({ worker, metrics }: Edge, exported: boolean) {
  const { observability: enabled } = worker;
  return {
    enabled,
    head_sampling_rate: ALL,
    logs: { enabled, head_sampling_rate: ALL, invocation_logs: true },
    traces:
      metrics === undefined || !exported
        ? undefined
        : {
            enabled: true,
            head_sampling_rate: ALL,
            persist: metrics.keepTraces,
            destinations: [metrics.destination],
          },
  };
}
