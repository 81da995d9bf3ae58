import type { Organization } from "../declaration/organization";
import { formatPath, type Problem, show } from "../declaration/problem";
import type { Service } from "../declaration/service";
import { alertProblems } from "./checks/alert-problems";
import { analysisProblems } from "./checks/analysis-problems";
import { burnProblems } from "./checks/burn-problems";
import { labelProblems } from "./checks/label-problems";
import { nameProblems } from "./checks/name-problems";
import type { Observed, Reported } from "./checks/reported";
import { retentionProblems } from "./checks/retention-problems";
import { routingProblems } from "./checks/routing-problems";
import { textProblems } from "./dashboard/text-problems";

/**
 * Mistakes that only show in the arithmetic and the PromQL that follow from a declaration: promises whose alerts could never speak, windows that
 * the store forgets, thresholds that no bucket has, labels that no series has. Whether references lead somewhere is checked before.
 */
export function objectiveProblems(service: Service, organization: Organization): readonly Problem[] {
  const { telemetry } = service;
  if (telemetry === undefined) return [];
  const dataSource = organization.grafana?.dataSources[telemetry.dataSource];
  if (dataSource === undefined) return [];
  const observed: Observed = { service, telemetry, dataSource, routes: organization.grafana?.routes ?? {} };
  const subject = `service ${show(service.name)}`;
  return [
    analysisProblems,
    burnProblems,
    retentionProblems,
    alertProblems,
    labelProblems,
    nameProblems,
    routingProblems,
    textProblems,
  ]
    .flatMap((check): readonly Reported[] => check(observed))
    .map(({ path, ...problem }) => ({ subject, path: formatPath(path), ...problem }));
}
