import { definesSetting, environmentsOf } from "../declaration/environments";
import { didYouMean, oneOf, type Problem } from "../declaration/problem";
import type { Service } from "../declaration/service";
import { type SettingRead, settingsRead } from "./settings-read";
import type { Workflow } from "./workflow";

/**
 * Keys that a workflow reads and the environment of the reading job does not define. GitHub would give the job an empty string there, and
 * say nothing.
 */
export function settingProblems(
  service: Pick<Service, "name" | "settings" | "stages">,
  workflow: Workflow,
): readonly Problem[] {
  return settingsRead(workflow).flatMap((read) => problemOf(service, workflow, read) ?? []);
}

function problemOf(
  service: Pick<Service, "name" | "settings" | "stages">,
  workflow: Workflow,
  read: SettingRead,
): Problem | undefined {
  const subject = service.name;
  const path = `settings.${read.key}`;
  const reader = `job "${read.job}" of ${workflow.file} reads the ${read.kind} ${read.key}`;
  const setting = Object.hasOwn(service.settings, read.key) ? service.settings[read.key] : undefined;
  if (setting === undefined) {
    const keys = Object.keys(service.settings);
    return {
      subject,
      path,
      came: reader,
      expected: oneOf(keys, "settings"),
      remedy: `declare settings.${read.key}, or read another key${didYouMean(read.key, keys)}`,
    };
  }
  if (setting.kind !== read.kind) {
    return {
      subject,
      path,
      came: `${reader}, which is declared as a ${setting.kind}`,
      expected: `a ${read.kind}`,
      remedy: `declare settings.${read.key} with kind "${read.kind}", or refer to another key`,
    };
  }
  if (read.environment === undefined) {
    return {
      subject,
      path,
      came: `${reader} without an environment`,
      expected: `an environment that defines ${read.key}`,
      remedy: `give the job one of the environments of settings.${read.key}, or a value of the ci column`,
      source: "https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets",
    };
  }
  if (definesSetting(setting, read.environment)) return undefined;
  const environments = environmentsOf(service).map((environment) => environment.name);
  return {
    subject,
    path: `${path}.environments`,
    came: `${reader} in the environment ${read.environment}, which does not define it`,
    expected: environments.includes(read.environment)
      ? `${read.environment} among the environments of ${read.key}`
      : oneOf(environments, "environments"),
    remedy: `add ${read.environment} to settings.${read.key}.environments, or run the job in an environment that has the key`,
  };
}
