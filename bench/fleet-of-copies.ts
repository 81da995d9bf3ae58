import type { Fleet, ServiceEntry } from "../declaration/fleet";

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
