import { environmentsOf } from "./environments";
import type { ServiceEntry } from "./fleet";

/** A secret that is declared for an environment and that nobody has sealed yet. */
export interface MissingSecret {
  readonly service: string;
  readonly stage: string;
  readonly environment: string;
  readonly key: string;
  /** Role that answers for the value. */
  readonly owner: string;
  /** The service works without it. */
  readonly optional: boolean;
}

/** Declared secrets without a sealed value, environment by environment. Nothing is invented in their place. */
export function missingSecrets({ service, sealed }: ServiceEntry): readonly MissingSecret[] {
  return environmentsOf(service).flatMap(({ name, stage }) =>
    Object.entries(service.settings).flatMap(([key, setting]) =>
      setting.kind === "secret" && setting.environments.includes(name) && sealed[name]?.[key] === undefined
        ? [
            {
              service: service.name,
              stage,
              environment: name,
              key,
              owner: setting.owner,
              optional: setting.optional === true,
            },
          ]
        : [],
    ),
  );
}
