import type { Fleet, ServiceEntry } from "../declaration/fleet";
import { didYouMean } from "../declaration/problem";
import type { Service } from "../declaration/service";
import { Failure } from "./failure";

/** The service of that name. Throws a Failure that names the others. */
export function declaredService(fleet: Fleet, name: string): Service {
  return declaredEntry(fleet, name).service;
}

/** The same, with what is kept beside its declaration. */
export function declaredEntry(fleet: Fleet, name: string): ServiceEntry {
  const entry = fleet.services.find(({ service }) => service.name === name);
  if (entry !== undefined) return entry;
  const names = fleet.services.map(({ service }) => service.name);
  throw new Failure(
    `no service "${name}" is declared\nexpected one of: ${names.join(", ") || "none is declared yet"}; see services/fleet.ts${didYouMean(name, names)}`,
  );
}
