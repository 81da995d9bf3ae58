import type { Fleet } from "../declaration/fleet";
import type { World } from "../sandbox/world";

const CONTACT_POINT = "grafana_contact_point";

/**
 * Puts into the sandbox's world what a fleet counts on without making it: contact points with a key, which people make in Grafana by hand. What
 * a kept world has already stays as it is.
 */
export function madeByHand({ organization }: Fleet, world: World): void {
  for (const point of Object.values(organization.grafana?.contactPoints ?? {})) {
    if (point.kind !== "existing") continue;
    if (world.find(CONTACT_POINT, ({ name }) => name === point.name) !== undefined) continue;
    world.create(CONTACT_POINT, `1:${point.name}`, {
      id: `1:${point.name}`,
      name: point.name,
      disable_provenance: true,
    });
  }
}
