import { type Environment, environmentsOf } from "../declaration/environments";
import { didYouMean, oneOf } from "../declaration/problem";
import type { Service } from "../declaration/service";
import type { Secret } from "../declaration/settings";
import { Failure } from "./failure";

/**
 * A declared secret and the environment that has it. What is near to no name is not shown: it may be the value, given in the wrong place.
 *
 * @param stage a stage, or an unattended environment of one
 * @throws Failure that says what was probably meant
 */
export function declaredSecret(
  service: Pick<Service, "name" | "stages" | "settings">,
  stage: string,
  key: string,
): { readonly environment: Environment; readonly secret: Secret } {
  const environments = environmentsOf(service);
  const names = environments.map(({ name }) => name);
  const environment = environments.find(({ name }) => name === stage);
  if (environment === undefined)
    throw new Failure(
      `${service.name} has no stage or environment ${shown(stage, names)}\nexpected ${oneOf(names, "environments")}${didYouMean(stage, names)}`,
    );
  const keys = Object.entries(service.settings).flatMap(([name, { kind, environments: has }]) =>
    kind === "secret" && has.includes(stage) ? [name] : [],
  );
  const expected = `expected ${oneOf(keys, `secrets that settings declare for "${stage}"`)}`;
  const setting = Object.hasOwn(service.settings, key) ? service.settings[key] : undefined;
  if (setting === undefined)
    throw new Failure(
      `services/${service.name}.ts declares no setting ${shown(key, Object.keys(service.settings))}\n${expected}${didYouMean(key, keys)}`,
    );
  if (setting.kind === "variable")
    throw new Failure(
      `${key} is a variable, and not a secret: everyone who sees the repository's settings reads it\nwrite its value into settings.${key} of services/${service.name}.ts; to be sealed, ${expected}`,
    );
  if (!setting.environments.includes(stage))
    throw new Failure(
      `${key} is no secret of "${stage}": settings declare it for ${setting.environments.join(", ")}\n${expected}`,
    );
  return { environment, secret: setting };
}

/** A name as a refusal shows it, if it is near to one of the candidates. */
export function shown(came: string, candidates: readonly string[]): string {
  return didYouMean(came, candidates) === "" || !/^[\w-]+$/.test(came)
    ? "of that name, which is not shown: if it is a secret's value, it is in the shell's history now, and must be renewed"
    : `"${came}"`;
}
