import type { Entrance } from "../../declaration/clusters";
import type { ServiceValues } from "./service-values";

/** How requests for a host come in. */
export function entranceValues(entrance: Entrance, host: string): ServiceValues["entrance"] {
  if (entrance.kind === "ingress-nginx") return { kind: entrance.kind, className: entrance.className, host };
  return { kind: entrance.kind, gateway: entrance.gateway, namespace: entrance.namespace, host };
}
