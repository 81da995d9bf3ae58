import type { TerraformStack } from "cdktf";
import { NotificationPolicyTree } from "../constructs/grafana/notification-policy-tree";
import { OrganizationContactPoint } from "../constructs/grafana/organization-contact-point";
import { PrometheusDataSource } from "../constructs/grafana/prometheus-data-source";
import { grafanaProvider } from "../constructs/grafana/provider";
import { QuietTiming } from "../constructs/grafana/quiet-timing";
import { literal } from "../constructs/literal";
import type { Grafana } from "../declaration/grafana";
import { SEVERITIES, type Severity } from "../declaration/telemetry";
import { dataSourceUid } from "../objectives/names";

export interface NotificationsProps {
  readonly grafana: Grafana;
}

/** Name of the mute timing that covers all of time. No key of the organization's quiet hours can be this: it has a space. */
const ALWAYS = "Gatehouse always";

/** What the organization has of Grafana: what is asked, who is told, and when not. */
export class Notifications {
  constructor(
    private readonly stack: TerraformStack,
    private readonly props: NotificationsProps,
  ) {
    grafanaProvider(stack);
    this.dataSources();
    const contactPoints = this.contactPoints();
    const quiet = this.quietTimings();
    const always = new QuietTiming(stack, "quiet-always", { name: ALWAYS, times: [{ start: "00:00", end: "24:00" }] });
    const named = (key: string, where: string): string => {
      const name = contactPoints.get(key);
      if (name === undefined)
        throw new Error(
          `grafana.${where}: came "${key}", expected one of grafana.contactPoints: ${[...contactPoints.keys()].join(", ")}; declare it there`,
        );
      return name;
    };
    const { fallback, routes } = props.grafana;
    new NotificationPolicyTree(stack, "notification-policy", {
      fallback: named(fallback, "fallback"),
      routes: Object.fromEntries(
        Object.entries(routes).map(([team, route]) => [
          team,
          Object.fromEntries(
            Object.entries(route).map(([severity, key]) => [severity, named(key, `routes.${team}.${severity}`)]),
          ),
        ]),
      ),
      quiet,
      always: always.timingName,
    });
  }

  private dataSources(): void {
    for (const [key, { name, url, scrapeSeconds }] of Object.entries(this.props.grafana.dataSources)) {
      new PrometheusDataSource(this.stack, `data-source-${key}`, { uid: dataSourceUid(key), name, url, scrapeSeconds });
    }
  }

  /** Names by key; those that exist already have theirs from the declaration. */
  private contactPoints(): ReadonlyMap<string, string> {
    const names = new Map<string, string>();
    for (const [key, contactPoint] of Object.entries(this.props.grafana.contactPoints)) {
      if (contactPoint.kind === "existing") {
        names.set(key, literal(contactPoint.name));
        continue;
      }
      const receiver =
        contactPoint.kind === "email" ? { addresses: contactPoint.addresses } : { url: contactPoint.url };
      const made = new OrganizationContactPoint(this.stack, `contact-point-${key}`, { name: key, receiver });
      names.set(key, made.contactPointName);
    }
    return names;
  }

  /** Mute timings by the severities they spare, in the order of their names. */
  private quietTimings(): Partial<Record<Severity, readonly string[]>> {
    const spared: Partial<Record<Severity, string[]>> = {};
    const hours = Object.entries(this.props.grafana.quietHours ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
    for (const [name, { severities, times, weekdays, location }] of hours) {
      const { timingName } = new QuietTiming(this.stack, `quiet-hours-${name}`, { name, times, weekdays, location });
      for (const severity of SEVERITIES) {
        if (severities.includes(severity)) spared[severity] = [...(spared[severity] ?? []), timingName];
      }
    }
    return spared;
  }
}
