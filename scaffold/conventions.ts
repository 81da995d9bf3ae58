import type { Fleet } from "../declaration/fleet";
import type { Service } from "../declaration/service";

/** What a fleet's services do already, so that a new one does the same. Each is undefined where no service says anything of it. */
export interface Conventions {
  /** Team that plays a role in most services. */
  readonly team: (role: string) => string | undefined;
  readonly visibility: Service["repository"]["visibility"] | undefined;
  readonly backupRecipient: string | undefined;
  readonly collector: string | undefined;
  readonly prober: string | undefined;
  readonly previewDomain: string | undefined;
  readonly platformRepository: string | undefined;
  readonly flyOrganization: string | undefined;
  readonly flyRegion: string | undefined;
}

export function conventionsOf({ services }: Pick<Fleet, "services">): Conventions {
  const most = <T extends string>(value: (service: Service) => T | undefined) =>
    mostFrequent(services.map(({ service }) => value(service)));
  return {
    team: (role) => most(({ owners }) => owners[role]?.team),
    visibility: most(({ repository }) => repository.visibility),
    backupRecipient: most(recipientOf),
    collector: most(({ edge }) => edge?.metrics?.collector),
    prober: most(({ edge }) => edge?.metrics?.prober),
    previewDomain: most(({ cluster }) => cluster?.previews?.domain),
    platformRepository: most(({ cluster }) => cluster?.previews?.dispatch?.repository),
    flyOrganization: most(({ fly }) => fly?.organization),
    flyRegion: most(({ fly }) => fly?.region),
  };
}

function recipientOf({ edge, postgres, settings }: Service): string | undefined {
  const backup = Object.values(edge?.d1 ?? {}).find((database) => database.backup !== undefined)?.backup;
  const used = backup ?? postgres;
  const setting = used && settings[used.recipient];
  const value = setting?.kind === "variable" ? setting.environments[used?.environment ?? ""] : undefined;
  return typeof value === "string" ? value : undefined;
}

/** Of as many the first. */
function mostFrequent<T extends string>(values: readonly (T | undefined)[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
