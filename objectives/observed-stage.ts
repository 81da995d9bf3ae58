import type { DataSource } from "../declaration/grafana";
import type { Organization } from "../declaration/organization";
import { oneOf, show } from "../declaration/problem";
import type { Service } from "../declaration/service";
import type { Scope, Telemetry } from "../declaration/telemetry";

/** One stage of a service as its metrics see it. */
export interface ObservedStage {
  readonly service: Service;
  readonly stage: string;
  readonly telemetry: Telemetry;
  readonly scope: Scope;
  readonly dataSource: DataSource;
}

/** Throws when the service says nothing of its metrics in that stage, or names a data source that the organization does not have. */
export function observedStage(service: Service, stage: string, organization: Organization): ObservedStage {
  const { telemetry } = service;
  if (telemetry === undefined)
    throw new Error(`service ${show(service.name)} has no telemetry; declare where its metrics are`);
  const scope = telemetry.stages[stage];
  if (scope === undefined) {
    const known = oneOf(Object.keys(telemetry.stages), "stages in telemetry.stages");
    throw new Error(`service ${show(service.name)} has no metrics of stage ${show(stage)}; name ${known}`);
  }
  const sources = organization.grafana?.dataSources ?? {};
  const dataSource = sources[telemetry.dataSource];
  if (dataSource === undefined) {
    const known = oneOf(Object.keys(sources), "organization's grafana.dataSources");
    throw new Error(`service ${show(service.name)}: data source ${show(telemetry.dataSource)} is not ${known}`);
  }
  return { service, stage, telemetry, scope, dataSource };
}
