import { railwayStages } from "../../declaration/railway-stages";
import { JOB_MESSAGES } from "../job-messages";
import type { RenderedFile } from "../rendered-file";
import { shellScript } from "../shell-script";
import type { Deployable } from "./deployable";
import { RAILWAY_FUNCTIONS } from "./railway-functions";

/** Between two questions. Railway lets a token ask 1,000 times an hour: https://docs.railway.com/integrations/api#rate-limits */
const PAUSE_SECONDS = 10;

export interface RailwayScriptProps {
  /** Path in the repository. */
  readonly path: string;
  /** What the script does. */
  readonly about: readonly string[];
  /** Bash, one after another, behind what all of them share. */
  readonly parts: readonly string[];
}

/** A script of a deployment, with what the declaration says of Railway at its head. */
export function railwayScript(service: Deployable, props: RailwayScriptProps): RenderedFile {
  const { railway } = service;
  const byStage = (values: Readonly<Record<string, string>>) =>
    new Map(railwayStages(railway).map((stage) => [stage, values[stage] ?? ""]));
  const constants = {
    RAILWAY_SERVICE: railway.service,
    ENVIRONMENTS: byStage(railway.environments),
    URLS: byStage(railway.urls),
    HEALTH_PATH: railway.healthPath,
    COMMIT_FIELD: railway.commitField ?? "",
    TAGGED_STAGE: railway.stage,
    TAG_PREFIX: railway.tags.replace(/\*$/, ""),
    WAIT_ATTEMPTS: (railway.waitMinutes * 60) / PAUSE_SECONDS,
    PAUSE_SECONDS,
    ASK_TRIES: 5,
  };
  const parts = [JOB_MESSAGES, RAILWAY_FUNCTIONS, ...props.parts];
  const used = Object.entries(constants).filter(([name]) => new RegExp(`\\b${name}\\b`).test(parts.join("\n")));
  // GraphQL and jq have variables of their own, which look like the shell's.
  const about = [...props.about, "", "shellcheck disable=SC2016"];
  return shellScript({ ...props, parts, about, service: service.name, constants: Object.fromEntries(used) });
}
