import type { Fleet } from "./fleet";
import { inPhase } from "./in-phase";
import { isManaged } from "./phase";

/** The fleet as far as the phases of its services are on; a service of which nothing is written yet is left out. */
export function fleetInPhase({ organization, services }: Fleet): Fleet {
  return {
    organization,
    services: services
      .filter(({ service }) => isManaged(service))
      .map((entry) => ({ ...entry, service: inPhase(entry) })),
  };
}
