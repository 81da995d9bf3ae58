import type { Service } from "../declaration/service";
import type { Stage } from "../declaration/stages";
import type { Comments } from "./literal-text";

/** Where a new service runs. */
export const KINDS = ["edge", "cluster", "railway", "fly"] as const;
export type Kind = (typeof KINDS)[number];

/** Hosted platforms among them. */
export const PLATFORMS = ["railway", "fly"] as const satisfies readonly Kind[];

/** The flag that names a kind. */
export function kindFlag(kind: Kind): string {
  return (PLATFORMS as readonly Kind[]).includes(kind) ? `--platform ${kind}` : `--${kind}`;
}

/** Roles that a new service of each kind has somebody for. */
export const ROLES: Record<Kind, readonly string[]> = {
  edge: ["maintainers", "platform", "security"],
  cluster: ["maintainers", "platform", "delivery", "security", "data", "release-captain"],
  railway: ["maintainers", "platform", "security"],
  fly: ["maintainers", "platform", "security"],
};

/** What is said of every new service. */
export interface AskedOfAll {
  readonly name: string;
  readonly description: string;
  /** Team by role: those of `ROLES`. */
  readonly owners: Readonly<Record<string, string>>;
  /** In the order in which a change passes them; the last is production. One or two. */
  readonly stages: readonly string[];
  readonly visibility: Service["repository"]["visibility"];
  /** Production answers at `<name>.<domain>`, the rehearsal at `<name>-<stage>.<domain>`. */
  readonly domain: string;
  /** A key of the organization's data sources. */
  readonly dataSource: string;
}

/** A Worker with a database. */
export interface NewEdgeService extends AskedOfAll {
  readonly kind: "edge";
  /** Public age recipient that backups are encrypted for. */
  readonly backupRecipient: string;
  /** Where the collector of spans gives out their metrics: `host:port`. */
  readonly collector: string;
  /** Who asks the health check from outside: `host:port`. */
  readonly prober: string;
}

/** An HTTP service in a Kubernetes cluster. */
export interface NewClusterService extends AskedOfAll {
  readonly kind: "cluster";
  /** A key of the organization's clusters. */
  readonly cluster: string;
  /** Previews answer below it. */
  readonly previewDomain: string;
  /** Repository that Gatehouse runs in, `owner/name`: it makes previews. */
  readonly platformRepository: string;
}

/** An API on Railway with a Postgres database. */
export interface NewRailwayService extends AskedOfAll {
  readonly kind: "railway";
  /** Public age recipient that dumps are encrypted for. */
  readonly backupRecipient: string;
}

/** A web service on Fly.io. */
export interface NewFlyService extends AskedOfAll {
  readonly kind: "fly";
  /** Slug of the organization on Fly; previews are in another one, named after it. */
  readonly flyOrganization: string;
  /** Code of a region of Fly. */
  readonly region: string;
}

/** Everything that the declaration of a new service is made of. */
export type NewService = NewEdgeService | NewClusterService | NewRailwayService | NewFlyService;

/** A declaration, and what stands above its lines for whoever reads it first. */
export interface Draft {
  readonly service: Service;
  readonly comments: Comments;
}

/** The stage that releases are for, and the one that they go to first, if there is one. */
export function releaseStages(stages: readonly string[]): { readonly stage: string; readonly rehearsal?: string } {
  const stage = stages.at(-1);
  if (stage === undefined) throw new Error("a new service has no stage");
  const rehearsal = stages.at(-2);
  return rehearsal === undefined ? { stage } : { rehearsal, stage };
}

/** A value for each stage. */
export function byStage<T>(stages: readonly string[], value: (stage: string) => T): Record<string, T> {
  return Object.fromEntries(stages.map((stage) => [stage, value(stage)]));
}

/** `<name>` in production, `<name>-<stage>` before it. */
export function nameIn({ name, stages }: Pick<NewService, "name" | "stages">, stage: string): string {
  return stage === stages.at(-1) ? name : `${name}-${stage}`;
}

export function hostIn(asked: Pick<NewService, "name" | "stages" | "domain">, stage: string): string {
  return `${nameIn(asked, stage)}.${asked.domain}`;
}

export type Unattended = NonNullable<Stage["unattended"]>;
