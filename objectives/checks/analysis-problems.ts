import { stageAnalysis } from "../canary-analysis";
import { SelectorError } from "../gate/version-selector";
import type { Observed, Reported } from "./reported";

/** Stages that Argo Rollouts judges can be judged: windows hold enough scrapes, and the label of versions tells them apart. */
export function analysisProblems({ service, telemetry, dataSource }: Observed): readonly Reported[] {
  const promises = Object.keys(service.objectives ?? {}).length > 0;
  return Object.entries(service.cluster?.stages ?? {}).flatMap(([stage, { canary, workload }]) => {
    if (!promises || workload !== "rollout" || !Object.hasOwn(telemetry.stages, stage)) return [];
    try {
      stageAnalysis(service, stage, { canary, scrapeSeconds: dataSource.scrapeSeconds });
      return [];
    } catch (error) {
      const words = error instanceof Error ? threeLines(error.message) : undefined;
      if (words === undefined) throw error;
      const path = ["cluster", "stages", stage];
      return [{ path: error instanceof SelectorError ? [...path, "canary", "versionLabel"] : path, ...words }];
    }
  });
}

/** What came, what was expected and what to do, as a refusal ends. */
function threeLines(message: string): Omit<Reported, "path"> | undefined {
  const [came, expected, remedy] = message
    .split("\n")
    .slice(-3)
    .map((line) => line.replace(/^(?:came:|expected:?|to do:)\s+/, ""));
  return came === undefined || expected === undefined || remedy === undefined ? undefined : { came, expected, remedy };
}
