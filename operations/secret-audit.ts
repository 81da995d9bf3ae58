import { daysSince, MILLISECONDS_A_DAY } from "../declaration/calendar-day";
import type { ServiceEntry } from "../declaration/fleet";
import type { SealedValue } from "../declaration/sealed";
import type { Secret } from "../declaration/settings";
import type { SecretPlace } from "./secret-places";

/** What is true of one secret in one place. Three answers that are no good news, and never one for another. */
export interface SecretSight {
  readonly place: string;
  /** Empty where the place itself could not be seen, and nothing is declared for it. */
  readonly key: string;
  /** Role that answers for the value. @default - the secret isn't declared for the place */
  readonly owner?: string;
  /** Since the value was sealed or, if it was not sealed, set. Whole days. @default - it is not there, or nobody says since when */
  readonly ageDays?: number;
  /** Day by which it is to be renewed, such as 2026-11-30. UTC. @default - not declared, or its age isn't known */
  readonly due?: string;
  readonly answer: "as declared" | "differs" | "not declared" | "could not be seen";
  /** What was seen, or why nothing was. */
  readonly said: string;
  /** What to do about it; undefined where all is well. */
  readonly todo?: string;
}

type Sight = Pick<SecretSight, "answer" | "said" | "todo">;

/** A declared secret in one environment, and what is known of its value there. */
interface Held {
  readonly key: string;
  readonly secret: Secret;
  readonly environment: string;
  /** @default - nobody has sealed it */
  readonly value: SealedValue | undefined;
  /** When GitHub got it; empty where it doesn't say. @default - it is not set */
  readonly setAt: string | undefined;
}

/** As much as two clocks may differ that are both right. */
const SKEW_MILLISECONDS = 300_000;

/**
 * What is set in GitHub, held against what is declared: set and not declared, declared and not set, past its rotation, sealed and never
 * deployed, or sealed for a key that the environment has no more.
 *
 * @param now Unix time. Milliseconds.
 */
