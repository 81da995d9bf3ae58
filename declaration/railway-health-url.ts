import type { Service } from "./service";

/** Where a stage of a service on Railway answers its health check; undefined when the stage isn't deployed there. */
export function railwayHealthUrl({ railway }: Pick<Service, "railway">, stage: string): string | undefined {
  if (railway === undefined || !Object.hasOwn(railway.urls, stage)) return undefined;
  return `${railway.urls[stage]}${railway.healthPath}`;
}
