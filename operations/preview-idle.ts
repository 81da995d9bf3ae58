import type { EventsSignal } from "../declaration/telemetry";
import { duration } from "../objectives/duration";
import { eventCount } from "../objectives/signal-queries";
import type { PreviewRecord } from "./preview-record";
import type { PrometheusApi } from "./prometheus-api";

/** What the metrics say of a preview's last minutes. */
export type PreviewUse =
  | { readonly kind: "used" | "unused"; readonly requests: number }
  | { readonly kind: "untold"; readonly reason: string };

const SECONDS_A_MINUTE = 60;

/**
 * Counts the requests of a preview's last `idleMinutes`, by the signals that the service declares for its stages.
 *
 * @param time Unix time. Milliseconds.
 * @throws PrometheusProblem when Prometheus does not answer: that is not "no requests"
 */
export async function previewUse(
  api: PrometheusApi,
  { declared, namespace }: PreviewRecord,
  time: number,
  signal: AbortSignal | undefined,
): Promise<PreviewUse> {
  const { service, previews } = declared;
  const label = namespaceLabel(declared);
  if (label === undefined)
    return { kind: "untold", reason: `no label of ${service.name}'s series is its namespace (telemetry.stages)` };
  const window = duration(previews.idleMinutes * SECONDS_A_MINUTE);
  const where = { [label]: namespace };
  const counted: number[] = [];
  for (const each of requestSignals(declared)) {
    const count = await api.value(eventCount(each, where, window), time / 1000, signal);
    if (count !== undefined && Number.isFinite(count)) counted.push(count);
  }
  if (counted.length === 0)
    return { kind: "untold", reason: `Prometheus has no series of requests with ${label}="${namespace}"` };
  const requests = counted.reduce((sum, count) => sum + count, 0);
  return { kind: requests > 0 ? "used" : "unused", requests };
}

/** The label by which series of a stage in a cluster say their namespace: the one that has its name as a value. */
function namespaceLabel({ service }: PreviewRecord["declared"]): string | undefined {
  for (const [stage, { where }] of Object.entries(service.telemetry?.stages ?? {})) {
    const namespace = service.cluster?.stages[stage]?.namespace;
    const label = Object.entries(where).find(([, match]) => match === namespace)?.[0];
    if (label !== undefined) return label;
  }
  return undefined;
}

/** Events with an HTTP status are requests; where a service has none, whatever it counts says that it is used. */
function requestSignals({ service }: PreviewRecord["declared"]): readonly EventsSignal[] {
  const events = Object.values(service.telemetry?.signals ?? {}).filter((signal) => signal.kind === "events");
  const requests = events.filter(({ status }) => status !== undefined);
  return requests.length > 0 ? requests : events;
}
