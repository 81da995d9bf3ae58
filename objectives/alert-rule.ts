import type { Severity } from "../declaration/telemetry";

/**
 * One alert of one stage, as a value and what it is compared with. From it come a Grafana-managed rule and a rule of Prometheus, which fire on
 * the same samples.
 */
export interface AlertRule {
  /** Unique among the rules of the stage; part of the rule's address. */
  readonly name: string;
  /** What the rule follows from: an objective, or a declared alert. */
  readonly origin: { readonly objective: string } | { readonly alert: string };
  /** Key of the signal it watches; undefined for PromQL of a declaration's own. */
  readonly signal: string | undefined;
  /**
   * PromQL with at most one value, without labels. A healthy service has a value (0 as a rule), never nothing: nothing means that it
   * could not be told.
   */
  readonly query: string;
  /** Fires while the value is above or below the threshold. */
  readonly comparison: { readonly operator: "above" | "below"; readonly threshold: number };
  /** The condition must hold so long. Seconds. */
  readonly forSeconds: number;
  /** After scope's `mostSevere`. */
  readonly severity: Severity;
  /** Slug of the team that is notified. */
  readonly team: string;
  readonly summary: string;
  /** What to do first. */
  readonly action: string;
  /** Path of the runbook in the service's repository. */
  readonly runbook: string;
  /** What it means that the query has no value, or can't be answered: always said, and never that all is well. */
  readonly noData: "Alerting" | "NoData";
}

/** A rule of Prometheus that records a series. */
export interface RecordingRule {
  readonly metric: string;
  readonly query: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Everything that follows from a service's objectives and alerts in one stage. */
export interface StageRules {
  /** Each distinct recording once, those that others read first. */
  readonly recordings: readonly RecordingRule[];
  readonly alerts: readonly AlertRule[];
}
