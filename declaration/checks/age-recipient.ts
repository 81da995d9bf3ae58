import { show } from "../problem";
import type { CheckContext } from "./context";

/** A variable that backups are encrypted for holds an age recipient. What people paste by mistake is the identity, and variables are for all to see. */
export function ageRecipient({ service, report }: CheckContext, key: string, environments: readonly string[]): void {
  const setting = service.settings[key];
  if (setting?.kind !== "variable") return;
  for (const environment of environments) {
    const value = setting.environments[environment];
    if (value === undefined || (typeof value === "string" && /^age1[02-9ac-hj-np-z]{58}$/.test(value))) continue;
    const identity = typeof value === "string" && /secret/i.test(value);
    report(["settings", key, "environments", environment], {
      came: identity ? "an age identity, which is a secret" : show(value),
      expected: "an age recipient: age1 and 58 characters",
      remedy: identity
        ? "this identity counts as leaked: make a new one with age-keygen, and write its public key here"
        : "write the public key that age-keygen prints",
      source: "https://github.com/FiloSottile/age#recipients",
    });
  }
}
