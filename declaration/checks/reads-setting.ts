import { definesSetting } from "../environments";
import { didYouMean, oneOf, show } from "../problem";
import type { CheckContext } from "./context";

/**
 * A workflow of Gatehouse's reads `key` in an environment: the key must be declared, of the right kind, and defined there.
 */
export function readsSetting(
  { service, report }: CheckContext,
  path: readonly PropertyKey[],
  key: string,
  kind: "secret" | "variable",
  environments: readonly string[],
): void {
  const setting = Object.hasOwn(service.settings, key) ? service.settings[key] : undefined;
  if (setting === undefined) {
    const keys = Object.keys(service.settings);
    report(path, {
      came: `${show(key)}, which is not declared`,
      expected: oneOf(keys, "keys of settings"),
      remedy: `declare it in settings, or name one of its keys${didYouMean(key, keys)}`,
    });
    return;
  }
  if (setting.kind !== kind) {
    report(path, {
      came: `the ${setting.kind} ${show(key)}`,
      expected: `a ${kind}`,
      remedy: `refer to a ${kind}, or make the key one`,
    });
  }
  for (const environment of environments) {
    if (definesSetting(setting, environment)) continue;
    report(path, {
      came: `${show(key)}, which the environment ${show(environment)} doesn't define`,
      expected: `a key that ${show(environment)} defines: the workflow reads it there`,
      remedy: `add ${show(environment)} to settings.${key}.environments`,
    });
  }
}
