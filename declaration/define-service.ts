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
type CheckOf<Jobs> = { [K in Keys<Jobs>]: { readonly job: K } & LegOf<Jobs[K]> }[Keys<Jobs>];

/** What a declaration's references may name, so that the editor knows and the compiler refuses the rest. */
interface References<S extends Service> {
  readonly main: { readonly requiredChecks: readonly (CheckReference & CheckOf<S["ci"]["jobs"]>)[] };
  readonly stages: { readonly [K in keyof S["stages"]]: { readonly reviewers: readonly Keys<S["owners"]>[] } };
  readonly settings: {
    readonly [K in keyof S["settings"]]: {
      readonly owner: Keys<S["owners"]>;
      readonly environments: S["settings"][K]["environments"] extends readonly unknown[]
        ? readonly Environments<S>[]
        : { readonly [E in keyof S["settings"][K]["environments"]]: E extends Environments<S> ? unknown : never };
    };
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
