import type { TerraformStack } from "cdktf";
import { AlertRuleGroup } from "../constructs/grafana/alert-rule-group";
import { grafanaProvider } from "../constructs/grafana/provider";
import { RecordingRuleGroup } from "../constructs/grafana/recording-rule-group";
import { ServiceFolder } from "../constructs/grafana/service-folder";
import { SignalsDashboard } from "../constructs/grafana/signals-dashboard";
import type { Organization } from "../declaration/organization";
import type { Service } from "../declaration/service";
import type { AlertRule } from "../objectives/alert-rule";
import { dashboardUid, dataSourceUid, folderUid, LABEL } from "../objectives/names";
import { observedStage } from "../objectives/observed-stage";
import { signalsDashboard } from "../objectives/signals-dashboard";
import { stageRules } from "../objectives/stage-rules";

export interface ObservabilityStageProps {
  readonly service: Service;
  readonly stage: string;
  readonly organization: Organization;
}

/** How often Grafana itself evaluates a group unless told otherwise; no alert waits for less. */
const EVALUATION_SECONDS = 60;

type Panels = { readonly dashboardUid: string; readonly ids: ReadonlyMap<string, number> };

/** What a service has of Grafana in one stage: a folder with its dashboard, its alerts and what they read. */
export class ObservabilityStage {
  /** @throws Error if the stage has no telemetry, or the organization no such data source */
  constructor(stack: TerraformStack, props: ObservabilityStageProps) {
    const { service, stage, organization } = props;
    const { telemetry, scope, dataSource } = observedStage(service, stage, organization);
    grafanaProvider(stack);
    const { folderUid: folder } = new ServiceFolder(stack, "grafana-folder", {
      uid: folderUid(service.name, stage),
      title: `${service.name} ${stage}`,
    });
    const common = {
      folderUid: folder,
      service: service.name,
      stage,
      dataSourceUid: dataSourceUid(telemetry.dataSource),
      intervalSeconds: EVALUATION_SECONDS,
    };
    const panels = board(stack, props, folder);
    const { alerts, recordings } = stageRules(service, stage, organization);
    const group = (name: string, rules: readonly AlertRule[]) => {
      if (rules.length === 0) return;
      const repositoryUrl = `https://github.com/${organization.github.login}/${service.name}/blob/HEAD`;
      new AlertRuleGroup(stack, `alerts-${name}`, {
        ...common,
        name,
        rules,
        panels,
        repositoryUrl,
        notify: scope.notify,
      });
    };
    group(
      "objectives",
      alerts.filter(({ origin }) => "objective" in origin),
    );
    group(
      "thresholds",
      alerts.filter(({ origin }) => "alert" in origin),
    );
    if (dataSource.recordedBy !== "grafana") return;
    // One group an objective: what it records is read in order within a group, and a group holds no more than a hundred rules.
    for (const objective of Object.keys(service.objectives ?? {})) {
      const rules = recordings.filter(({ labels }) => labels[LABEL.objective] === objective);
      new RecordingRuleGroup(stack, `recordings-${objective}`, { ...common, name: `recordings ${objective}`, rules });
    }
  }
}

/** The dashboard of a service that declares one. */
function board(
  stack: TerraformStack,
  { service, stage, organization }: ObservabilityStageProps,
  folder: string,
): Panels | undefined {
  if (service.dashboard === undefined) return undefined;
  const { json, panelIds } = signalsDashboard(service, stage, organization);
  new SignalsDashboard(stack, "dashboard", { json, folderUid: folder });
  return { dashboardUid: dashboardUid(service.name, stage), ids: panelIds };
}
