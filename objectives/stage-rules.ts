import type { Alert } from "../declaration/alerts";
import type { Organization } from "../declaration/organization";
import { runbookOfAlert, runbookPath } from "../declaration/runbook-paths";
import type { Service } from "../declaration/service";
import type { AlertRule, StageRules } from "./alert-rule";
import { objectiveRules, signalOf } from "./objective-rules";
import { type ObservedStage, observedStage } from "./observed-stage";
import { objectiveRecordings } from "./recordings";
import { capped, teamOf } from "./rule-routing";
import { thresholdValue } from "./threshold-values";

/**
 * All rules of a service in one stage: three alerts for each objective, then each declared alert under exactly its name. Alerts read recorded
 * series where the organization's data source says who records them; otherwise nothing is recorded, and they ask the raw series.
 *
 * @param asRecorded @default - whether the data source says `recordedBy`
 * @throws Error when the service has no metrics in that stage
 */
export function stageRules(
  service: Service,
  stage: string,
  organization: Organization,
  asRecorded: boolean = observedStage(service, stage, organization).dataSource.recordedBy !== undefined,
): StageRules {
  const at = observedStage(service, stage, organization);
  const objectives = Object.entries(service.objectives ?? {});
  const alerts = Object.entries(service.alerts ?? {});
  return {
    recordings: asRecorded
      ? objectives.flatMap(([objective, promise]) =>
          objectiveRecordings(
            { service: service.name, stage, objective },
            promise,
            signalOf(at, objective, promise),
            at.scope.where,
            at.dataSource.scrapeSeconds,
          ),
        )
      : [],
    alerts: [
      ...objectives.flatMap(([key, objective]) => objectiveRules(at, key, objective, asRecorded)),
      ...alerts.map(([name, alert]) => thresholdRule(at, name, alert)),
    ],
  };
}

function thresholdRule({ service, scope, telemetry }: ObservedStage, name: string, alert: Alert): AlertRule {
  return {
    name,
    origin: { alert: name },
    signal: alert.kind === "query" ? undefined : alert.signal,
    ...thresholdValue(alert, telemetry.signals, scope.where),
    forSeconds: alert.forMinutes * 60,
    severity: capped(alert.severity, scope),
    team: teamOf(service, alert.owner),
    summary: alert.summary,
    action: alert.action,
    runbook: runbookPath(runbookOfAlert(name, alert)),
    // Whoever can't be asked may be down; of the others nothing is known, and that is said as what it is.
    noData: alert.kind === "down" ? "Alerting" : "NoData",
  };
}
