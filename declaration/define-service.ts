import type { CheckReference } from "./protected-main";
import type { Service } from "./service";

type Keys<T> = Extract<keyof T, string>;
type Environments<S extends Service> =
  | Keys<S["stages"]>
  | { [K in Keys<S["stages"]>]: S["stages"][K] extends { readonly unattended: infer U } ? Keys<U> : never }[Keys<
      S["stages"]
    >];
type LegOf<J> = J extends { readonly matrix: infer M }
  ? { readonly leg?: { readonly [K in keyof M]?: M[K] extends readonly (infer V)[] ? V : never } }
  : { readonly leg?: never };
type Signals<S extends Service> = S["telemetry"] extends { readonly signals: infer G } ? Keys<G> : never;
type Role<S extends Service> = Keys<S["owners"]>;
type CheckOf<Jobs> = { [K in Keys<Jobs>]: { readonly job: K } & LegOf<Jobs[K]> }[Keys<Jobs>];

/** What a declaration's references may name, so that the editor knows and the compiler refuses the rest. */
interface References<S extends Service> {
  readonly main: {
    readonly requiredChecks: readonly (CheckReference & CheckOf<S["ci"]["jobs"]>)[];
    readonly firstChecks?: readonly (CheckReference & CheckOf<S["ci"]["jobs"]>)[];
    readonly breakGlass?: {
      readonly role: Keys<S["owners"]>;
      readonly reviewer: Keys<S["owners"]>;
      readonly label: Keys<S["labels"]>;
    };
  };
  readonly stages: { readonly [K in keyof S["stages"]]: { readonly reviewers: readonly Keys<S["owners"]>[] } };
  readonly settings: {
    readonly [K in keyof S["settings"]]: {
      readonly owner: Keys<S["owners"]>;
      readonly environments: S["settings"][K]["environments"] extends readonly unknown[]
        ? readonly Environments<S>[]
        : { readonly [E in keyof S["settings"][K]["environments"]]: E extends Environments<S> ? unknown : never };
    };
  };
  readonly telemetry?: {
    readonly stages: {
      readonly [K in keyof NonNullable<S["telemetry"]>["stages"]]: K extends Keys<S["stages"]> ? unknown : never;
    };
  };
  readonly objectives?: {
    readonly [K in keyof NonNullable<S["objectives"]>]: { readonly owner: Role<S>; readonly signal: Signals<S> };
  };
  readonly alerts?: {
    readonly [K in keyof NonNullable<S["alerts"]>]: { readonly owner: Role<S>; readonly signal?: Signals<S> };
  };
  readonly dashboard?: {
    readonly panels: {
      readonly [K in keyof NonNullable<S["dashboard"]>["panels"]]: {
        readonly signal?: Signals<S>;
        readonly objective?: Keys<NonNullable<S["objectives"]>>;
      };
    };
  };
  readonly railway?: {
    readonly stage: Keys<S["stages"]>;
    readonly rehearsal?: Keys<S["stages"]>;
    readonly environments: {
      readonly [K in keyof NonNullable<S["railway"]>["environments"]]: K extends Keys<S["stages"]> ? unknown : never;
    };
    readonly urls: {
      readonly [K in keyof NonNullable<S["railway"]>["urls"]]: K extends Keys<S["stages"]> ? unknown : never;
    };
    readonly unitTests: Keys<S["ci"]["jobs"]>;
    readonly token: Keys<S["settings"]>;
    readonly migrations: { readonly databaseUrl: Keys<S["settings"]> };
    readonly smoke: {
      readonly list: { readonly key: Keys<S["settings"]> };
      readonly preview: { readonly key: Keys<S["settings"]> };
      readonly audit: { readonly key: Keys<S["settings"]> };
      readonly webhook: { readonly secret: Keys<S["settings"]> };
      readonly burst: { readonly key: Keys<S["settings"]> };
    };
  };
  readonly fly?: {
    readonly stage: Keys<S["stages"]>;
    readonly rehearsal?: Keys<S["stages"]>;
    readonly stages: {
      readonly [K in keyof NonNullable<S["fly"]>["stages"]]: K extends Keys<S["stages"]> ? unknown : never;
    };
    readonly token: Keys<S["settings"]>;
    readonly secrets: readonly Keys<S["settings"]>[];
    readonly previews?: { readonly environment: Environments<S>; readonly token: Keys<S["settings"]> };
  };
  readonly cluster?: {
    readonly stages: {
      readonly [K in keyof NonNullable<S["cluster"]>["stages"]]: K extends Keys<S["stages"]> ? unknown : never;
    };
    readonly signing: { readonly privateKey?: Keys<S["settings"]>; readonly password?: Keys<S["settings"]> };
    readonly train?: {
      readonly stage: Keys<S["stages"]>;
      readonly rehearsal?: Keys<S["stages"]>;
      readonly unfreeze: Role<S>;
    };
  };
  readonly flags?: {
    readonly registry: {
      readonly [K in keyof NonNullable<S["flags"]>["registry"]]: {
        readonly owner: Role<S>;
        readonly values?: {
          readonly [E in keyof NonNullable<NonNullable<S["flags"]>["registry"][K]["values"]>]: E extends Keys<
            S["stages"]
          >
            ? unknown
            : never;
        };
      };
    };
  };
  readonly postgres?: {
    readonly stage: Keys<S["stages"]>;
    readonly environment: Environments<S>;
    readonly url: Keys<S["settings"]>;
    readonly recipient: Keys<S["settings"]>;
    readonly drill: { readonly environment: Environments<S>; readonly identity: Keys<S["settings"]> };
  };
  readonly dependencies?: {
    readonly environment: Environments<S>;
    readonly token: Keys<S["settings"]>;
    readonly label: Keys<S["labels"]>;
    readonly vulnerabilityLabel: Keys<S["labels"]>;
  };
  readonly flakes: { readonly label: Keys<S["labels"]> };
  readonly onCall: { readonly escalateTo: Keys<S["owners"]> };
}

/**
 * Infers the type of a declaration and holds its references to what it declares: a required check must name one of its jobs, a reviewer one
 * of its roles, a setting one of its environments. Nothing is computed here; `validate` says at synth what types can't.
 */
export function defineService<const S extends Service>(service: S & References<NoInfer<S>>): S {
  return service;
}
