import type { Edge } from "./edge";

/**
 * Where a stage's Worker answers its health check; undefined when the stage has no address, or a route that stands for many hosts or for
 * one path only.
 */
export function healthUrl(edge: Edge, stage: string): string | undefined {
  const address = edge.addresses[stage];
  if (address === undefined) return undefined;
  if ("hostname" in address) return `https://${address.hostname}${edge.worker.healthPath}`;
  if (address.route.startsWith("*") || !address.route.endsWith("*")) return undefined;
  return `https://${address.route.replace(/\/?\*?$/, "")}${edge.worker.healthPath}`;
}
