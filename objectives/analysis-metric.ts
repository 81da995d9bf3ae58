/**
 * One metric of an Argo Rollouts AnalysisTemplate that asks Prometheus, as the chart writes it. Fields are those of the custom resource:
 * https://argo-rollouts.readthedocs.io/en/stable/features/analysis/
 */
export interface AnalysisMetric {
  /** The objective's name. */
  readonly name: string;
  /** PromQL. Arguments stand as `{{args.<name>}}`; see `CANARY_ARGUMENT` and `STABLE_ARGUMENT`. */
  readonly query: string;
  /** Expression over `result`. @default - what doesn't fail is a success */
  readonly successCondition?: string;
  /** @default - what isn't a success fails; with both, what is neither is no verdict (Inconclusive) */
  readonly failureCondition?: string;
  /** Time between two measurements, such as "60s". @default - one measurement */
  readonly interval?: string;
  /** @default - none */
  readonly initialDelay?: string;
  /** Measurements. @default - one without interval; else until the run is stopped, or `consecutiveSuccessLimit` is reached */
  readonly count?: number;
  /** Failures that are tolerated. */
  readonly failureLimit: number;
  /** Measurements without a verdict that are tolerated; one more and the run ends Inconclusive, which pauses the rollout. */
  readonly inconclusiveLimit: number;
  /** Errors of Prometheus in a row that are tolerated. */
  readonly consecutiveErrorLimit: number;
  /** So many successes in a row end the run. @default - `count` does */
  readonly consecutiveSuccessLimit?: number;
}

/** Arguments of the templates that judge a canary: the hashes of the two versions' pod templates. */
export const CANARY_ARGUMENT = "canary-hash";
export const STABLE_ARGUMENT = "stable-hash";

/** What the chart needs to judge the service in a stage. */
export interface StageAnalysis {
  /** Watches the canary all the time: it fails it, and never waits for data. Empty without a canary. */
  readonly watch: readonly AnalysisMetric[];
  /** What each step of the canary must pass: without enough data, no step is taken. Empty without a canary. */
  readonly step: readonly AnalysisMetric[];
  /** Judges the whole stage, whatever the version: asked before anything is deployed to it. Empty without objectives. */
  readonly gate: readonly AnalysisMetric[];
}
