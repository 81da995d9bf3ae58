import type { Fleet } from "../declaration/fleet";
import type { Service } from "../declaration/service";
import { Failure } from "./failure";

/** The service of that name. Throws a Failure that names the others. */
export function declaredService(fleet: Fleet, name: string): Service {
  const entry = fleet.services.find(({ service }) => service.name === name);
  if (entry !== undefined) return entry.service;
  const names = fleet.services.map(({ service }) => service.name);
  throw new Failure(
    `no service "${name}" is declared\nexpected one of: ${names.join(", ") || "none is declared yet"}; see services/fleet.ts`,
  );
}
