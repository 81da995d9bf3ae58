import type { Service } from "../../declaration/service";

/** A secret that the running Worker gets, with its version. */
export interface ApplicationSecret {
  readonly key: string;
  /** The Worker works without it. */
  readonly optional: boolean;
}

/**
 * The secrets of a stage that are the application's. Credentials of the pipeline (tokens with declared permissions, those of the release
 * and of backups) never reach the Worker.
 */
export function applicationSecrets(
  service: Pick<Service, "settings" | "release" | "edge">,
  stage: string,
): readonly ApplicationSecret[] {
  const pipeline = new Set<string>(service.release === undefined ? [] : [service.release.token]);
  for (const { backup } of Object.values(service.edge?.d1 ?? {})) {
    if (backup === undefined) continue;
    for (const key of [backup.token, backup.accessKeyId, backup.secretAccessKey, backup.drill.identity])
      pipeline.add(key);
  }
  return Object.entries(service.settings).flatMap(([key, setting]) =>
    setting.kind === "secret" &&
    setting.token === undefined &&
    !pipeline.has(key) &&
    setting.environments.includes(stage)
      ? [{ key, optional: setting.optional ?? false }]
      : [],
  );
}
