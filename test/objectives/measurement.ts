import type { AnalysisMetric } from "../../objectives/analysis-metric";

export type MeasurementPhase = "Successful" | "Failed" | "Inconclusive";

/**
 * What Argo Rollouts makes of one measurement with both conditions (`EvaluateResult` in utils/evaluate/evaluate.go). The conditions' language is expr,
 * which agrees with JavaScript on what they use; test/cluster/analysis.test.ts asks the real controller.
 */
export function measurementPhase(metric: AnalysisMetric, result: readonly number[]): MeasurementPhase {
  const holds = (condition: string | undefined) => {
    if (condition === undefined) throw new Error(`metric ${metric.name} lacks a condition`);
    const evaluate = new Function("result", "len", "isInf", `return ${condition};`);
    return evaluate(
      result,
      ({ length }: readonly number[]) => length,
      (value: number) => Math.abs(value) === Number.POSITIVE_INFINITY,
    ) as boolean;
  };
  if (holds(metric.failureCondition)) return "Failed";
  return holds(metric.successCondition) ? "Successful" : "Inconclusive";
}

/** The query with its arguments put in, as the controller does it. */
export function resolved({ query }: AnalysisMetric, canary: string, stable: string): string {
  return query.replaceAll("{{args.canary-hash}}", canary).replaceAll("{{args.stable-hash}}", stable);
}
