import type { Service } from "./service";
import type { Setting } from "./settings";
import type { Stage } from "./stages";

/** A deployment environment of the repository: a stage's own, or one for unattended work of the stage. */
export interface Environment {
  readonly name: string;
  readonly stage: string;
  readonly branches: readonly string[];
  /** Roles; empty for unattended environments. */
  readonly reviewers: readonly string[];
  readonly preventSelfReview: boolean;
  readonly waitMinutes: number;
  readonly unattended: boolean;
  /** What an unattended environment is for; undefined for a stage's own. */
  readonly description?: string;
}

/** All environments of a service, stage by stage. */
export function environmentsOf(service: Pick<Service, "stages">): readonly Environment[] {
  return Object.entries(service.stages).flatMap(([name, stage]) => environmentsOfStage(name, stage));
}

export function environmentsOfStage(name: string, stage: Stage): readonly Environment[] {
  const own = { ...stage, name, stage: name, unattended: false };
  const unattended = Object.entries(stage.unattended ?? {}).map(([key, { branches, description }]) => ({
    name: key,
    stage: name,
    branches,
    reviewers: [],
    preventSelfReview: false,
    waitMinutes: 0,
    unattended: true,
    description,
  }));
  return [own, ...unattended];
}

/** Whether an environment defines a setting. */
export function definesSetting(setting: Setting, environment: string): boolean {
  return setting.kind === "secret"
    ? setting.environments.includes(environment)
    : Object.hasOwn(setting.environments, environment);
}
