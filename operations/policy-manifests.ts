import type { Fleet } from "../declaration/fleet";
import { inPhase } from "../declaration/in-phase";
import { isManaged } from "../declaration/phase";
import type { PolicyDocument } from "../policies/document";
import { documentsOfText } from "../policies/document-text";
import type { ReadDocuments } from "./policy-documents";
import { type ChartRun, HOW_TO_GET_HELM, renderedCharts } from "./rendered-chart";
import type { Selection } from "./synthesize";

/** What Helm makes of the chart that services share, for each stage in a cluster: a document for each object. */
export async function manifestDocuments(
  fleet: Fleet,
  { service: only, stage: onlyStage }: Selection,
  run: ChartRun,
): Promise<ReadDocuments> {
  const documents: PolicyDocument[] = [];
  const unreadable: { document: string; why: string }[] = [];
  for (const entry of fleet.services) {
    if (!isManaged(entry.service) || (only !== undefined && entry.service.name !== only)) continue;
    const service = inPhase(entry);
    for (const { stage, chart } of await renderedCharts(fleet.organization, service, run)) {
      if (onlyStage !== undefined && stage !== onlyStage) continue;
      const name = `charts/service for ${stage}`;
      if (chart.kind !== "rendered") {
        const todo = chart.kind === "unseen" ? `; ${HOW_TO_GET_HELM}` : "";
        unreadable.push({ document: `${service.name}: ${name}`, why: `${chart.why}${todo}` });
        continue;
      }
      for (const json of documentsOfText("manifests.yaml", chart.manifests))
        documents.push({ name, kind: "file", service: service.name, stage, phase: service.phase, json });
    }
  }
  return { documents, unreadable };
}
