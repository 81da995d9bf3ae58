import type { Fleet, ServiceEntry } from "../declaration/fleet";
import { isManaged } from "../declaration/phase";
import { assertRight } from "../stacks/fleet-problems";
import type { Console } from "./console";
import { declaredEntry } from "./declared-service";
import { Failure } from "./failure";

/** `owner/name`: a service's repository has the service's name. */
export function repositoryOf(
  { organization }: Pick<Fleet, "organization">,
  { service }: Pick<ServiceEntry, "service">,
): string {
  return `${organization.github.login}/${service.name}`;
}

/**
 * The services whose files are asked for: the one of that name, or all. Those of phase 0, of which nothing is written yet, are left out, and
 * that is said.
 *
 * @param name undefined: all
 */
export function servicesWithFiles(fleet: Fleet, name: string | undefined, console: Console): readonly ServiceEntry[] {
  assertRight(fleet);
  if (name !== undefined) {
    const entry = declaredEntry(fleet, name);
    if (isManaged(entry.service)) return [entry];
    throw new Failure(
      `service "${name}" is in the phase 0: nothing of it is written yet\nset its phase to 1 or more; see npx gatehouse phase ${name}`,
    );
  }
  return fleet.services.filter(({ service }) => {
    if (!isManaged(service)) console.progress(`${service.name} is in the phase 0: nothing of it is written yet`);
    return isManaged(service);
  });
}
