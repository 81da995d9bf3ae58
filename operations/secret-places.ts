import { environmentsOf } from "../declaration/environments";
import type { Organization } from "../declaration/organization";
import type { SealedSecrets } from "../declaration/sealed";
import type { Service } from "../declaration/service";
import type { GithubAnswer, GithubReader } from "./github-reader";
import { repositoryPath } from "./preflight-repository";
import { environmentKey, type KeyAnswer } from "./public-key";
import { recordOf, recordsOf } from "./record-of";

/** A place where GitHub keeps secrets, and what it says is there. Only names and dates: values can't be asked for. */
export interface SecretPlace {
  /** `environment production`, `repository`, … */
  readonly name: string;
  /** Of a declared environment: its name. @default - nothing is declared for this place */
  readonly environment?: string;
  /** When each was last set, by name. Undefined: the place could not be seen. */
  readonly set: ReadonlyMap<string, string> | undefined;
  /** Why it could not be seen. */
  readonly why?: string;
  /** The public key that values are sealed for there. @default - nothing is sealed for this place */
  readonly publicKey?: KeyAnswer;
}

interface SealedService {
  readonly service: Pick<Service, "name" | "stages">;
  readonly sealed: SealedSecrets;
}

/** Every place whose secrets a workflow of the repository could get, declared or not. */
export async function secretPlaces(
  organization: Pick<Organization, "github">,
  { service, sealed }: SealedService,
  github: GithubReader,
): Promise<readonly SecretPlace[]> {
  const path = repositoryPath(organization, service);
  const declared = environmentsOf(service).map(({ name }) => name);
  const listed = await github.list(`${path}/environments`, (page) => recordOf(page).environments);
  const there = listed.kind === "found" ? recordsOf(listed.value).map(({ name }) => String(name)) : undefined;
  const more = (there ?? []).filter((name) => !declared.includes(name));
  const places: SecretPlace[] = [];
  for (const name of declared) {
    // An environment that isn't there has no secrets; one that may not be listed is another matter.
    const absent = there !== undefined && !there.includes(name);
    const place = absent
      ? { set: new Map<string, string>() }
      : await read(`${path}/environments/${encodeURIComponent(name)}/secrets`);
    const asked = !absent && Object.keys(sealed[name] ?? {}).length > 0;
    const key = asked && { publicKey: await environmentKey(github, path, name) };
    places.push({ name: `environment ${name}`, environment: name, ...place, ...key });
  }
  if (there === undefined) places.push({ name: "other environments", set: undefined, why: whyOf(listed) });
  for (const name of more)
    places.push({
      name: `environment ${name}`,
      ...(await read(`${path}/environments/${encodeURIComponent(name)}/secrets`)),
    });
  places.push({ name: "repository", ...(await read(`${path}/actions/secrets`)) });
  places.push({ name: "organization", ...(await read(`${path}/actions/organization-secrets`)) });
  places.push({ name: "Dependabot", ...(await read(`${path}/dependabot/secrets`)) });
  return places;

  async function read(list: string): Promise<Pick<SecretPlace, "set" | "why">> {
    const answer = await github.list(list, (page) => recordOf(page).secrets);
    if (answer.kind !== "found") return { set: undefined, why: whyOf(answer) };
    // GitHub's names of secrets are upper case, however they were written.
    return {
      set: new Map(
        recordsOf(answer.value).map(({ name, updated_at }) => [String(name).toUpperCase(), String(updated_at ?? "")]),
      ),
    };
  }
}

function whyOf(answer: GithubAnswer): string {
  return answer.kind === "unseen" ? answer.why : "it is not there, or this token may not list it";
}
