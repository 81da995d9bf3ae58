import type { Organization } from "../declaration/organization";
import type { Service } from "../declaration/service";
import { type Finding, failed, ok, unseen } from "./preflight-finding";
import { type ChartRun, HOW_TO_GET_HELM, type RenderedChart, renderedCharts } from "./rendered-chart";

/** The chart renders with the values of each stage. No cluster is asked. */
export async function chartFindings(
  organization: Organization,
  service: Service,
  run: ChartRun,
): Promise<readonly Finding[]> {
  const charts = await renderedCharts(organization, service, run);
  return charts.map(({ stage, chart }) => findingOf(`chart: ${stage}`, chart));
}

function findingOf(what: string, chart: RenderedChart): Finding {
  if (chart.kind === "unseen") return unseen(what, chart.why, HOW_TO_GET_HELM);
  if (chart.kind === "refused") return failed(what, chart.why, "see what Helm refuses");
  return ok(what, `renders ${chart.manifests.match(/^kind: /gm)?.length ?? 0} objects`);
}
