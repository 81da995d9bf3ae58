import { flyConfigFile, flyStages, flyUrl } from "../../declaration/fly";
import type { RenderedFile } from "../rendered-file";
import { shellScript } from "../shell-script";
import type { OnFly } from "./deployable";
import { FLY_APP, FLY_DEPLOY } from "./fly-functions";

export interface FlyScriptProps {
  /** Path in the repository. */
  readonly path: string;
  /** What the script does. */
  readonly about: readonly string[];
  /** Bash that says what it says: before all others. */
  readonly messages: string;
  /** Bash, one after another, behind what all of them share. */
  readonly parts: readonly string[];
}

/** A script of a deployment, with what the declaration says of Fly at its head. */
export function flyScript(service: OnFly, props: FlyScriptProps): RenderedFile {
  const { fly } = service;
  const byStage = (value: (stage: string) => string | number | undefined) =>
    new Map(flyStages(fly).map((stage) => [stage, String(value(stage) ?? "")]));
  const constants = {
    SERVICE: service.name,
    APPS: byStage((stage) => fly.stages[stage]?.app),
    CONFIGS: byStage((stage) => flyConfigFile(fly, stage)),
    URLS: byStage((stage) => flyUrl(fly, stage)),
    MACHINES: byStage((stage) => fly.stages[stage]?.machines),
    LAST_STAGE: fly.stage,
    SECRETS: fly.secrets,
    HEALTH_PATH: fly.checks.http.path,
    COMMIT_FIELD: fly.commitField ?? "",
    HEALTH_ATTEMPTS: fly.health.attempts,
    HEALTH_EVERY_SECONDS: fly.health.everySeconds,
  };
  const parts = [props.messages, FLY_DEPLOY, FLY_APP, ...props.parts];
  const used = Object.entries(constants).filter(([name]) => new RegExp(`\\b${name}\\b`).test(parts.join("\n")));
  // jq has variables of its own, which look like the shell's.
  const about = [...props.about, "", "shellcheck disable=SC2016"];
  return shellScript({ path: props.path, parts, about, service: service.name, constants: Object.fromEntries(used) });
}
