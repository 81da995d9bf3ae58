import type { Fleet, ServiceEntry } from "../declaration/fleet";
import type { Service } from "../declaration/service";

/** A fleet of `count` copies of a fleet's first service: every name and address of it is another one in each copy. */
export function fleetOfCopies(fleet: Fleet, count: number): Fleet {
  const [entry] = fleet.services;
  if (entry === undefined) throw new Error("no service is declared; expected one to copy");
  const services = Array.from({ length: count }, (_, index) => copyOf(entry, String(index).padStart(4, "0")));
  return { organization: fleet.organization, services };
}

function copyOf(entry: ServiceEntry, suffix: string): ServiceEntry {
  const { name, edge } = entry.service;
  const hostnames = Object.values(edge?.addresses ?? {}).flatMap((address) =>
    "hostname" in address ? [address.hostname] : [],
  );
  const renamed = hostnames.reduce(
    (text, hostname) => text.replaceAll(JSON.stringify(hostname), JSON.stringify(`c${suffix}-${hostname}`)),
    JSON.stringify(entry).replaceAll(name, `${name}-${suffix}`),
  );
  return JSON.parse(renamed) as ServiceEntry;
}

/** The same fleet, of whose metrics nothing is known: no objectives, and nothing that follows from them. */
export function withoutObjectives(fleet: Fleet): Fleet {
  const services = fleet.services.map((entry) => ({ ...entry, service: unobserved(entry.service) }));
  return { ...fleet, services };
}

function unobserved(service: Service): Service {
  const { telemetry: _telemetry, objectives: _objectives, alerts: _alerts, dashboard: _dashboard, ...rest } = service;
  const runbooks = service.runbooks.filter((runbook) => runbook !== "error-budget");
  if (rest.edge === undefined) return { ...rest, runbooks };
  const { metrics: _metrics, ...edge } = rest.edge;
  return { ...rest, edge, runbooks };
}
