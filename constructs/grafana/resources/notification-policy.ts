import type { IResolvable } from "cdktf";
import type { Construct } from "constructs";
import { GrafanaResource, type GrafanaResourceConfig } from "./grafana-resource";

export interface NotificationPolicyMatcher {
  readonly label: string;
  readonly match: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

interface NotificationPolicyTimes {
  /** Until a group's first notification. Duration as Prometheus writes it. @default "30s" */
  readonly groupWait?: string | undefined;
  /** Until a notification of what is new in a group. @default "5m" */
  readonly groupInterval?: string | undefined;
  /** Until the same is notified again. @default "4h" */
  readonly repeatInterval?: string | undefined;
}

/** A policy below the root; the provider takes five levels, and the deepest must name its `groupBy`. */
export interface NotificationPolicyPolicy extends NotificationPolicyTimes {
  /** All must match. @default - every alert */
  readonly matcher?: readonly NotificationPolicyMatcher[] | undefined;
  /** @default - the parent's */
  readonly contactPoint?: string | undefined;
  /** @default false - policies after this one don't see the alert */
  readonly continue?: boolean | IResolvable | undefined;
  /** @default - the parent's */
  readonly groupBy?: readonly string[] | undefined;
  readonly muteTimings?: readonly string[] | undefined;
  readonly activeTimings?: readonly string[] | undefined;
  readonly policy?: readonly NotificationPolicyPolicy[] | undefined;
}

/** https://github.com/grafana/terraform-provider-grafana/blob/v4.21.0/docs/resources/notification_policy.md */
export interface NotificationPolicyConfig extends GrafanaResourceConfig, NotificationPolicyTimes {
  readonly contactPoint: string;
  readonly groupBy: readonly string[];
  /** @default false */
  readonly disableProvenance?: boolean | IResolvable | undefined;
  readonly policy?: readonly NotificationPolicyPolicy[] | undefined;
}

/** `grafana_notification_policy`: the one tree of an organization. */
export class NotificationPolicy extends GrafanaResource {
  static readonly tfResourceType = "grafana_notification_policy";

  constructor(scope: Construct, id: string, config: NotificationPolicyConfig) {
    super(scope, id, NotificationPolicy.tfResourceType, config);
  }
}