export function auditSecrets(
  { service, sealed }: Pick<ServiceEntry, "service" | "sealed">,
  places: readonly SecretPlace[],
  now: number,
): readonly SecretSight[] {
  return places.flatMap((place) => {
    const { name, environment = "", set } = place;
    const declared = Object.entries(service.settings).flatMap(([key, setting]) =>
      setting.kind === "secret" && setting.environments.includes(environment) ? [[key, setting] as const] : [],
    );
    if (set === undefined) return unseen(place, declared);
    const keys = new Set(declared.map(([key]) => key));
    const more = [...set.keys()].filter((key) => !keys.has(key)).sort();
    return [
      ...declared.map(([key, secret]): SecretSight => {
        const held = { key, secret, environment, value: sealed[environment]?.[key], setAt: set.get(key) };
        return { place: name, key, owner: secret.owner, ...datesOf(held, now), ...ofDeclared(held, place) };
      }),
      ...more.map((key) => undeclared(name, key, set.get(key), now)),
    ];
  });

  function ofDeclared(held: Held, { publicKey }: SecretPlace): Sight {
    return ofKey(held, publicKey) ?? ofPresence(held) ?? ofTime(held);
  }

  /** What is wrong with the key of a sealed value. Undefined: nothing, or nothing is sealed. */
  function ofKey({ value, ...held }: Held, publicKey: SecretPlace["publicKey"]): Sight | undefined {
    if (value === undefined || publicKey === undefined) return undefined;
    if (publicKey.kind !== "found")
      return {
        answer: "could not be seen",
        said: `sealed for the key ${value.keyId}, and the environment's key could not be seen: ${publicKey.kind === "unseen" ? publicKey.why : "this token may not see it"}`,
        todo: "use a token that may read the environments' public keys",
      };
    if (publicKey.key.id === value.keyId) return undefined;
    return {
      answer: "differs",
      said: `sealed for the key ${value.keyId}, and the environment has another now, ${publicKey.key.id}: it can't be set any more`,
      todo: `${held.secret.owner} seals it again: ${sealing(held)}`,
    };
  }

  /** Whether the declared value is the one that is set. Undefined: it is set, as far as GitHub says. */
  function ofPresence({ value, setAt, ...held }: Held): Sight | undefined {
    const { owner, optional } = held.secret;
    if (value !== undefined && (setAt === undefined || Date.parse(setAt) < Date.parse(value.sealedAt)))
      return {
        answer: "differs",
        said: `sealed on ${day(value.sealedAt)}, and ${setAt === undefined ? "not set" : `what is set is of ${day(setAt)}`}`,
        todo: "deploy the stages: Terraform sets what is sealed",
      };
    if (setAt !== undefined) return undefined;
    if (optional === true) return { answer: "as declared", said: "not set; the service works without it" };
    return {
      answer: "differs",
      said: "declared, and not set",
      todo: `${owner} seals it: ${sealing(held)}; or sets it in its environment`,
    };
  }

  function ofTime(held: Held): Sight {
    const { owner } = held.secret;
    const { from, due } = lifeOf(held);
    if (from === undefined || due === undefined)
      return {
        answer: "could not be seen",
        said: "set, and GitHub doesn't say when",
        todo: `${owner} looks when it was renewed`,
      };
    const said = `set${on(held.setAt)}`;
    if (from > now + SKEW_MILLISECONDS)
      return {
        answer: "could not be seen",
        said: `${said}, and this machine's clock says ${day(time(now))}: it can't tell what is overdue`,
        todo: "set the clock of this machine",
      };
    if (due >= now) return { answer: "as declared", said };
    return {
      answer: "differs",
      said: `${said}: overdue`,
      todo: `${owner} renews it: docs/runbooks/secret-leak.md, Rotation`,
    };
  }

  function sealing({ environment, key }: Pick<Held, "environment" | "key">): string {
    return `npx gatehouse seal ${service.name} ${environment} ${key}`;
  }
}

function unseen({ name, why = "" }: SecretPlace, declared: readonly (readonly [string, Secret])[]): SecretSight[] {
  const seen = {
    answer: "could not be seen",
    said: why,
    todo: "use a token that may read the names of secrets: an administrator's classic one with the scope repo, or a fine-grained one with read access to Environments, Secrets and Dependabot secrets",
  } as const;
  if (declared.length === 0) return [{ place: name, key: "", ...seen }];
  return declared.map(([key, { owner }]) => ({ place: name, key, owner, ...seen }));
}

function undeclared(place: string, key: string, setAt: string | undefined, now: number): SecretSight {
  const from = Date.parse(setAt ?? "");
  return {
    place,
    key,
    ...(!Number.isNaN(from) && { ageDays: daysSince(from, now) }),
    answer: "not declared",
    said: `set${on(setAt)}`,
    todo: "declare it in settings, for an environment, or delete it: gh secret delete <name>, with --env, --org or --app dependabot for its place",
  };
}

/** When a value began, and until when it may be used; of one that is sealed both are written down. Unix time. Milliseconds. */
function lifeOf({ secret, value, setAt }: Held): { readonly from?: number; readonly due?: number } {
  if (value !== undefined) return { from: Date.parse(value.sealedAt), due: Date.parse(value.rotateBy) };
  const from = Date.parse(setAt ?? "");
  return Number.isNaN(from) ? {} : { from, due: from + secret.rotateEveryDays * MILLISECONDS_A_DAY };
}

function datesOf(held: Held, now: number): Pick<SecretSight, "ageDays" | "due"> {
  const { from, due } = lifeOf(held);
  return from === undefined || due === undefined ? {} : { ageDays: daysSince(from, now), due: day(time(due)) };
}

function on(setAt = ""): string {
  return setAt === "" ? "" : ` on ${day(setAt)}`;
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function day(time: string): string {
  return time.slice(0, 10);
}
