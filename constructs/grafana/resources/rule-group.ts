import type { IResolvable } from "cdktf";
import type { Construct } from "constructs";
import { GrafanaResource, type GrafanaResourceConfig } from "./grafana-resource";

/** One stage of a rule: a query of a data source, or an expression on other stages. */
export interface RuleGroupRuleData {
  readonly refId: string;
  /** Uid of the data source, or `__expr__`. */
  readonly datasourceUid: string;
  /** JSON. The provider leaves out `intervalMs: 1000` and `maxDataPoints: 43200` of what it reads: so must this. */
  readonly model: string;
  readonly queryType?: string | undefined;
  /** Exactly one. Seconds before the evaluation; `from` is more than `to`, except for an expression. */
  readonly relativeTimeRange: readonly [{ readonly from: number; readonly to: number }];
}

export interface RuleGroupRuleNotificationSettings {
  readonly contactPoint: string;
  readonly groupBy?: readonly string[] | undefined;
  readonly muteTimings?: readonly string[] | undefined;
  readonly activeTimings?: readonly string[] | undefined;
  readonly groupWait?: string | undefined;
  readonly groupInterval?: string | undefined;
  readonly repeatInterval?: string | undefined;
}

export interface RuleGroupRuleRecord {
  readonly metric: string;
  /** `refId` of the stage that is recorded. */
  readonly from: string;
  readonly targetDatasourceUid?: string | undefined;
}

export interface RuleGroupRule {
  /** Unique in the folder. */
  readonly name: string;
  /** At most 40 characters. @default - Grafana makes one, and inserting a rule shifts them onto other rules */
  readonly uid?: string | undefined;
  /** `refId` of the stage that decides. Required unless the rule records, though the schema says optional. */
  readonly condition?: string | undefined;
  /** Duration such as `5m0s`. @default - fires at once */
  readonly for?: string | undefined;
  readonly keepFiringFor?: string | undefined;
  readonly missingSeriesEvalsToResolve?: number | undefined;
  readonly noDataState?: "OK" | "NoData" | "KeepLast" | "Alerting" | undefined;
  readonly execErrState?: "OK" | "Error" | "KeepLast" | "Alerting" | undefined;
  readonly isPaused?: boolean | IResolvable | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Go templates. */
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  readonly data: readonly RuleGroupRuleData[];
  /** At most one. @default - the notification policies decide */
  readonly notificationSettings?: readonly [RuleGroupRuleNotificationSettings] | undefined;
  /** At most one. @default - the rule alerts */
  readonly record?: readonly [RuleGroupRuleRecord] | undefined;
}

/** https://github.com/grafana/terraform-provider-grafana/blob/v4.21.0/docs/resources/rule_group.md */
export interface RuleGroupConfig extends GrafanaResourceConfig {
  /** A change replaces the group. */
  readonly name: string;
  /** A change replaces the group. */
  readonly folderUid: string;
  readonly intervalSeconds: number;
  /** @default false - nobody can edit the rules in Grafana */
  readonly disableProvenance?: boolean | IResolvable | undefined;
  /** At least one, in the order of their evaluation. */
  readonly rule: readonly RuleGroupRule[];
}

/** `grafana_rule_group` */
export class RuleGroup extends GrafanaResource {
  static readonly tfResourceType = "grafana_rule_group";

  constructor(scope: Construct, id: string, config: RuleGroupConfig) {
    super(scope, id, RuleGroup.tfResourceType, config);
  }
}
