import type { Edge } from "./edge";

/** Where a stage's Worker answers its health check; undefined when the stage has no address. */
export function healthUrl(edge: Edge, stage: string): string | undefined {
  const address = edge.addresses[stage];
  if (address === undefined) return undefined;
  const base = "hostname" in address ? address.hostname : address.route.replace(/\/?\*.*$/, "").replace(/\/$/, "");
  return `https://${base}${edge.worker.healthPath}`;
}
