import { createHash } from "node:crypto";

/** Labels of everything that Gatehouse makes for metrics: recorded series, alerts, dashboards. */
export const LABEL = {
  service: "service",
  stage: "stage",
  severity: "severity",
  team: "team",
  objective: "objective",
  window: "window",
} as const;

/** On alerts of a stage that notifies nobody. The notification policies are silent for it. */
export const NOT_NOTIFIED = { label: "notify", value: "no" } as const;

/** Metrics that the recording rules make, by window: the names that Sloth uses for the same, so that its dashboards find them. */
export const RECORDED = {
  /** Bad of all events over a window. */
  errorRatio: (window: string) => `slo:sli_error:ratio_rate${window}`,
  /** Bad events a second. */
  bad: (window: string) => `slo:sli_bad:rate${window}`,
  /** Events a second. */
  total: (window: string) => `slo:sli_total:rate${window}`,
} as const;

/** Grafana takes at most 40 of A–Z, a–z, 0–9, - and _. Source: pkg/util/shortid_generator.go in github.com/grafana/grafana. */
const LONGEST_UID = 40;
const HASH_LENGTH = 10;

/** A stable uid from the parts of a name. What does not fit, or could be another name's uid, ends in a hash of the whole name. */
export function grafanaUid(...parts: readonly string[]): string {
  const readable = parts.map((part) => part.replace(/[^A-Za-z0-9_-]+/g, "-")).join("_");
  const plain = parts.every((part) => /^[A-Za-z0-9-]+$/.test(part));
  if (plain && readable.length <= LONGEST_UID) return readable;
  const hash = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, HASH_LENGTH);
  return `${readable.slice(0, LONGEST_UID - HASH_LENGTH - 1)}-${hash}`;
}

/** Uid of an organization's data source, by its key. */
export function dataSourceUid(key: string): string {
  return grafanaUid("gatehouse", key);
}

export function folderUid(service: string, stage: string): string {
  return grafanaUid(service, stage);
}

/** Uid of the golden-signals board of a stage. */
export function dashboardUid(service: string, stage: string): string {
  return grafanaUid(service, stage, "signals");
}

export function ruleUid(service: string, stage: string, rule: string): string {
  return grafanaUid(service, stage, rule);
}
