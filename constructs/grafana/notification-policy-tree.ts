import { Construct } from "constructs";
import { SEVERITIES, type Severity } from "../../declaration/telemetry";
import { LABEL, NOT_NOTIFIED } from "../../objectives/names";
import { NotificationPolicy, type NotificationPolicyPolicy } from "./resources/notification-policy";

export interface NotificationPolicyTreeProps {
  /** Contact point of what no other policy takes: alerts of others, and severities that a team doesn't route. */
  readonly fallback: string;
  /** Contact points by team and severity. Order doesn't matter. */
  readonly routes: Readonly<Record<string, Readonly<Partial<Record<Severity, string>>>>>;
  /** Mute timings by the severities they spare. @default - nobody is spared */
  readonly quiet?: Readonly<Partial<Record<Severity, readonly string[]>>> | undefined;
  /** A mute timing that covers all of time, for alerts of stages that notify nobody. */
  readonly always: string;
}

/**
 * Until the first message of a group, between messages about what is new in it, and until the same is said again. Written as
 * Prometheus writes durations, which is how Grafana answers. A page can't wait; an info can wait for company.
 */
const PACE: Readonly<Record<Severity, { groupWait: string; groupInterval: string; repeatInterval: string }>> = {
  page: { groupWait: "10s", groupInterval: "1m", repeatInterval: "1h" },
  critical: { groupWait: "30s", groupInterval: "5m", repeatInterval: "4h" },
  warning: { groupWait: "1m", groupInterval: "10m", repeatInterval: "12h" },
  info: { groupWait: "5m", groupInterval: "30m", repeatInterval: "1d" },
};

/**
 * Who is told, for the whole organization: Grafana has one tree of policies.
 *
 * First of all, alerts that carry the label of a stage without notifications are taken by a policy that is muted at all
 * times: they fire, they show on dashboards, nobody is told. (A policy must have a contact point, and a paused rule would not
 * be evaluated.) Then one policy a team, and below it one a severity. A team's alerts of one service and stage are one
 * message for each severity: an incident is told once, not once for each rule that sees it.
 *
 * The tree that Grafana has is taken over rather than created: creating overwrites it without a word, while a plan that
 * imports shows what is about to change. Destroying it would send every alert to Grafana's default address: refused.
 */
export class NotificationPolicyTree extends Construct {
  constructor(scope: Construct, id: string, props: NotificationPolicyTreeProps) {
    super(scope, id);
    const tree = new NotificationPolicy(this, "Default", {
      contactPoint: props.fallback,
      // Grafana's own grouping: what no policy takes comes from anywhere.
      groupBy: ["grafana_folder", "alertname"],
      policy: [
        silence(props),
        ...Object.keys(props.routes)
          .sort()
          .map((team) => teamPolicy(team, props)),
      ],
      lifecycle: { preventDestroy: true },
    });
    tree.importFrom("policy");
  }
}

function silence({ always }: NotificationPolicyTreeProps): NotificationPolicyPolicy {
  return {
    matcher: [{ label: NOT_NOTIFIED.label, match: "=", value: NOT_NOTIFIED.value }],
    muteTimings: [always],
  };
}

function teamPolicy(team: string, { routes, quiet }: NotificationPolicyTreeProps): NotificationPolicyPolicy {
  const policies = SEVERITIES.flatMap((severity): NotificationPolicyPolicy[] => {
    const contactPoint = routes[team]?.[severity];
    if (contactPoint === undefined) return [];
    const muteTimings = [...(quiet?.[severity] ?? [])];
    return [
      {
        matcher: [{ label: LABEL.severity, match: "=", value: severity }],
        contactPoint,
        ...(muteTimings.length > 0 && { muteTimings }),
        ...PACE[severity],
      },
    ];
  });
  return {
    matcher: [{ label: LABEL.team, match: "=", value: team }],
    groupBy: [LABEL.service, LABEL.stage],
    ...(policies.length > 0 && { policy: policies }),
  };
}
