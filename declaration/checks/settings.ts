import { definesSetting, environmentsOf } from "../environments";
import { healthUrl } from "../health-url";
import { didYouMean, oneOf, show } from "../problem";
import type { Setting } from "../settings";
import type { CheckContext } from "./context";
import { refersTo } from "./refers-to";

/** GitHub's limits an environment. */
const MOST_SECRETS = 100;
const MOST_VARIABLES = 100;
const KINDS: Readonly<Record<string, string>> = { d1: "D1 databases", kv: "KV namespaces", bucket: "buckets" };
const LIMITS = "https://docs.github.com/en/actions/reference/security/secrets#limits-for-secrets";

/** The matrix names environments that exist, owners that exist, and values that can be derived. */
export function settingsProblems({ organization, service, report }: CheckContext): void {
  const environments = new Map(environmentsOf(service).map((environment) => [environment.name, environment]));
  const roles = Object.keys(service.owners);
  for (const [key, setting] of Object.entries(service.settings)) {
    const path = ["settings", key];
    refersTo(report, [...path, "owner"], setting.owner, roles, "roles in owners", "name who answers for the value");
    namesOf(setting).forEach(({ environment, at }) => {
      if (environments.has(environment)) return;
      report([...path, "environments", at], {
        came: show(environment),
        expected: oneOf(environments.keys(), "stages and unattended environments"),
        remedy: `declare the stage, or name one that exists${didYouMean(environment, environments.keys())}`,
      });
    });
    if (setting.kind === "secret") {
      setting.environments.forEach((environment, index) => {
        if (setting.environments.indexOf(environment) === index) return;
        report([...path, "environments", index], {
          came: `${show(environment)} a second time`,
          expected: "each once",
          remedy: "remove one",
        });
      });
      if (setting.token !== undefined && organization.cloudflare === undefined) {
        report([...path, "token"], {
          came: "a Cloudflare token, in an organization without a Cloudflare account",
          expected: "the account it is for",
          remedy: "declare cloudflare in services/organization.ts",
        });
      }
      continue;
    }
    if (setting.local === undefined && setting.ci === undefined && Object.keys(setting.environments).length === 0) {
      report(path, {
        came: "a variable without any value",
        expected: "a value locally, in CI or in an environment",
        remedy: "give it a value, or remove it",
      });
    }
    for (const [name, value] of Object.entries(setting.environments)) {
      const stage = environments.get(name)?.stage;
      if (typeof value !== "string" && stage !== undefined)
        derivedProblem([...path, "environments", name, "from"], value.from, stage);
    }
  }
  for (const environment of environments.keys()) {
    for (const [kind, most] of [
      ["secret", MOST_SECRETS],
      ["variable", MOST_VARIABLES],
    ] as const) {
      const count = Object.values(service.settings).filter(
        (setting) => setting.kind === kind && definesSetting(setting, environment),
      ).length;
      if (count > most) {
        report(["settings"], {
          came: `${count} ${kind}s in the environment "${environment}"`,
          expected: `at most ${most} ${kind}s an environment`,
          remedy: "keep the rest in a store that the service reads itself",
          source: LIMITS,
        });
      }
    }
  }

  /** What the value is derived from must exist for the stage of its environment. */
  function derivedProblem(path: readonly PropertyKey[], from: string, stage: string): void {
    const [kind = "", key = ""] = from.split(".");
    if (from === "cloudflare.accountId") {
      if (organization.cloudflare === undefined) {
        report(path, {
          came: show(from),
          expected: "an organization with a Cloudflare account",
          remedy: "declare cloudflare in services/organization.ts",
        });
      }
      return;
    }
    if (from === "health.url") {
      if (service.edge === undefined || healthUrl(service.edge, stage) === undefined) {
        report(path, {
          came: show(from),
          expected: `an address of the stage "${stage}", one host with the paths under it`,
          remedy: `declare edge.addresses.${stage}, or write the URL here`,
        });
      }
      return;
    }
    const things = { d1: service.edge?.d1, kv: service.edge?.kv, bucket: service.edge?.buckets }[kind] ?? {};
    const names = Object.keys(things).filter((name) => things[name]?.names[stage] !== undefined);
    if (names.includes(key)) return;
    report(path, {
      came: show(from),
      expected: `${kind}.<key>, where <key> is ${oneOf(names, `${KINDS[kind] ?? kind} of the stage "${stage}"`)}`,
      remedy: `declare it under edge with a name for the stage, or refer to one that exists${didYouMean(key, names)}`,
    });
  }
}

function namesOf(setting: Setting): readonly { environment: string; at: PropertyKey }[] {
  return setting.kind === "secret"
    ? setting.environments.map((environment, at) => ({ environment, at }))
    : Object.keys(setting.environments).map((environment) => ({ environment, at: environment }));
}
