import type { RenderedFile } from "../rendered-file";
import { flyConfig } from "./fly-toml";
import type { Previewed } from "./previewed";

export const PREVIEW_CONFIG = "fly.preview.toml";

/**
 * `fly.preview.toml`: settings of every preview; the command line names the app. It has no release command: with the database of the rehearsal, a
 * pull request's migrations would be applied there before anybody has read them.
 */
export function previewConfig(service: Previewed): RenderedFile {
  const { previews, rehearsal, stage, stages } = service.fly;
  const { concurrency } = stages[rehearsal ?? stage] ?? { concurrency: { soft: 20, hard: 25 } };
  const { releaseCommand: _none, ...others } = service.fly.deploy;
  const deploy = { ...others, automaticRollback: false };
  return flyConfig({ ...service, fly: { ...service.fly, deploy } }, PREVIEW_CONFIG, {
    machine: previews.machine,
    whenIdle: "stop",
    concurrency,
    running: 0,
    closeIdleAfterSeconds: previews.idleMinutes * 60,
    ...(previews.variables === undefined ? {} : { variables: previews.variables }),
  });
}
