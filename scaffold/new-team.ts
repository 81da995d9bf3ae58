import type { ContactPoint } from "../declaration/grafana";
import type { Organization } from "../declaration/organization";
import { SEVERITIES, type Severity } from "../declaration/telemetry";

/** A team that the organization doesn't have yet, and who is told of its alerts. */
export interface NewTeam {
  readonly slug: string;
  readonly description: string;
  /** Contact points of its own, by key. */
  readonly contactPoints: Readonly<Record<string, ContactPoint>>;
  /** Contact point by severity. */
  readonly route: Readonly<Partial<Record<Severity, string>>>;
}

export interface NewTeamProps {
  readonly slug: string;
  /** Service that it writes and runs. */
  readonly service: string;
  /** Team whose contact points are told while the new one has none of its own. */
  readonly until: string;
  /** Address of its mail. @default - that of the other team */
  readonly mail?: string | undefined;
  /** Contact point in Grafana, made there by hand. @default - that of the other team */
  readonly onCall?: string | undefined;
}

/**
 * A team with the routes that every team has: what must be answered at once goes to who is on call, the rest is mailed. Where neither it nor the
 * other team has a contact point, the fallback is told.
 */
export function newTeam({ slug, service, until, mail, onCall }: NewTeamProps, { grafana }: Organization): NewTeam {
  const stem = slug.replace(/-maintainers$/, "");
  const [mailKey, onCallKey] = [`${stem}-mail`, `${stem}-on-call`];
  const own: Record<Severity, string | undefined> = {
    page: onCall && onCallKey,
    critical: onCall && onCallKey,
    warning: mail && mailKey,
    info: mail && mailKey,
  };
  const pointFor = (severity: Severity) => own[severity] ?? grafana?.routes[until]?.[severity] ?? grafana?.fallback;
  const route = SEVERITIES.map((severity) => [severity, pointFor(severity)] as const);
  return {
    slug,
    description: `Write and run ${service}`,
    contactPoints: {
      ...(onCall !== undefined && { [onCallKey]: { kind: "existing", name: onCall } as const }),
      ...(mail !== undefined && { [mailKey]: { kind: "email", addresses: [mail] } as const }),
    },
    route: Object.fromEntries(route.filter(([, point]) => point !== undefined)),
  };
}

/** The organization with that team. */
export function withTeam(
  organization: Organization,
  { slug, description, contactPoints, route }: NewTeam,
): Organization {
  const { grafana, teams } = organization;
  return {
    ...organization,
    teams: { ...teams, [slug]: { description } },
    ...(grafana !== undefined && {
      grafana: {
        ...grafana,
        contactPoints: { ...grafana.contactPoints, ...contactPoints },
        routes: { ...grafana.routes, [slug]: route },
      },
    }),
  };
}
