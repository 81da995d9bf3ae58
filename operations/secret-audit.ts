import type { ServiceEntry } from "../declaration/fleet";
import type { Setting } from "../declaration/settings";
import type { SecretPlace } from "./secret-places";

/** What is true of one secret in one place. Three answers that are no good news, and never one for another. */
export interface SecretSight {
  readonly place: string;
  /** Empty where the place itself could not be seen, and nothing is declared for it. */
  readonly key: string;
  readonly answer: "as declared" | "differs" | "not declared" | "could not be seen";
  /** What was seen, or why nothing was. */
  readonly said: string;
  /** What to do about it; undefined where all is well. */
  readonly todo?: string;
}

type Secret = Extract<Setting, { readonly kind: "secret" }>;

const MILLISECONDS_A_DAY = 86_400_000;

/**
 * What is set in GitHub, held against what is declared: set and not declared, declared and not set, or past its rotation.
 *
 * @param now Unix time. Milliseconds.
 */
export function auditSecrets(
  { service, sealed }: Pick<ServiceEntry, "service" | "sealed">,
  places: readonly SecretPlace[],
  now: number,
): readonly SecretSight[] {
  return places.flatMap((place) => {
    const { environment } = place;
    const declared = Object.entries(service.settings).flatMap(([key, setting]) =>
      setting.kind === "secret" && environment !== undefined && setting.environments.includes(environment)
        ? [[key, setting] as const]
        : [],
    );
    return place.set === undefined ? unseen(place, declared) : seen(place, place.set, declared);
  });

  function unseen({ name, why = "" }: SecretPlace, declared: readonly (readonly [string, Secret])[]) {
    const todo =
      "use a token that may read the names of secrets: an administrator's classic one with the scope repo, or a fine-grained one with read access to Environments, Secrets and Dependabot secrets";
    const keys = declared.length === 0 ? [""] : declared.map(([key]) => key);
    return keys.map((key): SecretSight => ({ place: name, key, answer: "could not be seen", said: why, todo }));
  }

  function seen(
    { name, environment }: SecretPlace,
    set: ReadonlyMap<string, string>,
    declared: readonly (readonly [string, Secret])[],
  ): readonly SecretSight[] {
    const keys = new Set(declared.map(([key]) => key));
    const more = [...set.keys()].filter((key) => !keys.has(key)).sort();
    return [
      ...declared.map(([key, secret]) => ({
        place: name,
        key,
        ...ofDeclared(key, secret, environment ?? "", set.get(key)),
      })),
      ...more.map(
        (key): SecretSight => ({
          place: name,
          key,
          answer: "not declared",
          said: `set${on(set.get(key))}`,
          todo: REMOVE,
        }),
      ),
    ];
  }

  function ofDeclared(
    key: string,
    { owner, optional, rotateEveryDays }: Secret,
    environment: string,
    setAt: string | undefined,
  ): Omit<SecretSight, "place" | "key"> {
    const value = sealed[environment]?.[key];
    if (setAt === undefined && value !== undefined)
      return {
        answer: "differs",
        said: `sealed on ${day(value.sealedAt)}, and not set`,
        todo: "deploy the stages: Terraform sets what is sealed",
      };
    if (setAt === undefined && optional === true)
      return { answer: "as declared", said: "not set; the service works without it" };
    if (setAt === undefined)
      return {
        answer: "differs",
        said: "declared, and not set",
        todo: `${owner} seals it, or sets it in its environment`,
      };
    const due =
      value === undefined ? Date.parse(setAt) + rotateEveryDays * MILLISECONDS_A_DAY : Date.parse(value.rotateBy);
    if (Number.isNaN(due))
      return {
        answer: "could not be seen",
        said: "set, and GitHub doesn't say when",
        todo: `${owner} looks when it was renewed`,
      };
    const dates = `set${on(setAt)}, due ${day(new Date(due).toISOString())}`;
    if (due >= now) return { answer: "as declared", said: dates };
    return {
      answer: "differs",
      said: `${dates}: overdue`,
      todo: `${owner} renews it: docs/runbooks/secret-leak.md, Rotation`,
    };
  }
}

const REMOVE =
  "declare it in settings, for an environment, or delete it: gh secret delete <name>, with --env, --org or --app dependabot for its place";

function on(time = ""): string {
  return time === "" ? "" : ` on ${day(time)}`;
}

function day(time: string): string {
  return time.slice(0, 10);
}
